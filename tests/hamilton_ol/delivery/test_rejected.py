"""What a target refused for good is kept for a person, up to a size."""

from pathlib import Path

from hamilton_ol.delivery.rejected import FILE, RejectedEvents, Rejection, read


def rejection(number: int = 0) -> Rejection:
    return Rejection(1.5, "r", f"e{number}", "j", "START", 422, '{"errors":["ü"]}', "no")


def test_what_was_added_is_read(tmp_path: Path) -> None:
    assert list(read(tmp_path)) == []
    RejectedEvents(tmp_path / "t").add(rejection(0))
    RejectedEvents(tmp_path / "t").add(rejection(1))
    assert list(read(tmp_path / "t")) == [rejection(0), rejection(1)]
    assert (tmp_path / "t" / FILE).stat().st_mode & 0o777 == 0o600


def test_a_torn_line_costs_only_itself(tmp_path: Path) -> None:
    rejected = RejectedEvents(tmp_path)
    rejected.add(rejection(0))
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"when":1.5,"run\n[]\n\xff\n')
    rejected.add(rejection(1))
    assert list(read(tmp_path)) == [rejection(0), rejection(1)]


def test_only_the_last_are_kept(tmp_path: Path) -> None:
    rejected = RejectedEvents(tmp_path, largest=1000)
    for number in range(100):
        rejected.add(rejection(number))
    found = [one.event_id for one in read(tmp_path)]
    assert found == [f"e{number}" for number in range(100)][-len(found) :]
    assert 3 <= len(found) <= 20
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 2000
