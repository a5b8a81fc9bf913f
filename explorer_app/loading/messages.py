"""What the window and the processes that work for it say to each other.

What comes from a source is in it as plain values of this package.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer_app.loading.faults import Fault
from hamilton_ol.errors import HamiltonOLError

if TYPE_CHECKING:  # each process loads what it has to do with
    from hamilton_ol.graph.lineage import LineageGraph
    from hamilton_ol.graph.nodes import Node
    from hamilton_ol.graph.runs import RunFacts
    from hamilton_ol.graph.scene.arrays import Floats
    from hamilton_ol.graph.scene.cards import Cards
    from hamilton_ol.graph.scene.links import Grouping, Links
    from hamilton_ol.graph.scene.places import Places
    from hamilton_ol.graph.scene.tokens import ThemeName
    from hamilton_ol.sources.changes import Change
    from hamilton_ol.sources.references import Reference
    from hamilton_ol.store.reader import RunSummary


@dataclass(frozen=True)
class Load:
    """Read sources and tell the graph; then wait for an `Arrange`.

    Attributes:
        sources: as of `hamilton_ol.load`.
        store: folder of recorded runs, empty for the project's.
        executes: whether code may be imported; else only its text is read.
        token: for the Marquez among the sources; it is kept once the server has taken it.
        drafts: whether to tell first, as a `Draft`, what the text of the code says.
        before: problems of what is shown, where it is read again: then code that cannot be imported
            any more is a failure. None for something new.
    """

    sources: tuple[str, ...]
    store: str = ""
    executes: bool = True
    token: str = field(default="", repr=False)
    drafts: bool = False
    before: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Foresee:
    """Read the text of code that a `Load` will ask for soon; nothing is told before that."""

    sources: tuple[str, ...]
    store: str = ""


@dataclass(frozen=True, eq=False)
class Draft:
    """A graph as the text of the code tells it; the one of the imported code follows."""

    graph: "LineageGraph"


@dataclass(frozen=True)
class Watched:
    """What sources are read from.

    Attributes:
        files: {file: when it was changed, ns, and its bytes}.
        is_rest: whether these are further files, of a graph that was told already.
    """

    files: Mapping[str, tuple[int, int]]
    is_rest: bool = False


@dataclass(frozen=True)
class FindKeyring:
    """Tell which keyring there is for tokens, and whether one for an address is in it."""

    address: str = ""


@dataclass(frozen=True)
class ForgetToken:
    """Delete the token that is kept for an address; a `Keyring` says what is there then."""

    address: str


@dataclass(frozen=True)
class Keyring:
    """Where tokens are kept.

    Attributes:
        name: what it is called, empty for none.
        address: of the server that was asked about.
        has_token: whether a token for that is in it.
    """

    name: str
    address: str = ""
    has_token: bool = False


@dataclass(frozen=True)
class FindReferences:
    """Tell the branches, tags and last commits of the repository that a file or folder is in."""

    path: str


@dataclass(frozen=True)
class References:
    """They are these; none outside of a repository."""

    path: str
    found: "tuple[Reference, ...]"


@dataclass(frozen=True)
class TokenTaken:
    """A server took a token; `keyring` is where it is kept now, empty if it is not."""

    keyring: str


@dataclass(frozen=True)
class ListRuns:
    """Tell which runs are recorded."""

    store: str = ""


@dataclass(frozen=True)
class ReadRuns:
    """Tell what recorded runs did; those that cannot be read are left out.

    Attributes:
        runs: their ids.
        store: folder of recorded runs, empty for the project's.
    """

    runs: tuple[str, ...]
    store: str = ""


@dataclass(frozen=True)
class ReadChanges:
    """Tell who changed the functions of nodes last, as git knows it.

    Attributes:
        nodes: with their functions' files.
        folders: what was opened, where these files are.
    """

    nodes: "tuple[Node, ...]"
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True, eq=False)
class Arrange:
    """Give cards their places.

    Attributes:
        cards, links: what is arranged; only names and numbers of them are needed.
        sizes: width and height of the cards, (n, 2).
        grouping: what is boxed together.
        memory: of an `Arranged`; what was there stays where it was as far as it can.
    """

    cards: "Cards"
    links: "Links"
    sizes: "Floats"
    grouping: "Grouping | None" = None
    memory: bytes = b""


@dataclass(frozen=True, eq=False)
class Arranged:
    """Where cards are, and what the next `Arrange` needs to change as little as it can."""

    places: "Places"
    memory: bytes


@dataclass(frozen=True, eq=False)
class Export:
    """What is to be saved.

    Attributes:
        form: one of `graphfiles.FORMATS`.
        theme: of a picture.
        trail: its title, from the whole to the part.
        wide: px of a PNG; 0 for twice the size on a screen.
        shown: a `canvas.figure.Figure` for a picture, else a graph.
    """

    form: str
    theme: "ThemeName"
    trail: tuple[str, ...]
    shown: Any
    wide: int = 0


@dataclass(frozen=True)
class Progress:
    """How far it is: a stage, what is done of it and what there is in all; 0 of 0 is not known."""

    stage: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Failed:
    """It could not be done: what happened, and the way out; a fault where nobody expected that."""

    message: str
    hint: str = ""
    fault: Fault | None = field(default=None, compare=False)

    @classmethod
    def of(cls, error: Exception) -> "Failed":
        """What an error says, also one that should not happen."""
        if isinstance(error, HamiltonOLError):
            return cls(str(error), error.hint)
        fault = Fault.of(error)
        return cls(fault.what, "This should not have happened.", fault)


@dataclass(frozen=True)
class Runs:
    """Recorded runs, the newest first; none where there is no store."""

    rows: "tuple[RunSummary, ...]"


@dataclass(frozen=True)
class Recorded:
    """What runs did: those that were asked for, or that a graph comes with.

    Attributes:
        runs: the newest first.
        is_shown: whether the first of them is put on the graph at once.
    """

    runs: "tuple[RunFacts, ...]"
    is_shown: bool = True


@dataclass(frozen=True)
class Changes:
    """{id of a node: the last change of its function}."""

    found: "Mapping[str, Change]"
