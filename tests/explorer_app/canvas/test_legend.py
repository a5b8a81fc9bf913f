"""A legend goes on below where there is no more room."""

import pytest

from explorer_app.canvas.legend import LINES, Entry, Legend, LegendPainter
from explorer_app.canvas.theme import Theme
from tests.support.painting import NotingPainter

ENTRIES = tuple(Entry("category", str(n), f"owner {n}") for n in range(6))


def texts(light: Theme, right: float) -> list[str]:
    """What is written."""
    painter = NotingPainter()
    LegendPainter(light).legend(painter, 10, 100, Legend(ENTRIES), right)  # type: ignore[arg-type]
    return [entry[1] for entry in painter.list if entry[0] == "text"]


@pytest.mark.parametrize("right", [10_000.0, 400.0, 250.0])
def test_all_of_it_is_written_where_there_is_room(light: Theme, right: float) -> None:
    assert texts(light, right) == [entry.label for entry in ENTRIES]


def test_what_is_too_much_ends_in_dots(light: Theme) -> None:
    found = texts(light, 90)
    assert found == [*(entry.label for entry in ENTRIES[:LINES]), "…"]


def test_it_ends_where_its_longest_line_does(light: Theme) -> None:
    painter = NotingPainter()
    ends = [
        LegendPainter(light).legend(painter, 10, 100, Legend(ENTRIES), right)  # type: ignore[arg-type]
        for right in (10_000.0, 250.0)
    ]
    assert ends[1] <= 250 + 16 < ends[0]


def test_its_title_comes_first_and_nothing_is_painted_over_it(light: Theme) -> None:
    painter = NotingPainter()
    LegendPainter(light).legend(painter, 10, 100, Legend(ENTRIES, "Owner"))  # type: ignore[arg-type]
    written = [entry[1] for entry in painter.list if entry[0] == "text"]
    assert written == ["Owner", *(entry.label for entry in ENTRIES)]
    kinds = [entry[0] for entry in painter.list]
    assert kinds.index("box") < kinds.index("text")


def test_a_trail_ends_in_dots_where_it_has_no_room(light: Theme) -> None:
    painter = NotingPainter()
    names = ("titanic", "upstream of rolling_mean_of_customer_spend_in_thirty_days")
    legend = LegendPainter(light)
    assert legend.trail(painter, 10, 12, names) > 300  # type: ignore[arg-type]
    assert legend.trail(painter, 10, 12, names, 300) <= 300  # type: ignore[arg-type]
    written = [entry[1] for entry in painter.list if entry[0] == "text"]
    assert written[1] == names[1]
    assert written[3].startswith("upstream of rolling")
    assert written[3].endswith("…")
