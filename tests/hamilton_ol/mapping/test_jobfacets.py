"""What is said of jobs: kind, place of the code, its text."""

from typing import Any

import pytest

from hamilton_ol.mapping.pages import file_page, tree_page, web_page
from hamilton_ol.records import Place, Revision
from tests.support.events import Json, event_of
from tests.support.flows import events
from tests.support.runs import graph, node, ran, run

COMMIT = "c" * 40
REVISION = Revision(COMMIT, dirty=False, branch="main", remote="https://github.com/team/repo.git")
PLACE = Place("flow.x", "src/my flow.py", 7, in_repository=True)


def jobs(
    revision: Revision | None = REVISION, place: Place = PLACE, **options: Any
) -> tuple[Json, Json]:
    """The facets of a node's job, and of the dataflow's."""
    record = graph(node("x", place=place), texts={"flow.x": "def x(): ..."})
    found = events(run(record, ran("x", 1, 2), context={"revision": revision}), **options)
    return event_of(found, "dag.x")["job"]["facets"], event_of(found, "dag")["job"]["facets"]


def test_a_job_says_what_kind_it_is() -> None:
    of_node, of_dag = jobs()
    for facets, kind in ((of_node, "NODE"), (of_dag, "DAG")):
        found = facets["jobType"]
        assert (found["processingType"], found["integration"]) == ("BATCH", "HAMILTON")
        assert found["jobType"] == kind


def test_a_job_says_where_its_function_is() -> None:
    of_node, of_dag = jobs()
    found = of_node["sourceCodeLocation"]
    assert found["url"] == f"https://github.com/team/repo/blob/{COMMIT}/src/my%20flow.py#L7"
    assert (found["type"], found["path"]) == ("git", "src/my flow.py")
    assert (found["version"], found["branch"]) == (COMMIT, "main")
    assert found["repoUrl"] == "https://github.com/team/repo.git"
    assert of_dag["sourceCodeLocation"]["url"] == f"https://github.com/team/repo/tree/{COMMIT}"


@pytest.mark.parametrize(
    ("revision", "place"),
    [
        (None, PLACE),
        (REVISION._replace(remote=None), PLACE),
        (REVISION, PLACE._replace(file="~/flow.py", in_repository=False)),
    ],
)
def test_without_a_repository_that_others_can_see_there_is_no_location(
    revision: Revision | None, place: Place
) -> None:
    assert "sourceCodeLocation" not in jobs(revision, place)[0]


@pytest.mark.parametrize(("profile", "is_told"), [("marquez", False), ("generic", True)])
def test_a_location_that_marquez_has_no_room_for_is_left_out_for_marquez(
    profile: str, is_told: bool
) -> None:
    room = 255 - len(f"https://github.com/team/repo/blob/{COMMIT}/#L7")
    fits = PLACE._replace(file="x" * room)
    assert len(jobs(place=fits, profile=profile)[0]["sourceCodeLocation"]["url"]) == 255
    longer = PLACE._replace(file="x" * (room + 1))
    assert ("sourceCodeLocation" in jobs(place=longer, profile=profile)[0]) == is_told


@pytest.mark.parametrize(
    ("remote", "page"),
    [
        ("https://github.com/team/repo.git", "https://github.com/team/repo"),
        ("https://github.com/team/repo/", "https://github.com/team/repo"),
        ("ssh://github.com/team/repo.git", "https://github.com/team/repo"),
        ("ssh://git@host.example:2222/team/repo.git", "https://host.example/team/repo"),
        ("http://host.example:8080/team/repo", "http://host.example:8080/team/repo"),
        ("git://host.example/repo.git", "https://host.example/repo"),
        ("https://host.example/my repo.git", "https://host.example/my%20repo"),
        ("file:///srv/repo.git", None),
        ("https://host:port/repo", None),
        ("/srv/repo.git", None),
    ],
)
def test_a_remote_has_a_page_on_the_web(remote: str, page: str | None) -> None:
    assert web_page(remote) == page


@pytest.mark.parametrize(
    ("host", "file", "tree"),
    [
        ("github.com", "/blob/", "/tree/"),
        ("gitlab.example", "/-/blob/", "/-/tree/"),
        ("bitbucket.org", "/src/", "/src/"),
        ("codeberg.org", "/src/commit/", "/src/commit/"),
    ],
)
def test_each_host_has_its_own_way_to_files_and_folders(host: str, file: str, tree: str) -> None:
    page = f"https://{host}/team/repo"
    assert file_page(page, "abc", "src/é.py", 3) == f"{page}{file}abc/src/%C3%A9.py#L3"
    assert tree_page(page, "abc") == f"{page}{tree}abc"


@pytest.mark.parametrize(
    ("level", "text"), [("minimal", None), ("standard", None), ("full", "def x(): ...")]
)
def test_source_text_is_told_only_when_everything_may_be(level: str, text: str | None) -> None:
    facets = jobs(level=level)[0]
    assert facets.get("sourceCode", {}).get("sourceCode") == text
    assert ("sourceCodeLocation" in facets) == (level != "minimal")
