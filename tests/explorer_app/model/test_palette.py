"""The palette finds everything that can be gone to, the nearest match first."""

import pytest

from explorer_app.model.commands import COMMANDS
from explorer_app.model.palette import Choice, Finder
from explorer_app.model.session import Session
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from tests.support.samples import sample


@pytest.fixture
def finder() -> Finder:
    return Finder(Session(sample(), {"gdpr": "tag:PII=true+"}), {"1f3a": "titanic 3 minutes ago"})


def first(finder: Finder, wanted: str) -> Choice:
    return finder.find(wanted)[0]


@pytest.mark.parametrize(
    ("wanted", "kind", "text"),
    [
        ("fit_r", "node", "fit_random_forest"),
        ("tts", "node", "train_test_split_func"),
        ("col:cab", "query", "col:cabin"),
        ("tag:pii", "query", "tag:PII"),
        ("importance=pro", "query", "tag:importance=production"),
        ("owner:data-e", "query", "owner:data-engineering"),
        ("minutes", "run", "titanic 3 minutes ago"),
        ("$gd", "query", "$gdpr"),
        ("everything", "command", "Everything"),
        ("theme", "command", "Light or dark"),
    ],
)
def test_it_finds(finder: Finder, wanted: str, kind: str, text: str) -> None:
    found = first(finder, wanted)
    assert (found.kind, found.text) == (kind, text)


def test_a_saved_query_is_asked_as_it_is_written(finder: Finder) -> None:
    assert first(finder, "$gdpr").key == "tag:PII=true+"


def test_every_command_that_can_be_done_is_in_it() -> None:
    found = {c.key for c in Finder(None, {})._always if c.kind == "command"}
    assert found == {c.id for c in COMMANDS if c.can(None)} - {"palette"}


def test_what_does_not_have_the_letters_is_not_found(finder: Finder) -> None:
    assert finder.find("qqqzzz") == []


def test_nodes_of_one_name_are_all_found() -> None:
    graph = LineageGraph([Node("a", "same"), Node("b", "same")], [])
    found = Finder(Session(graph), {}).find("same")
    assert [c.key for c in found if c.kind == "node"] == ["0", "1"]


@pytest.mark.parametrize("wanted", ['"', "\\", "a" * 10_000, "\u202e", "tag:", "((", "\n"])
def test_whatever_is_typed_is_only_looked_for(finder: Finder, wanted: str) -> None:
    assert isinstance(finder.find(wanted), list)
