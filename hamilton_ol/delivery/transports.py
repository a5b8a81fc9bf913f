"""Which transport a target has."""

from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.delivery.transport import Transport


def open_transport(spec: TargetSpec, *, timeout: float | None = None) -> Transport:
    """How events are sent to a target; nothing is asked of it yet.

    Args:
        spec: the target.
        timeout: seconds for each phase, in the place of those of the target.

    Raises:
        SettingError: the configuration of a transport of OpenLineage's client means nothing.
        MissingExtraError: what such a transport needs is not installed.
    """
    if timeout is not None:
        spec = spec.with_timeout(timeout)
    if spec.transport is not None:  # never imported in a process that has no such target
        from hamilton_ol.delivery.openlineage_transport import OpenLineageTransport  # noqa: PLC0415

        return OpenLineageTransport(spec)
    from hamilton_ol.delivery.http import HttpTransport  # noqa: PLC0415

    return HttpTransport(spec)
