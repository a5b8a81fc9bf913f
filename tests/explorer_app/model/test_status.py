"""What the bar at the bottom says."""

import pytest

from explorer_app.model.status import origin_of


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("flow.py", "modules"),
        ("git:main", "modules"),
        ("run:latest", "a recorded run"),
        ("events:a.json", "events"),
        ("marquez:http://localhost:5000#ns", "a Marquez"),
        ("a/graph.json", "a file"),
    ],
)
def test_it_says_where_it_was_read_from(source: str, said: str) -> None:
    assert origin_of((source,), 0.5) == f"Read from {said} in 500 ms"
