"""Every example of docs/queries.md says, word for word, what the demo answers."""

import re
import shlex
from pathlib import Path

import pytest

from hamilton_ol import OpenLineageHook
from hamilton_ol.demo.__main__ import JOB, REQUESTED, build, inputs
from hamilton_ol.store.writers import flush_all
from tests.support.commands import InProcess

PAGE = Path(__file__).parents[3] / "docs" / "queries.md"
EXAMPLES = re.findall(r"```console\n\$ hamilton-ol (.*)\n((?:.*\n)*?)```", PAGE.read_text("utf-8"))


@pytest.fixture(scope="module")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a run of the demo."""
    store = tmp_path_factory.mktemp("demo") / "store"
    build(OpenLineageHook(JOB, store=store)).execute([*REQUESTED], inputs=inputs())
    assert flush_all(30)
    return store


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == PAGE.read_text("utf-8").count("```console")
    assert EXAMPLES


@pytest.mark.parametrize(("words", "answer"), EXAMPLES, ids=[words for words, _ in EXAMPLES])
def test_an_example_says_what_is_answered(
    words: str,
    answer: str,
    demo_store: Path,
    cli: InProcess,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = cli(*shlex.split(words), "--store", demo_store)
    assert done.code == 0, done.err
    assert [line.rstrip() for line in done.out.splitlines()] == answer.splitlines()
