"""What is read of facets, however often it is told."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.sources.eventfacets import Schemas, made_of, refs

FIELD: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(["name", "type"]), st.sampled_from(["a", "b", "", 1, None, []]), max_size=2
)
NESTED = st.builds(lambda row, inner: {**row, "fields": inner}, FIELD, st.lists(FIELD, max_size=2))
SCHEMA = st.fixed_dictionaries({"fields": st.lists(FIELD | NESTED | st.just("a"), max_size=3)})


@given(st.lists(SCHEMA | st.fixed_dictionaries({"fields": st.sampled_from([None, "", "ab", {}])})))
def test_a_schema_says_the_same_whatever_was_told_before(facets: list[dict[str, Any]]) -> None:
    schemas = Schemas()
    for facet in (*facets, *facets):
        assert schemas.columns(facet) == Schemas().columns(facet)


def test_of_equal_schemas_there_is_one() -> None:
    schemas = Schemas()
    one, other = ({"fields": [{"name": "a", "type": "int", "_": n}]} for n in range(2))
    assert schemas.columns(one) is schemas.columns(other)


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
    assert [*refs(made_of(facet))] == [
        *(("x", "n", "t", "a", is_direct) for is_direct in (False, True, True, True)),
        ("", "n", "t", "a", False),
    ]
