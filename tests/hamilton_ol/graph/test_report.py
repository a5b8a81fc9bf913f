"""What a report says of personal data, a catalog of owners, and what columns a source has."""

from hamilton_ol.graph.catalog import catalog, paper
from hamilton_ol.graph.export.sections import Section
from hamilton_ol.graph.nodes import Dataset
from hamilton_ol.graph.report import Known, report
from hamilton_ol.graph.sources import sources_of
from tests.support.demo_files import demo_graph
from tests.support.lineages import graph

FLOW = graph(
    *("age>band>report", "age>mean", "town>map"),
    age={"tags": {"PII": "true"}},
    band={"tags": {"PII": "stop"}},
)


def personal(artifact: str) -> Section:
    """What is said of an artifact's personal data."""
    sections = report(FLOW, FLOW[artifact], Known()).sections
    return next(section for section in sections if section.title == "Personal data")


def test_a_report_says_what_was_stopped_on_the_way() -> None:
    told = personal("report")
    assert (told.rows, told.nothing) == ((), "None.")
    assert told.note == "Stopped on the way, and so not listed: age by band (PII=stop)."
    assert personal("band").note == told.note
    assert personal("mean").rows == (("age", "PII", "", "age → mean"),)
    assert personal("mean").note == ""


def test_a_report_names_a_way_on_which_personal_data_comes() -> None:
    told = graph(
        *("t>age>column", "age>share", "share>model", "age>longer", "longer>share", "t>whole"),
        *("whole>model",),
        age={"kind": "column", "part_of": "t", "field": "age", "tags": {"PII": "true"}},
    )
    section = report(told, told["model"], Known()).sections[5]
    assert section.headings[-1] == "by way of"
    assert section.rows == (("age", "PII", "t", "age → share → model"),)


def test_a_report_that_finds_nothing_says_what_it_looked_for() -> None:
    told = personal("map")
    assert (told.rows, told.note) == ((), "")
    assert told.nothing == "Nothing that it comes from is tagged PII or GDPR or HIPAA."


def test_a_catalog_counts_parts_for_whoever_owns_the_function_and_inputs_for_nobody() -> None:
    told = graph(
        *("size>people>age", "people>mean>part"),
        size={"kind": "input"},
        people={"owners": ("data",)},
        age={"kind": "column", "part_of": "people"},
        part={"kind": "column", "part_of": "mean"},
    )
    nodes, unowned = paper(catalog(told, told.select("*").mask, {}), "Catalog").sections
    owner = nodes.headings.index("owner")
    assert {row[0]: row[owner] for row in nodes.rows} == {
        "size": "",
        "people": "data",
        "age": "data",
    }
    assert {row[0] for row in unowned.rows} == {"mean", "part"}


def test_a_source_belongs_to_whoever_owns_all_that_is_taken_out_of_it() -> None:
    told = graph(
        "people>age>mean",
        people={"sources": (Dataset("prod", "people"),)},
        age={"kind": "column", "part_of": "people", "owners": ("data",)},
    )
    (source,) = sources_of(told.select("+mean"))
    assert source.owners == ("data",)


def test_sources_name_the_columns_that_are_taken_out_of_a_whole_table_too() -> None:
    demo = demo_graph()
    (model,) = sources_of(demo.select("+fit_random_forest"))
    (age,) = sources_of(demo.select("+age"))
    assert "survived" in model.columns  # which no node is that the model is made of
    assert age.columns == ("age",)


def test_owners_are_in_the_order_of_their_names_and_nobody_comes_last() -> None:
    told = graph("a>b>c>d", b={"owners": ("zoe",)}, c={"owners": ("ada", "zoe")})
    sections = report(told, told["d"], Known()).sections
    owners = next(section for section in sections if section.title == "Owners")
    assert owners.rows == (("ada", "1", "c"), ("zoe", "2", "b, c"), ("(no owner)", "2", "a, d"))


def test_a_function_belongs_to_whoever_owns_all_that_is_taken_out_of_it() -> None:
    told = graph(
        "people>age>mean", age={"kind": "column", "part_of": "people", "owners": ("data",)}
    )
    sections = report(told, told["mean"], Known()).sections
    owners = next(section for section in sections if section.title == "Owners")
    assert owners.rows == (("data", "1", "people"), ("(no owner)", "1", "mean"))
