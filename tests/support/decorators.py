"""A dataflow that uses every decorator of Hamilton, once or in the shapes that matter."""
# mypy: disable-error-code="arg-type, empty-body, operator, untyped-decorator"
# Hamilton makes some of its decorators when they are asked for, so that they have no types.

from typing import Any

import pandas as pd
from hamilton.data_quality import base
from hamilton.function_modifiers import (
    ParameterizedExtract,
    ResolveAt,
    apply_to,
    cache,
    check_output,
    check_output_custom,
    config,
    configuration,
    dataloader,
    datasaver,
    does,
    extract_columns,
    extract_fields,
    group,
    hamilton_exclude,
    inject,
    load_from,
    mutate,
    parameterize,
    parameterize_extract_columns,
    parameterize_sources,
    parameterize_values,
    parameterized_inputs,
    parameterized_subdag,
    parametrized,
    parametrized_input,
    pipe,
    pipe_input,
    pipe_output,
    resolve,
    resolve_from_config,
    save_to,
    schema,
    source,
    step,
    subdag,
    tag,
    tag_outputs,
    unpack_fields,
    value,
)
from hamilton.htypes import Collect, Parallelizable
from hamilton.plugins.h_pandas import with_columns

CONFIG = {"mode": "fast", "columns": ["t"], "weights": ["light", "heavy"]}
POWER = {"hamilton.enable_power_user_mode": True}  # without it Hamilton refuses `@resolve`


def plain(a: int) -> int:
    """Says what it is."""
    return a


def optional(a: int, b: int = 5) -> int:
    return a + b


# --- tags, documentation, presence ---------------------------------------------------------------


@tag(owner="data-science", stages=["raw", "clean"], api_token="abc12345")
@cache(behavior="recompute")
def tagged(a: int) -> int:
    return a


@tag_outputs(first={"PII": "true"}, second={"PII": "false"})
@extract_columns("first", ("second", "The second."))
def outputs(a: int) -> pd.DataFrame:
    """Two columns."""
    return pd.DataFrame({"first": [a], "second": [a]})


@schema.output(("first", "int"), ("second", "int"))
def described(outputs: pd.DataFrame) -> pd.DataFrame:
    return outputs


@config.when(mode="slow")
def chosen__slow(a: int) -> int:
    return a


@config.when(mode="fast")
def chosen__fast(a: int) -> int:
    return a


@config.when_not(mode="slow")
def other(a: int) -> int:
    return a


@config.when_in(mode=["fast", "faster"])
@config.when_not_in(size=["large"])
def one_of__several__these(a: int) -> int:
    return a


@config(lambda given: "mode" in given)
def custom(a: int) -> int:
    return a


@hamilton_exclude
def excluded(a: int) -> int:
    return a


# --- one function, several nodes -----------------------------------------------------------------


@parameterize(
    by_node={"x": source("a")},
    by_value={"x": value(2)},
    by_group={"x": source("plain")},
)
def parameters(x: int) -> int:
    """The {output_name} of {x}."""
    return x


@parameterize(first_link={"x": source("a")}, second_link={"x": source("first_link")})
def chain(x: int) -> int:
    return x


@parameterize_sources(from_source={"x": "a"})
def sources(x: int) -> int:
    return x


@parameterize_values("x", {("from_value", "A value."): 3})
def values(x: int) -> int:
    return x


@parametrized("x", {("old_value", "An old value."): 3})
def old_values(x: int) -> int:
    return x


@parametrized_input("x", {"a": ("old_source", "An old source.")})
def old_source_function(x: int) -> int:
    return x


@parameterized_inputs(old_sources={"x": "a"})
def old_sources_function(x: int) -> int:
    return x


@inject(numbers=group(source("a"), source("plain"), value(1)), named=group(k=source("a")))
def injected(numbers: list[int], named: dict[str, int]) -> int:
    return sum(numbers)


@extract_fields({"number": int, "text": str})
def fields(a: int) -> dict[str, Any]:
    return {"number": a, "text": "x"}


@unpack_fields("left", "right")
def items(a: int) -> tuple[int, str]:
    return a, "x"


@parameterize_extract_columns(
    ParameterizedExtract(("p", "q"), {"x": source("a")}),
    ParameterizedExtract(("r", "s"), {"x": value(2)}),
)
def extracts(x: int) -> pd.DataFrame:
    return pd.DataFrame({"one": [x], "two": [x]})


@resolve(when=ResolveAt.CONFIG_AVAILABLE, decorate_with=lambda columns: extract_columns(*columns))
def resolved(a: int) -> pd.DataFrame:
    return pd.DataFrame({"t": [a]})


@resolve_from_config(
    decorate_with=lambda weights: parameterize(**{name: {"x": value(1)} for name in weights})
)
def weighted(x: int) -> int:
    return x


# --- checks --------------------------------------------------------------------------------------


class AtMost(base.DataValidator):
    """Checks a number."""

    def applies_to(self, datatype: type[type]) -> bool:
        return True

    def description(self) -> str:
        return "At most ten."

    @classmethod
    def name(cls) -> str:
        return "at_most"

    def validate(self, dataset: Any) -> base.ValidationResult:
        return base.ValidationResult(passes=dataset <= 10, message="at most ten")


@check_output(range=(0, 10), importance="warn")
def checked(a: int) -> int:
    return a


@check_output_custom(AtMost("warn"))
def checked_by_own(a: int) -> int:
    return a


# --- bodies that others provide ------------------------------------------------------------------


def _sum(**numbers: int) -> int:
    return sum(numbers.values())


@does(_sum)
def done(a: int, plain: int) -> int:
    """Adds."""
    pass  # noqa: PIE790 - Hamilton asks for it


# --- pipes ---------------------------------------------------------------------------------------


def _add_one(x: int) -> int:
    return x + 1


def _multiply(x: int, by: int) -> int:
    return x * by


@pipe_input(step(_add_one), step(_multiply, by=source("a")).named("times"))
def piped_in(plain: int) -> int:
    return plain


@pipe(step(_add_one))
def piped_as_of_old(plain: int) -> int:
    return plain


@pipe_output(step(_add_one), step(_multiply, by=2).when(mode="fast"), step(_add_one))
def piped_out(plain: int) -> int:
    return plain


def mutated(a: int) -> int:
    return a


@mutate(apply_to(mutated, by=value(3)))
def _tripled(x: int, by: int) -> int:
    return x * by


# --- subdags -------------------------------------------------------------------------------------


def _inside(given: int) -> int:
    return given


def _after(_inside: int, factor: int) -> int:
    return _inside * factor


@subdag(_inside, _after, inputs={"given": source("a")}, config={"size": configuration("mode")})
def below(_after: int) -> int:
    return _after


@parameterized_subdag(
    _inside,
    _after,
    one={"inputs": {"given": source("a")}},
    two={"inputs": {"given": value(3), "factor": source("one")}},
)
def several(_after: int) -> int:
    return _after


def _doubled(first: pd.Series) -> pd.Series:
    return first * 2


@with_columns(_doubled, columns_to_pass=["first"], select=["_doubled"])
def widened(outputs: pd.DataFrame) -> pd.DataFrame:
    return outputs


# --- loading and saving --------------------------------------------------------------------------


@load_from.csv(path=source("csv_path"), inject_="here")
@load_from.csv(path="there.csv", inject_="there")
def loaded(here: pd.DataFrame, there: pd.DataFrame) -> pd.DataFrame:
    return here


@dataloader()
def read(csv_path: str) -> tuple[pd.DataFrame, dict[str, Any]]:
    return pd.read_csv(csv_path), {}


@datasaver()
def wrote(outputs: pd.DataFrame, csv_path: str) -> dict:  # type: ignore[type-arg]
    return {}


@save_to.json(path="there.json")
def saved(a: int) -> dict[str, Any]:
    return {"a": a}


@save_to.csv(path=source("csv_path"), output_name_="saved_as")
def saved_under_a_name(outputs: pd.DataFrame) -> pd.DataFrame:
    return outputs


# --- blocks --------------------------------------------------------------------------------------


def part(a: int) -> Parallelizable[int]:
    yield from range(a)


def squared(part: int) -> int:
    return part * part


def total(squared: Collect[int]) -> int:
    return sum(squared)
