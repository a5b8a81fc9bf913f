"""Which revision last changed a function, and whose it was, as git tells it. Nothing is changed."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from hamilton_ol.graph.nodes import Node
from hamilton_ol.sources.repositories import file_in, git, git_here, root_of, text_of

NOT_YET = "not committed"
_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_NOBODY = re.compile(r"0{40,64}")


class Change(NamedTuple):
    """The last change of a function.

    Attributes:
        commit: full hash; empty for what is not committed.
        author: their name.
        time: when it was committed, ISO 8601, UTC.
        subject: first line of the commit's message.
    """

    commit: str
    author: str
    time: str
    subject: str = ""


def last_changes(
    nodes: Iterable[Node], folder: Path, commit: str | None = None
) -> dict[str, Change]:
    """{id of a node: the last change of its function}, for those whose file is in the repository.

    Args:
        nodes: with their functions' files.
        folder: in the repository.
        commit: full hash of the revision that is looked at; by default the files as they are.

    Raises:
        DataflowError: git would run filters of the repository.
    """
    root = root_of(folder)
    if root is None or (commit is not None and not _COMMIT.fullmatch(commit)):
        return {}
    files: dict[str, list[Node]] = {}
    for node in nodes:
        path = file_in(root, node.file, commit)
        if path is not None and node.function:
            files.setdefault(path, []).append(node)
    found = (_of_file(root, path, of_file, commit) for path, of_file in files.items())
    return {node: change for changes in found for node, change in changes}


def head(folder: Path) -> tuple[str, bool] | None:
    """(hash of the commit that is checked out, whether a tracked file differs from it).

    Raises:
        DataflowError: git would run filters of the repository.
    """
    commit = git(folder, "rev-parse", "--verify", "HEAD")
    changes = git_here(folder, "status", "--porcelain", "--untracked-files=no")
    return None if not commit else (commit.strip(), bool((changes or "").strip()))


def _of_file(
    root: Path, path: str, nodes: Iterable[Node], commit: str | None
) -> Iterator[tuple[str, Change]]:
    text = text_of(root, path, commit)
    if text is None:
        return
    places = _functions(text)
    ask = git if commit else git_here
    told = ask(
        root,
        "blame",
        "--no-textconv",
        "--line-porcelain",
        *([commit] if commit else []),
        "--",
        path,
    )
    lines = _blamed(told or "")
    for node in nodes:
        name = node.function.removeprefix(f"{node.module}.")
        first, last = places.get(name, (node.line, node.line))
        changes = lines[first - 1 : last] if first > 0 else []
        if changes:
            yield node.id, _last(root, changes)


def _last(root: Path, changes: Sequence[Change]) -> Change:
    """The last of some changes; of those within a second the one that stands upon the others."""
    moment = max((not change.commit, change.time) for change in changes)
    found = {c.commit: c for c in changes if (not c.commit, c.time) == moment}
    told = git(root, "rev-list", "--topo-order", "--max-count=1", *found) if len(found) > 1 else ""
    return found.get((told or "").strip()) or next(iter(found.values()))


def _functions(text: str) -> Mapping[str, tuple[int, int]]:
    """{name of a function: its first and its last line}, decorators included."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    return {
        part.name: (min([part.lineno, *(d.lineno for d in part.decorator_list)]), part.end_lineno)
        for part in tree.body
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and part.end_lineno
    }


def _blamed(told: str) -> list[Change]:
    """The change of each line of a file."""
    changes: list[Change] = []
    facts: dict[str, str] = {}
    for line in told.split("\n"):
        if line.startswith("\t"):
            changes.append(_change(facts))
            facts = {}
        else:
            key, _, value = line.partition(" ")
            facts.setdefault("commit" if _COMMIT.fullmatch(key) else key, value)
            if _COMMIT.fullmatch(key):
                facts["commit"] = key
    return changes


def _change(facts: Mapping[str, str]) -> Change:
    if _NOBODY.fullmatch(facts.get("commit", "0" * 40)):
        return Change("", NOT_YET, "")
    seconds = facts.get("committer-time", "")
    moment = datetime.fromtimestamp(int(seconds), UTC).isoformat() if seconds.isdigit() else ""
    return Change(facts["commit"], facts.get("author", ""), moment, facts.get("summary", ""))
