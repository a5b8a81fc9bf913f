"""Events by which one sees whether a target takes events: of a job of their own."""

from hamilton_ol.mapping.facets import event
from hamilton_ol.mapping.jobfacets import job_type
from hamilton_ol.mapping.text import dump
from hamilton_ol.mapping.times import iso

NAMESPACE, JOB = "hamilton-ol", "doctor"
MILLISECOND = 1_000_000


def probe_events(run_id: str, time: int) -> tuple[bytes, bytes]:
    """The START and the COMPLETE of a run that read and wrote nothing.

    Args:
        run_id: a UUID.
        time: nanoseconds since the epoch.
    """
    job = {"namespace": NAMESPACE, "name": JOB, "facets": {"jobType": job_type("DOCTOR")}}
    start, end = (
        dump(event(state, iso(at), (run_id, {}), job)).encode()
        for state, at in (("START", time), ("COMPLETE", time + MILLISECOND))
    )
    return start, end
