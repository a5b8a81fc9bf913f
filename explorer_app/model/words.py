"""How numbers, times and names are written for a person."""

from datetime import datetime

from hamilton_ol.graph.scene.names import shown

__all__ = [
    "age",
    "ago",
    "counted",
    "file_name",
    "module_name",
    "moment",
    "percent",
    "plain",
    "seconds",
    "shown",
]

LEAST = 0.01  # share that is written as a number
MILLI, MINUTE, HOUR, DAY = 1e-3, 60, 3600, 86_400


def counted(number: int, noun: str) -> str:
    """`1 node`, `2 nodes`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def percent(share: float) -> str:
    """`61 %`; of what is there at all never 0."""
    if 0 < share < LEAST:
        return "< 1 %"
    return f"{share * 100:.0f} %"


def seconds(value: float) -> str:
    """How long something took, with two or three digits."""
    if value >= HOUR:
        return f"{value / HOUR:.1f} h"
    if value >= MINUTE:
        return f"{value / MINUTE:.1f} min"
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.3g} ms" if value >= MILLI else f"{value * 1e6:.0f} µs"


def passed(whole: int) -> str:
    """Whole seconds of what goes on; nothing in the first one."""
    minutes, rest = divmod(whole, int(MINUTE))
    return f"{minutes} min {rest} s" if minutes else f"{rest} s" if rest else ""


def ago(then: float, now: float) -> str:
    """How long ago something was; both in seconds."""
    past = max(now - then, 0)
    for unit, noun in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if past >= unit:
            return f"{counted(int(past // unit), noun)} ago"
    return "just now"


def age(then: float, now: float) -> str:
    """How long ago something was, where there is little room: `3 d`; both in seconds."""
    past = max(now - then, 0)
    for unit, sign in ((365 * DAY, "y"), (DAY, "d"), (HOUR, "h"), (MINUTE, "min")):
        if past >= unit:
            return f"{int(past // unit)} {sign}"
    return "now"


def moment(then: float, now: float) -> str:
    """When something was, in the time of this place; both in seconds since the epoch."""
    at, today = (datetime.fromtimestamp(time).astimezone() for time in (then, now))
    days = (today.date() - at.date()).days
    day = {0: "today", 1: "yesterday"}.get(days) or f"{at.day} {at:%b %Y}"
    return f"{day} {at:%H:%M}"


def module_name(module: str) -> str:
    """The last part of a module's name."""
    return module.rpartition(".")[2] if module.replace(".", "").isidentifier() else module


def file_name(path: str) -> str:
    """The last part of a path."""
    return path.replace("\\", "/").rpartition("/")[2]


def plain(help_text: str) -> str:
    """A sentence of the help without the marks that a terminal shows code with."""
    return help_text.replace("`", "")


def sentences(message: str, hint: str) -> str:
    """What is wrong, and the way out, where both stand in one line."""
    end = "" if message.endswith((".", "!", "?")) or not hint else "."
    return f"{message}{end} {hint}".strip()
