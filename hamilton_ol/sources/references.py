"""The branches, tags and last commits of a git repository, as git tells them. Nothing is changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hamilton_ol.sources.repositories import git

MOST_REFERENCES, MOST_COMMITS = 300, 60
BRANCH, REMOTE, TAG, COMMIT = "branch", "remote branch", "tag", "commit"
_KINDS = {"refs/heads/": BRANCH, "refs/remotes/": REMOTE, "refs/tags/": TAG}
_FORM = (
    "%(refname)%00%(refname:short)%00%(creatordate:iso-strict)%00%(symref)%00%(contents:subject)"
)


class Reference(NamedTuple):
    """A name that git knows a commit by.

    Attributes:
        name: as `git:NAME` takes it.
        kind: branch, remote branch, tag or commit.
        time: when it was made, ISO 8601; empty if that is not known.
        subject: first line of its message.
    """

    name: str
    kind: str
    time: str
    subject: str


def references(folder: Path) -> list[Reference]:
    """Branches, tags and last commits, the newest of each first; none outside of a repository.

    Args:
        folder: in the repository.
    """
    found = sorted(_named(folder), key=lambda one: [*_KINDS.values()].index(one.kind))
    return [*found, *_commits(folder)]


def _named(folder: Path) -> Iterator[Reference]:
    words = ("--sort=-creatordate", f"--count={MOST_REFERENCES}", f"--format={_FORM}")
    for line in (git(folder, "for-each-ref", *words, *_KINDS) or "").split("\n"):
        name, *rest = line.split("\0")
        kind = next((kind for start, kind in _KINDS.items() if name.startswith(start)), "")
        if kind and len(rest) == 4 and not rest[2]:  # noqa: PLR2004 - as the form says
            yield Reference(rest[0], kind, rest[1], rest[3])


def _commits(folder: Path) -> Iterator[Reference]:
    # a repository may be set up to check signatures, for which git starts another program
    words = ("--no-show-signature", f"--max-count={MOST_COMMITS}", "--format=%h%x00%cI%x00%s")
    for line in (git(folder, "log", *words) or "").split("\n"):
        name, *rest = line.split("\0")
        if len(rest) == 2:  # noqa: PLR2004 - as the form says
            yield Reference(name, COMMIT, *rest)
