"""Answers what is asked beside a graph: runs, revisions, changes, the keyring."""

from pathlib import Path

from explorer_app.loading.gitlog import changes_of
from explorer_app.loading.lastruns import recorded
from explorer_app.loading.messages import (
    Changes,
    FindKeyring,
    FindReferences,
    ForgetToken,
    Keyring,
    ListRuns,
    ReadChanges,
    ReadRuns,
    Recorded,
    References,
    Runs,
)
from explorer_app.loading.tokens import forget_token, keyring_for
from explorer_app.model.places import is_folder, path_of
from hamilton_ol.config import resolve
from hamilton_ol.errors import StoreError
from hamilton_ol.pipeline import open_store
from hamilton_ol.sources.references import references

MOST_RUNS = 200

Question = ListRuns | ReadRuns | ReadChanges | FindKeyring | ForgetToken | FindReferences


def answer_to(asked: Question) -> Runs | Recorded | Changes | Keyring | References:
    """The answer to a question."""
    match asked:
        case ListRuns():
            return _runs(asked)
        case ReadRuns():
            return recorded(asked)
        case ReadChanges():
            return Changes(changes_of(asked.nodes, asked.folders))
        case FindReferences():
            return _references(asked)
        case ForgetToken():
            forget_token(asked.address)
    return keyring_for(asked.address)


def _runs(asked: ListRuns) -> Runs:
    try:
        reader = open_store(Path(asked.store) if asked.store else resolve({}).store)
        return Runs(tuple(reader.runs()[:MOST_RUNS]))
    except StoreError:
        return Runs(())


def _references(asked: FindReferences) -> References:
    path = path_of(asked.path)
    return References(asked.path, tuple(references(path if is_folder(path) else path.parent)))
