"""What may be typed next."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hamilton_ol.errors import QueryError
from hamilton_ol.graph.select import conditions
from hamilton_ol.graph.select.facts import Texts
from hamilton_ol.graph.select.formatting import text_of
from hamilton_ol.graph.select.parser import AFTER, TERM, parse
from hamilton_ol.graph.select.syntax import Condition, Name, Words
from hamilton_ol.graph.select.vocabulary import FIELD, FIELDS, FUNCTIONS, TAG
from hamilton_ol.records import NOTHING

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph

MOST = 50  # candidates; nobody reads more
# What is typed without a blank or a sign in between; a quoted text may be unfinished.
_UNIT = re.compile(
    r"""(\s+|\.\.|[()|&,!+@]|/(?:[^/\\]|\\.)*/)
    |\$?(?:(?!\.\.)[^\s()|&,!"+@$]|"(?:[^"\\]|\\.)*(?:"|\\?\Z))+|.""",
    re.DOTALL | re.VERBOSE,
)
_FIELD = re.compile(r"([A-Za-z_]+):[<>=]*(.*)", re.DOTALL)
_MEANINGS = {
    "and": "what is in both",
    "or": "what is in either",
    "-": "without",
    "..": "all on any way to",
    "+": "with what comes from it",
    "not": "all other nodes",
    "(": "",
    ")": "",
    ",": "",
}


class Candidate(NamedTuple):
    """Something that may be typed.

    Attributes:
        text: what it is, whole.
        kind: name, field, function, saved, operator or value.
        doc: what it means.
    """

    text: str
    kind: str
    doc: str = ""


class Completion(NamedTuple):
    """What may stand at a place.

    Attributes:
        start, end: the characters that a candidate takes the place of.
        candidates: the likeliest first.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]


def complete(
    graph: "LineageGraph", query: str, at: int, saved: Mapping[str, str] = NOTHING
) -> Completion:
    """What may be typed at a place of a query, however unfinished that is.

    Args:
        graph: that is asked.
        query: as far as it is typed.
        at: before which character; from 0 to its length.
        saved: {name: query} for `$name`.
    """
    head = query[:at]
    units = list(_UNIT.finditer(head))
    start = units[-1].start() if units and units[-1][1] is None else len(head)
    begun = head[start:]
    expected = _expected(head[:start])
    candidates = [*_operators(expected, begun)]
    if _is_term(expected):
        candidates += _terms(graph, begun, saved)
    return Completion(start, len(head), tuple(candidates[:MOST]))


def _expected(head: str) -> tuple[str, ...]:
    """What may follow the beginning of a query; nothing if that is wrong already."""
    if not head.strip():
        return TERM
    try:
        parse(head)
    except QueryError as error:
        is_unfinished = error.start == len(head)
        if error.expected[-1:] == (")",):
            return (*_next(head), ")")
        return error.expected if is_unfinished else ()
    return _next(head)


def _next(head: str) -> tuple[str, ...]:
    """What may follow something whole; another one where there is a blank."""
    return (*AFTER, *TERM) if head[-1:].isspace() else (*AFTER, "+")


def _is_term(expected: tuple[str, ...]) -> bool:
    return set(TERM) <= set(expected)


def _operators(expected: tuple[str, ...], begun: str) -> Iterator[Candidate]:
    for sign in expected:
        if sign in _MEANINGS and sign.startswith(begun.lower()):
            yield Candidate(sign, "operator", _MEANINGS[sign])


def _terms(graph: "LineageGraph", begun: str, saved: Mapping[str, str]) -> Iterator[Candidate]:
    found = _FIELD.fullmatch(begun)
    if found and found[1].lower() in FIELD:
        yield from _values(graph, found[1].lower(), found[2])
        return
    words = [Candidate(f"${name}", "saved", query) for name, query in saved.items()]
    words += [Candidate(f"{field.name}:", "field", field.doc) for field in FIELDS]
    words += [Candidate(f"{f.name}(", "function", f.doc) for f in FUNCTIONS]
    yield from (word for word in words if word.text.startswith(begun.lower()))
    for name in _named(graph, begun.strip('"')):
        doc = graph.nodes[graph.names.all_of(name)[0]].doc
        yield Candidate(text_of(Name(name)), "name", doc.partition("\n")[0])


def _named(graph: "LineageGraph", begun: str) -> list[str]:
    """Names that may be meant, one that is whole first."""
    exact = [begun] if graph.names.all_of(begun) else []
    return [*dict.fromkeys([*exact, *graph.facts.names.holding(begun, MOST)])][:MOST]


def _values(graph: "LineageGraph", name: str, begun: str) -> Iterator[Candidate]:
    key, sign, rest = begun.partition("=")
    key = key.strip('"')
    if name == TAG and not sign:
        keys = [graph.facts.tag_keys[one] for one in graph.facts.tags]
        yield from (_value(name, one) for one in _ranked(keys, key))
    elif name == TAG:
        index = graph.facts.tags.get(key.lower())
        yield from (_value(name, one, key) for one in _ranked(index.values if index else (), rest))
    elif FIELD[name].values is not None and FIELD[name].matching != "within":
        known = conditions.index(graph, FIELD[name]).values
        yield from (_value(name, one) for one in _ranked(known, begun))


def _value(field: str, value: str, key: str | None = None) -> Candidate:
    said = Condition(field, Words(value), key=None if key is None else Words(key))
    return Candidate(text_of(said), "value")


def _ranked(texts: Iterable[str], begun: str) -> list[str]:
    return Texts(texts).holding(begun.strip('"'), MOST)[:MOST]
