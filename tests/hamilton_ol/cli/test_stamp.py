"""`hamilton-ol stamp`."""

from pathlib import Path

import hamilton_ol
from tests.support.commands import InProcess
from tests.support.stores import OTHER, RUN, header, plain_store, run_lines, segment

FACTS = {
    "hamilton_ol.run_id": RUN,
    "hamilton_ol.job": "titanic",
    "hamilton_ol.namespace": "hamilton",
    "hamilton_ol.requested": "b",
    "hamilton_ol.revision": "",
    "hamilton_ol.dirty": "",
    "hamilton_ol.fingerprint": "f1:" + "0" * 64,
    "hamilton_ol.config_hash": "",
}


def test_the_stamp_is_a_name_and_a_value_a_line(cli: InProcess, store: Path) -> None:
    done = cli("stamp", "--store", plain_store(store))
    assert (done.code, done.err) == (0, "")
    assert dict(line.split("=", 1) for line in done.out.splitlines()) == FACTS


def test_json_is_one_flat_document(cli: InProcess, store: Path) -> None:
    done = cli("stamp", RUN[:13], "--store", plain_store(store, RUN, OTHER), "--json")
    assert done.document == FACTS


def test_the_command_and_the_function_say_the_same(cli: InProcess, store: Path) -> None:
    plain_store(store)
    assert cli("stamp", "--store", store, "--json").document == hamilton_ol.stamp(store=store)


def test_names_with_line_breaks_and_control_characters_stay_on_their_line(
    cli: InProcess, store: Path
) -> None:
    segment(store, header(), *run_lines(job="evil\x1b[2J\nhamilton_ol.dirty=false"))
    lines = cli("stamp", "--store", store).out.splitlines()
    assert lines[1] == "hamilton_ol.job=evil [2J hamilton_ol.dirty=false"
    assert len(lines) == len(FACTS)
