"""The commands that choose a lens."""

from collections.abc import Callable

from explorer_app.model import questions
from explorer_app.model.command import Command
from explorer_app.model.session import Session
from explorer_app.model.taint import sensitive_keys

LENS = "Lens"


def _has_run(session: Session) -> bool:
    return session.traits.is_run


def _has_owners(session: Session) -> bool:
    return session.traits.has_owners


def _is_tagged(session: Session) -> bool:
    wanted = {tag.casefold() for tag in session.sensitive_tags}
    return any(key.casefold() in wanted for key in session.traits.tags)


def _follow(session: Session) -> None:
    """Personal data: the lens, and the query that means what it lights."""
    if session.state.lens == "pii":
        session.look_through("pii")
        return
    keys = sensitive_keys(session.graph, session.sensitive_tags)
    session.look_at(questions.tagged_with(keys), "pii")


def _lens(
    name: str, title: str, key: str, can: Callable[[Session], bool] = lambda _session: True
) -> Command:
    def does(session: Session) -> None:
        session.look_through(name)

    return Command(f"lens-{name}", title, LENS, (key,), can, does=does, is_plain_key=True)


LENS_COMMANDS: tuple[Command, ...] = (
    Command(
        "lens-pii",
        "Where personal data goes",
        LENS,
        ("I",),
        _is_tagged,
        does=_follow,
        is_plain_key=True,
    ),
    _lens("owner", "Owners", "O", _has_owners),
    _lens("module", "Modules", "L"),
    _lens("kind", "Kinds", "K"),
    _lens("status", "How it ended", "S", _has_run),
    _lens("duration", "How long it took", "T", _has_run),
    _lens("rows", "How many rows", "R", _has_run),
    _lens("change", "Who changed it last", "C"),
    Command(
        "lens-none",
        "No lens",
        LENS,
        ("Shift+L",),
        lambda s: bool(s.state.lens),
        does=lambda s: s.look_through(s.state.lens),
        is_plain_key=True,
    ),
)
