"""What is read of the columns of datasets, however often and in whatever form it is told."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.sources import eventcolumns
from hamilton_ol.sources.eventcolumns import Schemas, made_of, refs

FIELD: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(["name", "type"]), st.sampled_from(["a", "b", "", 1, None, []]), max_size=2
)
NESTED = st.builds(lambda row, inner: {**row, "fields": inner}, FIELD, st.lists(FIELD, max_size=2))
SCHEMA = st.fixed_dictionaries({"fields": st.lists(FIELD | NESTED | st.just("a"), max_size=3)})
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, 7, "ab", [], {}, {"_deleted": True}, {"_deleted": 1}]
)
SCHEMAS: st.SearchStrategy[Any] = (
    SCHEMA | ODD | st.fixed_dictionaries({"fields": st.sampled_from([None, "", "ab", {}])})
)
HOW = st.lists(st.fixed_dictionaries({"type": st.sampled_from(["DIRECT", "x", 7])}) | ODD) | ODD
REF = st.dictionaries(
    st.sampled_from(["namespace", "name", "field"]), st.sampled_from(["a", "b", ""]), min_size=2
)
REFS = st.lists(st.builds(lambda ref, how: {**ref, "transformations": how}, REF, HOW) | ODD) | ODD
MADE = st.fixed_dictionaries({"inputFields": REFS}) | ODD
LINEAGES = ODD | st.fixed_dictionaries(
    {"fields": st.dictionaries(st.sampled_from(["x", "y"]), MADE) | ODD, "dataset": REFS}
)


def as_bytes(facet: object) -> msgspec.Raw:
    """A facet as it comes in an event that is as it should be."""
    return msgspec.Raw(json.dumps(facet).encode())


@given(st.lists(SCHEMAS))
def test_a_schema_says_the_same_whatever_was_told_before(facets: list[Any]) -> None:
    schemas = Schemas()
    for facet in (*facets, *facets):
        assert schemas.columns(facet) == Schemas().columns(facet)
        assert schemas.columns(as_bytes(facet)) == Schemas().columns(facet)


@given(LINEAGES)
def test_what_columns_are_made_of_is_the_same_as_bytes_and_as_an_object(facet: object) -> None:
    assert made_of(as_bytes(facet)) == made_of(facet)


def test_of_equal_schemas_there_is_one() -> None:
    schemas = Schemas()
    one, other = ({"fields": [{"name": "a", "type": "int", "_": n}]} for n in range(2))
    assert schemas.columns(one) is schemas.columns(other)
    assert schemas.columns(as_bytes(one)) is schemas.columns(as_bytes(other))


def test_schemas_without_end_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eventcolumns, "MOST_KNOWN", 10)
    schemas = Schemas()
    for number in range(25):
        facet = {"fields": [{"name": f"column{number}", "type": "int"}]}
        assert schemas.columns(as_bytes(facet)) == ((f"column{number}", "int"),)
    assert len(schemas._read) <= 10


def test_a_column_that_has_columns_is_not_taken_for_one_that_has_none() -> None:
    schemas = Schemas()
    flat = {"name": "a", "type": "struct"}
    assert schemas.columns({"fields": [flat]}) == (("a", "struct"),)
    nested = {"fields": [{**flat, "fields": [{"name": "b", "type": "int"}]}]}
    assert schemas.columns(nested) == (("a", "struct"), ("a.b", "int"))


def test_what_a_column_is_made_of_is_told_one_by_one() -> None:
    here = {"namespace": "n", "name": "t", "field": "a"}
    odd: list[Any] = [here | {"name": ""}, here | {"field": 7}, {"name": "t"}, "t", None]
    kinds = [{"type": "INDIRECT"}], [{"type": "INDIRECT"}, {"type": "DIRECT"}], [7], None
    told = [here | {"transformations": kind} for kind in kinds]
    facet = {"fields": {"x": {"inputFields": [*odd, *told]}, "y": []}, "dataset": [here]}
    found = made_of(facet)
    assert found is not None
    assert [*refs(found)] == [
        *(("x", "n", "t", "a", is_direct) for is_direct in (False, True, True, True)),
        ("", "n", "t", "a", False),
    ]
