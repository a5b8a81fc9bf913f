"""What git knows of the past of a dataflow's functions."""

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

from hamilton_ol.errors import DataflowError, UnknownRevisionError
from hamilton_ol.graph.nodes import Node
from hamilton_ol.records import Revision
from hamilton_ol.sources.changes import Change, head, last_changes
from hamilton_ol.sources.repositories import file_in, git, git_here, root_of, text_of

_HINT = "A revision is a commit, a branch or a tag, as in changed:main..HEAD or changed:HEAD~3.."


class GitHistory:
    """The past as the repository of a folder has it.

    Args:
        folder: in the repository.
        commit: of the dataflow; empty for the files as they are.
    """

    def __init__(self, folder: str, commit: str = "") -> None:
        self._folder, self._commit = Path(folder), commit

    def changed(self, nodes: Iterable[Node], revisions: str) -> frozenset[str]:
        """The ids of nodes whose function is another one than where A and B parted.

        Comments and layout make no difference. Without B the dataflow counts as it is.

        Args:
            nodes: that are looked at.
            revisions: `A..B`, `A..` or `A`.

        Raises:
            DataflowError: there is no repository, or git would run filters of it.
            UnknownRevisionError: it has no such revision.
        """
        root = root_of(self._folder)
        if root is None:
            raise DataflowError(f"{self._folder} is in no git repository", hint=_HINT)
        begin, _, end = revisions.partition("..")
        last = _commit(root, end) if end.strip(".") else self._commit
        first = _commit(root, begin or "HEAD")
        first = (git(root, "merge-base", first, last or "HEAD") or first).strip()
        files, before, after = (
            _differing(root, first, last),
            _Files(root, first),
            _Files(root, last),
        )
        there = self._commit or None
        found = ((n, file_in(root, n.file, there)) for n in nodes if n.function)
        return frozenset(
            node.id
            for node, path in found
            if path in files and _differs(before.at(path), after.at(path), node)
        )

    def revision(self) -> Revision | None:
        """The commit of the dataflow, else the one that is checked out."""
        if self._commit:
            return Revision(self._commit, dirty=False)
        found = head(self._folder)
        return Revision(found[0], dirty=found[1]) if found else None

    def last_changes(self, nodes: Iterable[Node]) -> Mapping[str, Change]:
        """{id of a node: the last change of its function}, where git knows it."""
        return last_changes(nodes, self._folder, self._commit or None)


def _commit(root: Path, revision: str) -> str:
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    found = git(root, *words)
    if not found:
        raise UnknownRevisionError(f"There is no revision {revision!r} in {root}", hint=_HINT)
    return found.strip()


def _differing(root: Path, first: str, last: str) -> frozenset[str]:
    """The files that differ between two commits, or from one to how they are."""
    words = ("diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", first)
    told = (git(root, *words, last, "--") if last else git_here(root, *words, "--")) or ""
    new = "" if last else git(root, "ls-files", "--others", "--exclude-standard", "-z") or ""
    return frozenset(f"{told}{new}".split("\0")) - {""}


class _Files:
    """Files of a commit, or as they are, with their functions; each is read once."""

    def __init__(self, root: Path, commit: str) -> None:
        self._root, self._commit = root, commit
        self._found: dict[str, tuple[str, Mapping[str, str]]] = {}

    def at(self, path: str) -> tuple[str, Mapping[str, str]]:
        """(text, {name: function}) of a file; nothing where it is not there."""
        if path not in self._found:
            text = text_of(self._root, path, self._commit or None) or ""
            self._found[path] = text, _functions(text)
        return self._found[path]


def _functions(text: str) -> Mapping[str, str]:
    try:
        tree = ast.parse(text)
        kinds = ast.FunctionDef | ast.AsyncFunctionDef
        return {part.name: ast.unparse(part) for part in tree.body if isinstance(part, kinds)}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}


def _differs(
    before: tuple[str, Mapping[str, str]], after: tuple[str, Mapping[str, str]], node: Node
) -> bool:
    """Whether its function does; a job of another producer is its whole file."""
    for name in (node.function.removeprefix(f"{node.module}."), node.name.rpartition(".")[2]):
        if name in before[1] or name in after[1]:
            return before[1].get(name) != after[1].get(name)
    return not node.module and before[0] != after[0]
