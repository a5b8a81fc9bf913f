"""A text of tables as Markdown, HTML, CSV and JSON. What is in it comes from outside."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from hamilton_ol.graph.export.markup import element, plain
from hamilton_ol.graph.export.palette import Palette
from hamilton_ol.graph.export.table import csv_of
from hamilton_ol.graph.scene.names import shown

_MARKS = frozenset("\\`*[]|~#!")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;"}


class Section(NamedTuple):
    """One table; `nothing` is said where it has no rows, and a `note` below them."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    nothing: str = "None."
    note: str = ""


class Paper(NamedTuple):
    """Facts and tables.

    Attributes:
        title: what it is about.
        facts: (name, value); what is empty is left out.
        sections: the tables.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


# --- Markdown ------------------------------------------------------------------------------------


def markdown(paper: Paper) -> str:
    """A paper as GitHub reads Markdown."""
    return "\n".join(_markdown(paper)).rstrip("\n") + "\n"


def _markdown(paper: Paper) -> Iterator[str]:
    yield from (f"# {_escaped(paper.title)}", "")
    facts = [f"* {_escaped(name)}: {_escaped(value)}" for name, value in paper.facts if value]
    yield from (*facts, *([""] if facts else []))
    for section in paper.sections:
        yield from (f"## {_escaped(section.title)}", "")
        yield from _table(section) if section.rows else [_escaped(section.nothing)]
        yield ""
        if section.note:
            yield from (_escaped(section.note), "")


def _table(section: Section) -> Iterator[str]:
    yield _line(section.headings)
    yield "|" + " --- |" * len(section.headings)
    yield from map(_line, section.rows)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(map(_escaped, cells)) + " |"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    said = " ".join(shown(line, 2000) for line in text.split("\n"))
    made = "".join(_ENTITIES.get(c) or (f"\\{c}" if c in _MARKS else c) for c in said)
    return " ".join(f"\\{w}" if w.startswith(("_", "-", "+")) else w for w in made.split(" "))


# --- HTML ----------------------------------------------------------------------------------------


def html(paper: Paper) -> str:
    """A paper as one HTML file, which loads nothing."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width">'
        f"{element('title', plain(paper.title))}<style>{_style()}</style>"
    )
    body = "".join(_html(paper))
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body><main>{body}</main></body></html>\n'


def _html(paper: Paper) -> Iterator[str]:
    yield element("h1", plain(paper.title))
    facts = (element("dt", plain(n)) + element("dd", _lines(v)) for n, v in paper.facts if v)
    yield element("dl", *facts)
    for section in paper.sections:
        yield "\n" + element("h2", plain(section.title))
        if not section.rows:
            yield element("p", plain(section.nothing))
            continue
        top = element("tr", *(element("th", plain(cell)) for cell in section.headings))
        rows = (element("tr", *map(_cell, row)) for row in section.rows)
        yield element("table", element("thead", top), element("tbody", *rows))
        if section.note:
            yield element("p", plain(section.note))


def _cell(text: str) -> str:
    return f"<td>{_lines(text)}</td>"


def _lines(text: str) -> str:
    return "<br>".join(map(plain, text.split("\n")))


def _style() -> str:
    rules = {theme: _colors(Palette(theme)) for theme in ("light", "dark")}
    return (
        "body{font:14px/1.5 Inter,'Segoe UI','Noto Sans',sans-serif;margin:0;padding:48px 24px}"
        "main{max-width:1100px;margin:auto}h1{font-size:22px}h2{font-size:15px;margin-top:32px}"
        "table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:500}"
        "td,th{padding:5px 12px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}"
        "dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 20px}dd{margin:0}"
        "th,dt,p{color:var(--muted)}body{background:var(--back);color:var(--text)}"
        f":root{{{rules['light']}}}@media(prefers-color-scheme:dark){{:root{{{rules['dark']}}}}}"
    )


def _colors(palette: Palette) -> str:
    keys = {"back": "surface", "text": "text", "muted": "muted", "line": "border"}
    return ";".join(f"--{name}:{palette.color(key)}" for name, key in keys.items())


# --- CSV and JSON --------------------------------------------------------------------------------


def csv_text(paper: Paper) -> str:
    """One table as it is; facts and several tables as a row for each cell."""
    if not paper.facts and len(paper.sections) == 1:
        return csv_of(paper.sections[0].headings, paper.sections[0].rows)
    return csv_of(("section", "item", "field", "value"), _cells(paper))


def _cells(paper: Paper) -> Iterator[Sequence[str]]:
    for name, value in paper.facts:
        if value:
            yield (paper.title, "", name, value)
    for section in paper.sections:
        for row in section.rows:
            for heading, value in zip(section.headings[1:], row[1:], strict=True):
                if value:
                    yield (section.title, row[0], heading, value)


def document(paper: Paper) -> dict[str, Any]:
    """A paper as JSON values."""
    return {
        "title": paper.title,
        "facts": {_key(name): value for name, value in paper.facts if value},
        **{
            _key(section.title): [_object(section, row) for row in section.rows]
            for section in paper.sections
        },
    }


def _object(section: Section, row: Sequence[str]) -> dict[str, str | None]:
    return {_key(h): cell or None for h, cell in zip(section.headings, row, strict=True)}


def _key(text: str) -> str:
    return text.lower().replace(" ", "_")
