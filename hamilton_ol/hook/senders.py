"""The senders of a hook's targets; where there is no target, nothing of sending is loaded."""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from hamilton_ol.config import Settings
from hamilton_ol.store.writer import Writer
from hamilton_ol.store.writers import flush_all, is_recording

if TYPE_CHECKING:
    from hamilton_ol.config.targets import TargetSpec
    from hamilton_ol.delivery.pace import Pace
    from hamilton_ol.delivery.sender import Sender, Work

#: What decides which events a target gets, besides the target.
_DECIDING = (
    *("granularity", "profile", "send_level", "source_namespace", "sources", "sample"),
    "exit_seconds",
)
#: What takes long to import, the parts before the whole, with a nap after each.
_PARTS = (
    *("email.parser", "http.client", "ssl", "gzip", "hamilton_ol.delivery.http"),
    *("hamilton_ol.delivery.dispatcher", "hamilton_ol.store.backlog"),
    *("hamilton_ol.mapping.datasets", "hamilton_ol.mapping.events", "hamilton_ol.emission"),
)


def senders_for(settings: Settings, writer: Writer) -> "tuple[Sender, ...]":
    """One for each target; hooks that send the same to the same target share it.

    A target without its token, which stayed in another process, has none here: what this process
    records is sent by that one, or by `hamilton-ol push`.
    """
    if not settings.targets:
        return ()
    from hamilton_ol.delivery.senders import sender_for  # noqa: PLC0415 - only where it is needed

    told = repr([settings.value(name) for name in _DECIDING])
    return tuple(
        sender_for((id(writer), spec, told), partial(_sender, settings, writer, spec))
        for spec in settings.targets
        if spec.is_whole
    )


def _sender(settings: Settings, writer: Writer, spec: "TargetSpec") -> "Sender":
    from hamilton_ol.delivery.sender import Sender  # noqa: PLC0415
    from hamilton_ol.delivery.senders import close_at_the_end  # noqa: PLC0415

    return Sender(
        lambda pace: _work(settings, writer, spec, pace),
        writer.guard,
        is_recording,
        begins=lambda: close_at_the_end(flush_all),
        exit_seconds=settings.exit_seconds,
    )


def _work(settings: Settings, writer: Writer, spec: "TargetSpec", pace: "Pace") -> "Work | None":
    """Called on the sender's thread."""
    for part in _PARTS:
        import_module(part)
        pace.breathe()
    emission: Any = import_module("hamilton_ol.emission")
    store = writer.appender.root
    if store is None:
        return None
    made: Work = emission.Emission(store, spec, settings, pace, writer.guard)
    return made
