"""The one table of commands: menus, palette, shortcuts, the sheet of keys and tests come from it."""

from collections.abc import Callable

from explorer_app.model import questions
from explorer_app.model.boxes import BOXES, GROUP
from explorer_app.model.chosen import meant, refusal
from explorer_app.model.command import Asks, Command
from explorer_app.model.copies import HIDDEN, REPEATED
from explorer_app.model.lenscommands import LENS, LENS_COMMANDS
from explorer_app.model.session import Session
from hamilton_ol.graph.select.syntax import Query


def _has_focus(session: Session) -> bool:
    return session.focus >= 0


def _has_chosen(session: Session) -> bool:
    return bool(session.selected) or session.focus >= 0


def _of_chosen(name: str, title: str, key: str, ask: Callable[[Query], str]) -> Command:
    """A question about all that is chosen."""

    def asks(session: Session) -> str:
        return ask(meant(session))

    return Command(
        name,
        title,
        ASK,
        (key,),
        _has_chosen,
        asks,
        None,
        refusal,
        is_plain_key=True,
        in_context=True,
    )


def _step(name: str, title: str, key: str, up: int, down: int) -> Command:
    """One step more, or less, around what is chosen."""

    def asks(session: Session) -> str:
        return questions.hops(session.visible, session.state.query, meant(session), up, down)

    def can(session: Session) -> bool:
        return _has_chosen(session) and (up + down > 0 or goes_on(session))

    def goes_on(session: Session) -> bool:
        is_few = len(session.selected) <= questions.TOGETHER
        now = questions.steps(session.state.query, meant(session) if is_few else None)
        return now[0 if up else 1] > 0

    return Command(
        name, title, ASK, (key,), can, asks, None, refusal, is_plain_key=True, in_context=True
    )


def _pair(session: Session) -> tuple[int, int] | None:
    """The two nodes that a way is asked between."""
    for ends in (session.selected, {*session.selected, session.active} - {-1}):
        match sorted(ends):
            case [one, other]:
                return one, other
    return None


def _paths(session: Session) -> str:
    """Where no way leads, the query says so, too: it means nothing."""
    pair = _pair(session)
    if pair is None:
        return session.state.query
    return questions.paths(session.graph, *pair) or questions.way(session.graph, *pair)


def _without(session: Session) -> str:
    return questions.without(session.state.query, meant(session))


def _hide(session: Session) -> None:
    active = -1 if session.active in (session.selected or {session.focus}) else session.active
    session.ask(_without(session), active=active, isolated=True)


def _group(key: str) -> Asks:
    """The query for all nodes that have a fact in common with the one in focus."""
    return lambda session: f"{key}:{_quoted(_fact(session, key))}"


def _fact(session: Session, key: str) -> str:
    node = session.graph.nodes[session.focus]
    return node.module if key == "module" else next(iter(node.owners), "")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _select_visible(session: Session) -> None:
    session.select(session.visible.numbers.tolist())


def _inputs(how: str, title: str, key: str) -> Command:
    def does(session: Session) -> None:
        session.show_inputs(how)

    def can(session: Session) -> bool:
        return bool(session.traits.inputs.any())

    return Command(f"inputs-{how}", title, "View", (key,), can, does=does, is_plain_key=True)


FILE, EDIT, VIEW, GO, ASK, HELP = "File", "Edit", "View", "Go", "Ask", "Help"

COMMANDS: tuple[Command, ...] = (
    Command("open-folder", "Open modules …", FILE, ("Ctrl+O",), needs_graph=False),
    Command("open-file", "Open a file …", FILE, ("Ctrl+Shift+O",), needs_graph=False),
    Command("open-run", "Open a recorded run …", FILE, ("Ctrl+L",), needs_graph=False),
    Command("open-latest", "Open the latest run", FILE, ("Ctrl+Shift+R",), needs_graph=False),
    Command("open-revision", "Open a revision …", FILE, ("Ctrl+Shift+V",), needs_graph=False),
    Command("open-marquez", "Connect to Marquez …", FILE, ("Ctrl+M",), needs_graph=False),
    Command("open-sample", "Open the sample", FILE, needs_graph=False),
    Command("reload", "Reload", FILE, ("F5",)),
    Command("watch", "Reload when files change, or not", FILE, ("Shift+F5",), needs_graph=False),
    Command("cancel", "Stop reading", FILE, ("Ctrl+.",), needs_graph=False),
    Command("start", "Start page", FILE, ("Ctrl+W",)),
    Command("export", "Save a picture or a file …", FILE, ("Ctrl+E",)),
    Command("choose-editor", "Editor …", FILE, needs_graph=False),
    Command("quit", "Quit", FILE, ("Ctrl+Q",), needs_graph=False),
    Command("undo", "Undo", EDIT, ("Ctrl+Z",), lambda s: s.edits.can_go_back, does=Session.undo),
    Command(
        "redo",
        "Redo",
        EDIT,
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        lambda s: s.edits.can_go_forward,
        does=Session.redo,
    ),
    Command(
        "select-visible", "Select all that is visible", EDIT, ("Ctrl+A",), does=_select_visible
    ),
    Command("copy-name", "Copy name", EDIT, ("Y",), _has_focus, is_plain_key=True, in_context=True),
    Command("copy-query", "Copy query", EDIT, ("Shift+Y",), is_plain_key=True),
    Command("copy-csv", "Copy the table as CSV", EDIT, ("Ctrl+Shift+C",)),
    Command("copy-markdown", "Copy the table as Markdown", EDIT, ("Ctrl+Shift+M",)),
    Command("copy-picture", "Copy a picture", EDIT, ("Ctrl+Shift+P",)),
    _of_chosen("upstream", "What it is made of", "Shift+U", questions.upstream),
    _of_chosen("downstream", "What comes from it", "Shift+D", questions.downstream),
    _of_chosen("around", "What it is linked with", "N", questions.around),
    _step("more-upstream", "One step more upstream", "U", 1, 0),
    _step("more-downstream", "One step more downstream", "D", 0, 1),
    _step("less-upstream", "One step less upstream", "Alt+U", -1, 0),
    _step("less-downstream", "One step less downstream", "Alt+D", 0, -1),
    Command(
        "paths",
        "Every path between the two",
        ASK,
        ("P",),
        lambda s: _pair(s) is not None,
        _paths,
        is_plain_key=True,
        in_context=True,
    ),
    Command(
        "same-module",
        "All of its module",
        ASK,
        (),
        lambda s: _has_focus(s) and bool(_fact(s, "module")),
        _group("module"),
        in_context=True,
    ),
    Command(
        "same-owner",
        "All of its owner",
        ASK,
        (),
        lambda s: _has_focus(s) and bool(_fact(s, "owner")),
        _group("owner"),
        in_context=True,
    ),
    Command("everything", "Everything", ASK, ("Ctrl+Backspace",), query=lambda _session: ""),
    Command("save-query", "Saved queries …", ASK, ("Ctrl+S",)),
    Command("back", "Back", GO, ("Alt+Left",), lambda s: s.views.can_go_back, does=Session.back),
    Command(
        "forward",
        "Forward",
        GO,
        ("Alt+Right",),
        lambda s: s.views.can_go_forward,
        does=Session.forward,
    ),
    Command("query", "Write a query", GO, ("/", "Ctrl+F"), is_plain_key=True),
    Command("palette", "Go to …", GO, ("Ctrl+K",), needs_graph=False),
    Command("editor", "Open in editor", GO, ("E",), _has_focus, is_plain_key=True, in_context=True),
    Command("step-out", "One level out", GO, ("Esc",), does=Session.step_out, is_plain_key=True),
    Command(
        "isolate",
        "Show only what is visible",
        VIEW,
        ("Shift+H",),
        lambda s: bool(s.state.query) and not s.state.is_isolated,
        does=lambda s: s.isolate(isolated=True),
        is_plain_key=True,
        in_context=True,
    ),
    Command(
        "hide",
        "Hide",
        VIEW,
        ("H",),
        _has_chosen,
        _without,
        _hide,
        refusal,
        is_plain_key=True,
        in_context=True,
    ),
    Command(
        "context",
        "Show the rest again",
        VIEW,
        ("Ctrl+H",),
        lambda s: s.state.is_isolated,
        does=lambda s: s.isolate(isolated=False),
        is_plain_key=True,
    ),
    Command(
        "pin", "Pin it, or let it go", VIEW, ("X",), _has_focus, is_plain_key=True, in_context=True
    ),
    Command(
        "unpin-all",
        "Let all pins go",
        VIEW,
        ("Shift+X",),
        lambda s: bool(s.state.pins),
        does=lambda s: s.pin(frozenset()),
        is_plain_key=True,
    ),
    _inputs(HIDDEN, "Inputs: hidden", "Shift+I"),
    _inputs(REPEATED, "Inputs: at each consumer", "Alt+I"),
    Command("frame", "Show the selection", VIEW, ("F",), is_plain_key=True),
    Command("fit", "Show everything", VIEW, ("Home",), is_plain_key=True),
    Command("actual-size", "Actual size", VIEW, ("1",), is_plain_key=True),
    Command("minimap", "Map", VIEW, ("M",), is_plain_key=True),
    Command("navigator", "Navigator", VIEW, ("Ctrl+1", "Ctrl+B"), needs_graph=False),
    Command("inspector", "Inspector", VIEW, ("Ctrl+2",), needs_graph=False),
    Command("tables", "Tables", VIEW, ("Ctrl+3",), needs_graph=False),
    Command("panes", "Reset panes", VIEW, ("Ctrl+0",)),
    Command("theme", "Light or dark", VIEW, ("Ctrl+T",), needs_graph=False),
    Command("motion", "Movement, or none", VIEW, ("Shift+M",), is_plain_key=True),
    *BOXES,
    *LENS_COMMANDS,
    Command("keys", "All keys", HELP, ("?", "Shift+?"), needs_graph=False, is_plain_key=True),
    Command("language", "The query language", HELP, ("F1",), needs_graph=False),
    Command("tour", "Three steps to begin with", HELP),
)
MENUS = (FILE, EDIT, ASK, GO, VIEW, GROUP, LENS, HELP)
