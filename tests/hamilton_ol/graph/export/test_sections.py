"""Texts of tables."""

import csv
import io
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.graph.export.sections import Paper, Section, csv_text, document, html, markdown

TEXT = st.text(st.sampled_from("a _*`[](){}<>&|\\#!~@=+-\n\0\x1b\u202e"), max_size=12)
ROWS = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4).map(tuple)


def paper(rows: tuple[tuple[str, str], ...], title: str = "A title") -> Paper:
    return Paper(title, (("fact", "value"),), (Section("Things", ("name", "what"), rows),))


def test_a_paper_in_each_form() -> None:
    told = paper((("a_b", "x|y"), ("c", "")))
    assert markdown(told) == (
        "# A title\n\n* fact: value\n\n## Things\n\n| name | what |\n| --- | --- |\n"
        "| a_b | x\\|y |\n| c |  |\n"
    )
    assert csv_text(told) == (
        "section,item,field,value\r\nA title,,fact,value\r\nThings,a_b,what,x|y\r\n"
    )
    assert document(told) == {
        "title": "A title",
        "facts": {"fact": "value"},
        "things": [{"name": "a_b", "what": "x|y"}, {"name": "c", "what": None}],
    }
    assert "<td>a_b</td><td>x|y</td>" in html(told)


def test_one_table_alone_is_a_table_in_csv() -> None:
    told = Paper("t", (), (Section("s", ("a", "b"), (("1", "=2"),)),))
    assert csv_text(told) == "a,b\r\n1,'=2\r\n"


def test_an_empty_table_says_so() -> None:
    told = Paper("t", (), (Section("s", ("a",), (), "Nothing here."),))
    assert "Nothing here." in markdown(told)
    assert "<p>Nothing here.</p>" in html(told)


@given(ROWS, TEXT)
def test_no_cell_of_markdown_is_another_cell_or_markup(
    rows: tuple[tuple[str, str], ...], title: str
) -> None:
    lines = markdown(paper(rows, title)).split("\n")
    body = [line for line in lines if line.startswith("| ")]
    assert len(body) == 2 + len(rows)  # with the headings and the line below them
    for line in body:
        plain = line.replace("\\\\", "").replace("\\|", "").replace("\\`", "").replace("\\[", "")
        assert plain.count("|") == 3
        assert not set(plain) & {"<", ">", "`", "[", "@", "\0", "\x1b", "\u202e"}


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@given(ROWS, TEXT)
def test_no_cell_of_html_is_markup(rows: tuple[tuple[str, str], ...], title: str) -> None:
    found = _Cells()
    found.feed(html(paper(rows, title)))
    assert found.tags.count("td") == 2 * len(rows)
    assert not set(found.tags) & {"script", "img", "a", "iframe", "link"}


@given(ROWS)
def test_no_cell_of_csv_is_a_formula(rows: tuple[tuple[str, str], ...]) -> None:
    read = csv.reader(io.StringIO(csv_text(paper(rows)), newline=""))
    assert not any(cell.strip().startswith(("=", "+", "-", "@")) for row in read for cell in row)
