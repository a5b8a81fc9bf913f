"""`hamilton-ol env`: what makes a recorded run the parent of a child process."""

import json
import subprocess
from pathlib import Path

from hamilton_ol.mapping.ids import node_run_id
from hamilton_ol.parents import parent_of_environment
from hamilton_ol.records import Parent
from tests.support.commands import InProcess
from tests.support.stores import OTHER, RUN, header, plain_store, run_lines, segment

ABOVE = Parent(OTHER, "air", "daily.load", OTHER, "air", "daily")
OWN = (RUN, "hamilton", "titanic")


def test_a_shell_takes_the_variables_and_a_child_finds_its_parent(
    cli: InProcess, store: Path
) -> None:
    segment(store, header(), *run_lines(job="it's $HOME"))
    done = cli("env", "--store", store)
    script = f"{done.out}\nenv -0"
    shell = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    environ = dict(line.split("=", 1) for line in shell.stdout.split("\0") if line)
    own = (RUN, "hamilton", "it's $HOME")
    assert parent_of_environment(environ) == Parent(*own, *own)


def test_without_parent_the_run_is_its_own_root(cli: InProcess, store: Path) -> None:
    variables = cli("env", RUN[:9], "--store", plain_store(store), "--json").document
    assert variables == {
        "OPENLINEAGE_CONTEXT": variables["OPENLINEAGE_CONTEXT"],
        "OPENLINEAGE_PARENT_ID": f"hamilton/titanic/{RUN}",
        "OPENLINEAGE_ROOT_PARENT_ID": f"hamilton/titanic/{RUN}",
    }
    identity = {"run": {"runId": RUN}, "job": {"namespace": "hamilton", "name": "titanic"}}
    assert json.loads(variables["OPENLINEAGE_CONTEXT"]) == {
        "parent": {**identity, "root": identity}
    }


def test_the_older_variables_say_the_same_as_the_newer_one(cli: InProcess, store: Path) -> None:
    segment(store, header(), *run_lines(parent=ABOVE))
    variables = cli("env", "--store", store, "--json").document
    expected = Parent(*OWN, OTHER, "air", "daily")
    assert parent_of_environment(variables) == expected
    del variables["OPENLINEAGE_CONTEXT"]
    assert parent_of_environment(variables) == expected


def test_a_node_is_named_with_the_run_of_its_job(cli: InProcess, store: Path) -> None:
    variables = cli("env", "--node", "b", "--store", plain_store(store), "--json").document
    job = (node_run_id(RUN, "b"), "hamilton", "titanic.b")
    assert parent_of_environment(variables) == Parent(*job, *OWN)


def test_what_is_no_function_has_no_run(cli: InProcess, store: Path) -> None:
    plain_store(store)
    given, typo = (cli("env", "--node", name, "--store", store) for name in ("x", "bb"))
    assert (given.code, given.out, typo.code, typo.out) == (3, "", 3, "")
    assert "no node 'x'" in given.err
    assert "Is 'b' meant?" in typo.err


def test_a_slash_in_the_namespace_is_pointed_out(cli: InProcess, store: Path) -> None:
    segment(store, header(), *run_lines(namespace="team/prod"))
    done = cli("env", "--store", store)
    assert "slash" in done.err
    assert f"OPENLINEAGE_PARENT_ID=team/prod/titanic/{RUN}" in done.out


def test_an_unknown_run_is_said(cli: InProcess, store: Path) -> None:
    done = cli("env", "ffff", "--store", plain_store(store))
    assert (done.code, done.out) == (3, "")
