"""Boxes around cards: what they are made by, and which of them are closed."""

import numpy as np

from explorer_app.model.command import Command
from explorer_app.model.families import NO_GROUPS, Families
from explorer_app.model.plan import Plan, plan_of
from explorer_app.model.session import Session
from explorer_app.model.state import NONE

VIEW, GROUP = "View", "Groups"


def _now(session: Session) -> tuple[Plan, Families]:
    plan = plan_of(session)
    return plan, session.traits.families(plan.grouped)


def box_of(session: Session) -> str:
    """The box that what is selected, or else in focus, is in; empty for none, and for several."""
    plan, families = _now(session)
    chosen = session.selected or {session.focus} - {NONE}
    found = families.boxes_of(np.fromiter(chosen, np.int64, len(chosen)), plan.collapsed)
    return found.pop() if len(found) == 1 else ""


def turn(session: Session, name: str) -> None:
    """Open a box that is closed, close one that is open."""
    plan, families = _now(session)
    turned = families.expanded if name in plan.collapsed else families.collapsed
    session.box(plan.grouped, turned(plan.collapsed, name))


def close_around(session: Session, name: str) -> None:
    """Close a box; of a closed one that which is around it."""
    plan, families = _now(session)
    session.box(plan.grouped, families.collapsed(plan.collapsed, name))


def open_to(session: Session, node: int) -> None:
    """Open what hides a node."""
    plan, families = _now(session)
    closed = plan.collapsed
    while (name := families.box_of(node, closed)) in closed:
        closed = families.expanded(closed, name)
    if closed != plan.collapsed:
        session.box(plan.grouped, closed)


def go_to(session: Session, node: int) -> None:
    """Select a node, and open what hides it."""
    with session.one_step():
        session.select([node])
        open_to(session, node)


def ask_about(session: Session, node: int, query: str) -> None:
    """Ask a query about a node, and open what hides it."""
    with session.one_step():
        if session.ask(query, active=node):
            open_to(session, node)


def _close_all(session: Session) -> None:
    plan, families = _now(session)
    session.box(plan.grouped, families.outermost)


def _open_all(session: Session) -> None:
    session.box(plan_of(session).grouped, frozenset())


def _box_tags(session: Session) -> None:
    """By the tag that comes after the one they are boxed by now."""
    keys, now = session.traits.tag_keys, session.state.grouped
    session.box(keys[(keys.index(now) + 1) % len(keys) if now in keys else 0])


def _by(key: str, shortcut: str) -> Command:
    return Command(
        f"box-{key}",
        f"By {key}",
        GROUP,
        (shortcut,),
        lambda session: bool(session.traits.families(key)),
        does=lambda session: session.box(key),
    )


BOXES: tuple[Command, ...] = (
    _by("module", "Alt+1"),
    Command(
        "box-tag",
        "By the next tag",
        GROUP,
        ("Alt+2",),
        lambda session: bool(session.traits.tag_keys),
        does=_box_tags,
    ),
    _by("owner", "Alt+3"),
    _by("namespace", "Alt+4"),
    _by("function", "Alt+5"),
    Command("box-none", "No groups", GROUP, ("Alt+0",), does=lambda s: s.box(NO_GROUPS)),
    Command(
        "fold",
        "Close or open its group",
        GROUP,
        ("G",),
        lambda session: bool(box_of(session)),
        does=lambda session: turn(session, box_of(session)),
        is_plain_key=True,
        in_context=True,
    ),
    Command(
        "fold-all",
        "Close all groups",
        GROUP,
        ("Shift+G",),
        lambda session: bool(plan_of(session).grouped),
        does=_close_all,
        is_plain_key=True,
    ),
    Command(
        "unfold-all",
        "Open all groups",
        GROUP,
        ("Ctrl+Shift+G",),
        lambda session: bool(plan_of(session).collapsed),
        does=_open_all,
    ),
)
