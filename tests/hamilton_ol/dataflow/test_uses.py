"""What a body takes of its arguments: known columns, or nothing is claimed."""

import ast
import contextlib
import inspect
import textwrap
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.dataflow.uses import column_uses, config_literals
from hamilton_ol.records import ColumnUse


def tree_of(source: str) -> ast.FunctionDef | ast.AsyncFunctionDef:
    tree = ast.parse(source).body[0]
    assert isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef)
    return tree


def uses_of(body: str, arguments: str = "df, col, other") -> dict[str, list[str] | None]:
    """{argument: what is taken of it, or None} for a body."""
    source = f"async def f({arguments}):\n{textwrap.indent(textwrap.dedent(body), '    ')}\n"
    return {
        name: None if uses is None else [f"{use.how} {use.name}" for use in uses]
        for name, uses in column_uses(tree_of(source)).items()
    }


KNOWN = {
    'df["a"]': ["item a"],
    'df["a"] + df["b"] * df["a"]': ["item a", "item b"],
    'df[["a", "b"]]': ["item a", "item b"],
    "df.a": ["attribute a"],
    "df.a.str.upper()": ["attribute a"],
    'df["a"].fillna(df["b"].mean())': ["item a", "item b"],
    "df[col]": ["input col"],
    'df[["a", col]]': ["item a", "input col"],
    'df["a"][df["b"] > 1]': ["item a", "item b"],
    "f\"{df['a']}\"": ["item a"],
    'x = df["a"]\nx[0] = 1\ndel x': ["item a"],
    'x: int = df["a"]': ["item a"],
    '(x := df["a"])': ["item a"],
    'lambda x: df["a"] + x': ["item a"],
    '[df["a"] for _ in other]': ["item a"],
    'def inner():\n    return df["a"]': ["item a"],
    'class Inner:\n    x = df["a"]': ["item a"],
    'for x in df["a"]:\n    yield x': ["item a"],
    'match df["a"]:\n    case [x, *_]:\n        return x': ["item a"],
    'await df["a"]': ["item a"],
    'with df["a"] as x:\n    pass': ["item a"],
    'assert df["a"] in df["b"]': ["item a", "item b"],
    '"""Of df."""\ndf["a"]': ["item a"],
    'np.stack([df["a"], df["b"]])': ["item a", "item b"],
    'call(key=df["a"], df=1)': ["item a"],
}
UNKNOWN = [
    *("df", "return df", "call(df)", "[df]", "x = df", "df + 1", "not df", "len(df)", "call(*df)"),
    *("call(**df)", "for x in df: pass", "df and 1", "df == 1", "f'{df}'", "f'{other:{df}}'"),
    *("df.mean()", "df.a()", "df.query('a > 1')", "df.loc[:, 'a']", "df.iloc[0]", "df.values"),
    *("df.columns", "df.T", "df.size", "df.shape", "df.index", "df.apply(len)", "df.groupby('a')"),
    *("df[0]", "df[1:2]", "df['a':'b']", "df['a', 'b']", "df[('a', 'b')]", "df[df['a'] > 1]"),
    *("df['a' + 'b']", "df[f'{other}']", "df[x]", "df[[]]", "df[['a', *other]]", "df[['a', 1]]"),
    *("df[other()]", "df[None]", "df[...]", "df[b'a']", "df[~df['a']]", "df[lambda x: x]"),
    *("df['a'] = 1", "df['a'] += 1", "df['a']: int = 1", "del df['a']", "df.a = 1", "df.a += 1"),
    *("del df.a", "df[['a']] = 1", "for df['a'] in other: pass", "with other as df['a']: pass"),
    *("df['a'], x = other", "df = other", "df = df['a']", "df += 1", "del df", "(df := other)"),
    *("for df in other: pass", "with other as df: pass", "import df", "import x as df"),
    *("from x import y as df", "import df.x", "try: pass\nexcept E as df: pass"),
    *("match other:\n    case df: pass", "match other:\n    case [*df]: pass"),
    *("match other:\n    case {**df}: pass", "match df:\n    case _: pass"),
    *("lambda df: df['a']", "def inner(df): pass", "def inner(*, df): pass", "def df(): pass"),
    *("class df: pass", "def inner(x=df): pass", "@df\ndef inner(): pass", "class X(df): pass"),
    *("[df for df in other]", "[x for x in df]", "{k: df for k in other}", "yield df"),
    *("await df", "locals()", "x = locals", "vars()", "eval('d' + 'f')", "exec(other)"),
    *("sys._getframe()", "inspect.currentframe()", "frame.f_locals", "builtins.eval(other)"),
    *(
        "pd.eval('df.a')",
        "other.query('a > @df.b')",
        "duckdb.sql('select a from df')",
        "sql(other)",
    ),
    *("connection.execute(other)", "x = 'select * from df'", "call('df')", "f'{other} of df'"),
    *("def inner():\n    nonlocal df\n    df = 1", "type(df)['a']", "(df)['a'] if df else 1"),
]


@pytest.mark.parametrize("body", KNOWN)
def test_columns_that_a_body_takes_are_known(body: str) -> None:
    assert uses_of(body)["df"] == KNOWN[body]


@pytest.mark.parametrize("body", UNKNOWN)
def test_what_may_use_the_whole_is_not_known(body: str) -> None:
    body = body if "import df" in body or "as df" in body else f"df['a']\n{body}"
    assert uses_of(body)["df"] is None


def test_of_an_argument_that_is_not_used_nothing_is_said() -> None:
    assert uses_of("pass") == {}


def test_a_column_name_is_no_use_of_an_argument_that_is_called_so() -> None:
    assert uses_of('df["col"] + col["x"]') == {"df": ["item col"], "col": ["item x"]}


@pytest.mark.parametrize(
    "body",
    [
        "col = col.upper()\ndf[col]",
        "df[col]\ncol += 'x'",
        "[df[col] for col in other]",
        "lambda col: df[col]",
        "for col in other:\n    df[['a', col]]",
        "def inner(col):\n    return df[col]",
        "try: pass\nexcept E as col: df[col]",
        "match other:\n    case {'x': col}: df[col]",
    ],
)
def test_a_key_that_gets_another_value_names_no_column(body: str) -> None:
    assert uses_of(body)["df"] is None


def test_every_kind_of_argument_is_looked_at() -> None:
    found = uses_of("one['a'], two['b'], three['c'], rest['d']", "one, /, two, *rest, three")
    assert found == {"one": ["item a"], "two": ["item b"], "three": ["item c"]}


def test_an_expression_of_very_many_terms_says_nothing() -> None:
    assert uses_of(" + ".join(["df['a']"] * 900)) == {}


# --- no claim is wrong, whatever the body --------------------------------------------------------


class Spy:
    """A table that notes what is taken of it; `whole` for anything but columns."""

    def __init__(self, taken: set[str]) -> None:
        object.__setattr__(self, "taken", taken)

    def __getitem__(self, key: Any) -> list[int]:
        names = key if isinstance(key, list) else [key]
        self.taken.update(name if isinstance(name, str) else "whole" for name in names)
        return [1]

    def __getattribute__(self, name: str) -> Any:
        taken: set[str] = object.__getattribute__(self, "taken")
        if name == "taken":
            return taken
        taken.add("whole" if name in {"mean", "values", "loc"} else name)
        return (lambda *given: [1]) if name == "mean" else [1]

    def __setitem__(self, key: Any, value: Any) -> None:
        self.taken.add("whole")

    def __setattr__(self, name: str, value: Any) -> None:
        self.taken.add("whole")

    def __len__(self) -> int:
        self.taken.add("whole")
        return 1


def helper(table: Any) -> Any:
    """Takes a column of what it is given."""
    return table["helped"] if isinstance(table, Spy) else [1]


PARTS = [
    *("df['a']", "df['b']", "df[['a', 'b']]", "df.a", "df.mean()", "df.values", "df[col]", "df[0]"),
    *("len(df)", "helper(df)", "helper(table=df)", "locals()['df']['c']", "eval('df')['d']"),
    *("(lambda df: df['a'])(other)", "(lambda x: x['e'])(df)", "[x['f'] for x in [df]][0]"),
    *("[df for df in [other]][0]['a']", "(y := df)['g']", "vars()['df'].h", "other['a']"),
    *("[df[col] for col in ['k', 'm']]", "(lambda col: df[col])('n')", "df['a'] and df.b"),
    *("getattr(df, 'o')", "dict(df=df)['df']['p']", "f'{df[\"a\"]}{df[col]}'", "df[['q', col]]"),
    *("{**{'x': df}}['x']['r']", "(df if col else other)['s']", "(lambda *x: x[0]['t'])(df)"),
]
STATEMENTS = [
    *("{}", "x = {}", "if {}:\n    x = 1", "for x in [{}]:\n    pass", "assert {} or True"),
    *("df = other\n{}", "col = 'u'\n{}", "x = df\nx['v']\n{}", "df['w'] = {}", "df.w = {}"),
    *(
        "def inner():\n    return {}\ninner()",
        "def inner(df=other):\n    return df['a']\ninner()\n{}",
    ),
    *("class Inner:\n    x = {}", "try:\n    1 / 0\nexcept ZeroDivisionError:\n    {}"),
    *("match [df]:\n    case [y]:\n        y['x']\n{}", "x, *y = df, {}\nx['y']", "lambda: {}"),
    *("def inner(col):\n    return df[col]\ninner('z')\n{}", "import sys as other\n{}"),
]


@given(
    statements=st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=3),
    parts=st.lists(st.sampled_from(PARTS), min_size=3, max_size=3),
)
def test_no_body_takes_more_than_is_claimed(statements: list[str], parts: list[str]) -> None:
    body = "\n".join(s.replace("{}", p) for s, p in zip(statements, parts, strict=False))
    source = f"def f(df, col, other):\n{textwrap.indent(body, '    ')}\n"
    claimed = column_uses(tree_of(source)).get("df")
    taken: set[str] = set()
    scope: dict[str, Any] = {"helper": helper}
    exec(source, scope)
    with contextlib.suppress(Exception):  # what it took until then counts
        scope["f"](Spy(taken), "key", Spy(set()))
    if claimed is not None:
        names = {"key" if use == ColumnUse("input", "col") else use.name for use in claimed}
        assert taken <= names


# --- literals of config --------------------------------------------------------------------------


def test_texts_that_config_is_compared_with_are_found() -> None:
    def decorated() -> None:
        """
        @config.when(mode="fast", size=3)
        @modifiers.config.when_in(mode=["faster", *OTHERS], region={"uk", "us"})
        @config.when_not(name="node", mode="slow")
        @config.when_not_in(**given)
        @tag(mode="no")
        @config.whenever(mode="no")
        @plain
        def f(): ...
        """

    tree = tree_of(inspect.cleandoc(decorated.__doc__ or ""))
    found = {key: set(texts) for key, texts in config_literals(tree).items()}
    assert found == {"mode": {"fast", "faster", "slow"}, "size": set(), "region": {"uk", "us"}}
