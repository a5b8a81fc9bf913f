"""Column lineage: from which fields of its job's inputs each field of an output comes."""

from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.mapping.columns import CAP
from hamilton_ol.records import ColumnUse, DatasetAccess, Dependency, NodeRecord, Schema, Value
from tests.support.events import Json, dataset, event_of, sources_of, sources_of_all
from tests.support.flows import Flows, events, execute
from tests.support.runs import column, graph, node, one, ran, run, table

SEEN = table(a="int64", b="str", c="float64")


def made(*nodes: NodeRecord, result: Schema | None = None, **given: Any) -> Json:
    """What y makes of a table t, and of x, which is no table."""
    whole = graph(node("t", type="DataFrame"), node("x"), *nodes)
    runs = [ran("t", 1, 2, schema=SEEN), ran("x", 2, 3, schema=one("int"))]
    runs += [ran(n.name, 3, 4, schema=one("int64")) for n in nodes if n.name != "y"]
    runs.append(ran("y", 5, 6, schema=result or one("int")))
    return event_of(events(run(whole, *runs, requested=("y",), **given)), "dag.y")


def lineage(*needs: str | Dependency, **given: Any) -> Any:
    """The lineage of y's only field."""
    event = made(node("y", *needs), **given)
    return sources_of(dataset(event, "y", "outputs")).get("y", set())


def uses(*taken: tuple[str, str]) -> Dependency:
    return Dependency("t", uses=tuple(ColumnUse(how, name) for how, name in taken))  # type: ignore[arg-type]


WHOLE = {("t", "a", "INDIRECT"), ("t", "b", "INDIRECT"), ("t", "c", "INDIRECT")}


def test_one_field_comes_directly_from_a_result_that_is_no_table() -> None:
    assert lineage("x") == {("x", "x", "DIRECT")}


def test_one_field_comes_indirectly_from_all_columns_of_a_table() -> None:
    assert lineage("t", "x") == WHOLE | {("x", "x", "DIRECT")}


def test_one_field_comes_directly_from_a_column_that_is_taken_out() -> None:
    event = made(column("a", "t"), node("y", "a"))
    assert sources_of(dataset(event, "y", "outputs")) == {"y": {("t", "a", "DIRECT")}}


def test_a_column_that_is_not_told_of_the_table_is_no_origin() -> None:
    event = made(column("z", "t"), column("a", "t"), node("y", "a", "z"))
    assert sources_of(dataset(event, "y", "outputs")) == {"y": {("t", "a", "DIRECT")}}


def test_a_column_that_is_taken_out_counts_more_than_the_table_beside_it() -> None:
    event = made(column("a", "t"), node("y", "t", "a"))
    assert sources_of(dataset(event, "y", "outputs")) == {
        "y": WHOLE - {("t", "a", "INDIRECT")} | {("t", "a", "DIRECT")}
    }


@pytest.mark.parametrize("how", ["item", "attribute"])
def test_columns_that_the_code_takes_are_direct(how: str) -> None:
    taken = uses((how, "a"), ("item", "c"), ("item", "a"))
    assert lineage(taken) == {("t", "a", "DIRECT"), ("t", "c", "DIRECT")}


def test_a_name_that_is_no_column_may_stand_for_any() -> None:
    assert lineage(uses(("item", "a"), ("attribute", "shape"))) == WHOLE


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Value("str", "b", shown=True), {("t", "b", "DIRECT")}),
        (Value("str", hash="0" * 24), WHOLE),
        (Value("str", "z", shown=True), WHOLE),
        (None, WHOLE),
    ],
)
@pytest.mark.parametrize("part", ["inputs", "config"])
def test_a_column_that_an_input_names_is_direct_if_its_value_is_in_the_open(
    part: str, value: Value | None, expected: Any
) -> None:
    context = {part: {"name": value} if value else {}}
    assert lineage(uses(("input", "name")), context=context) == expected


def test_a_column_may_be_called_by_a_number() -> None:
    whole = graph(node("t"), node("y", uses(("input", "name"))))
    runs = ran("t", 1, 2, schema=table(**{"0": "int64", "1": "str"})), ran("y", 2, 3)
    context = {"inputs": {"name": Value("int", 0, shown=True)}}
    end = event_of(events(run(whole, *runs, context=context)), "dag.y")
    assert sources_of(dataset(end, "y", "outputs")) == {"y": {("t", "0", "DIRECT")}}


def test_each_field_of_a_dict_comes_from_every_argument() -> None:
    event = made(node("y", "x", uses(("item", "a")), fields=(("k", "int"), ("l", "str"))))
    expected = {("x", "x", "DIRECT"), ("t", "a", "DIRECT")}
    assert sources_of(dataset(event, "y", "outputs")) == {"k": expected, "l": expected}


def test_a_tables_column_comes_from_the_argument_of_its_name() -> None:
    event = made(node("y", "x", "t"), result=table(x="int64", new="int64"))
    output = dataset(event, "y", "outputs")
    assert sources_of(output) == {"x": {("x", "x", "DIRECT")}}


def test_no_column_comes_from_one_of_two_arguments_that_only_their_subdags_tell_apart() -> None:
    inner = node("one.k"), node("other.k"), node("one.l")
    event = made(*inner, node("y", *(n.name for n in inner)), result=table(k="int64", l="int64"))
    output = dataset(event, "y", "outputs")
    assert sources_of(output) == {"l": {("one.l", "one.l", "DIRECT")}}


def test_a_tables_column_comes_from_the_arguments_column_of_its_name() -> None:
    event = made(node("y", "x", "t"), result=table(a="int64", new="int64"))
    assert sources_of(dataset(event, "y", "outputs")) == {"a": {("t", "a", "DIRECT")}}


def test_of_a_new_column_nothing_is_claimed_but_what_the_whole_table_depends_on() -> None:
    event = made(node("y", "x", "t"), result=table(new="int64"))
    output = dataset(event, "y", "outputs")
    assert sources_of(output) == {}
    assert sources_of_all(output) == WHOLE | {("x", "x", "INDIRECT")}


def test_what_takes_nothing_has_no_lineage() -> None:
    assert "columnLineage" not in dataset(made(node("y")), "y", "outputs")["facets"]


def wide(columns: int, *needs: str | Dependency, result: Schema | None = None) -> Json:
    fields = table(**{f"c{n}": "int64" for n in range(columns)})
    whole = graph(node("w"), node("y", *needs))
    runs = ran("w", 1, 2, schema=fields), ran("y", 2, 3, schema=result)
    return event_of(events(run(whole, *runs)), "dag.y")


def capped(event: Json) -> list[str]:
    found: list[str] = event["run"]["facets"]["hamilton_node"].get("capped", [])
    return found


def test_a_table_as_wide_as_the_cap_is_told_column_by_column() -> None:
    event = wide(CAP, "w")
    assert len(sources_of(dataset(event, "y", "outputs"))["y"]) == CAP == 100
    assert capped(event) == []


def test_of_a_wider_table_the_first_columns_stand_for_all_and_the_event_says_so() -> None:
    event = wide(CAP + 1, "w")
    output = dataset(event, "y", "outputs")
    assert sources_of(output) == {}
    assert sources_of_all(output) == {("w", f"c{n}", "INDIRECT") for n in range(CAP)}
    assert capped(event) == ["w"]


def test_known_columns_of_a_wide_table_are_told_and_nothing_is_capped() -> None:
    event = wide(500, Dependency("w", uses=(ColumnUse("item", "c300"),)))
    assert sources_of(dataset(event, "y", "outputs")) == {"y": {("w", "c300", "DIRECT")}}
    assert capped(event) == []


def test_a_wide_table_made_of_a_wide_table_keeps_the_lineage_of_its_columns() -> None:
    event = wide(300, "w", result=table(c0="int64", c299="int64", new="int64"))
    output = dataset(event, "y", "outputs")
    assert sources_of(output) == {n: {("w", n, "DIRECT")} for n in ("c0", "c299")}
    assert len(sources_of_all(output)) == CAP
    assert capped(event) == ["w"]


def test_a_source_with_other_columns_than_its_table_is_what_the_table_depends_on() -> None:
    loading = graph(node("t.load", owner="t", kind="loader"), node("t", "t.load"))
    access = DatasetAccess("t.load", "read", "/in.csv", schema=table(a="int64", raw="str"))
    runs = ran("t.load", 1, 2), ran("t", 2, 3, schema=table(a="int64", new="int64"))
    output = event_of(events(run(loading, *runs, accesses=(access,))), "dag.t")["outputs"][0]
    assert sources_of(output) == {"a": {("/in.csv", "a", "DIRECT")}}
    assert sources_of_all(output) == {("/in.csv", "a", "INDIRECT"), ("/in.csv", "raw", "INDIRECT")}


def test_what_is_made_of_a_source_that_is_no_table_comes_from_all_of_it() -> None:
    loading = graph(node("n.load", owner="n", kind="loader"), node("n", "n.load"))
    access = DatasetAccess("n.load", "read", "/in.csv", schema=table(a="int64", b="str"))
    runs = ran("n.load", 1, 2), ran("n", 2, 3, schema=one("int"))
    output = event_of(events(run(loading, *runs, accesses=(access,))), "dag.n")["outputs"][0]
    assert sources_of(output) == {"n": {("/in.csv", n, "INDIRECT") for n in "ab"}}


def test_loaded_columns_are_the_same_as_in_the_source_the_rest_is_transformed(
    flows: Flows, store: Path
) -> None:
    flow = flows.module("""
        import pandas as pd
        from hamilton.function_modifiers import tag

        @tag(source="prod.people")
        def people() -> pd.DataFrame:
            return pd.DataFrame({"age": [1], "name": ["x"]})

        def adults(people: pd.DataFrame, limit: int) -> pd.DataFrame:
            return people[people["age"] > limit].assign(adult=True)

        def oldest(adults: pd.DataFrame) -> int:
            return adults[["age"]].max().item() + adults.age.min()
    """)
    found = events(execute(flow, ["oldest"], store, inputs={"limit": 18}))
    kinds = {
        job: {
            transformation["subtype"]
            for output in event_of(found, f"job.{job}")["outputs"]
            for field in output["facets"]["columnLineage"]["fields"].values()
            for ref in field["inputFields"]
            for transformation in ref["transformations"]
        }
        for job in ("people", "adults")
    }
    assert kinds == {"people": {"IDENTITY"}, "adults": {"TRANSFORMATION"}}
    oldest = dataset(event_of(found, "job.oldest"), "oldest", "outputs")
    assert sources_of(oldest) == {"oldest": {("adults", "age", "DIRECT")}}
