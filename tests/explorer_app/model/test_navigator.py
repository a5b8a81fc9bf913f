"""The tree counts what is in a group, and finds what is in it."""

from explorer_app.model.navigator import VIEWS, Branch
from hamilton_ol.graph.scene.graphcards import cards_of
from tests.support.samples import FOREST, sample


def tree(view: str) -> dict[str, Branch]:
    return {branch.text: branch for branch in VIEWS[view](sample(), cards_of(sample()))}


def names(branch: Branch) -> set[str]:
    return {child.text for child in branch.children}


def test_a_group_says_how_many_nodes_are_in_it_columns_too() -> None:
    found = {text: branch.count for text, branch in tree("Modules").items()}
    assert found == {
        "data_loading": 13,
        "features": 10,
        "sets": 1,
        "model_pipeline": 7,
        "inputs": 6,
    }
    assert [*found][-1] == "inputs"
    table = tree("Modules")["data_loading"].children[0]
    assert (table.text, table.count) == ("titanic_data", 11)
    assert "age" in names(table)


def test_a_column_is_found_by_its_tag_and_what_has_none_comes_last() -> None:
    found = tree("Tags")
    assert (found["PII: true"].count, names(found["PII: true"])) == (2, {"age", "sex"})
    assert names(found["artifact: model"]) == {FOREST}
    assert [*found][-1] == "no tags"
    assert "age" not in names(found["no tags"])


def test_owners_have_what_is_theirs() -> None:
    found = tree("Owners")
    assert (found["data-science"].count, found["no owner"].count) == (3, 33)
    assert names(found["data-engineering"]) == {"titanic_data"}
