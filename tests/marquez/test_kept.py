"""What was sent is there, once, and can be found."""

from collections import Counter

from tests.support.marquez.recorded import Recorder
from tests.support.marquez.seen import kept


def test_the_search_finds_jobs_and_datasets(demo: Recorder) -> None:
    found = demo.marquez.get("search", q="fit_random_forest", limit=1000)["results"]
    theirs = {(one["type"], one["namespace"], one["name"]) for one in found}
    assert theirs >= {
        ("JOB", demo.marquez.namespace, "titanic.fit_random_forest"),
        ("DATASET", demo.memory, "fit_random_forest"),
    }


def test_every_event_is_kept_once(demo: Recorder) -> None:
    assert kept(demo) == Counter((event.run_id, event.type) for event in demo.events)
