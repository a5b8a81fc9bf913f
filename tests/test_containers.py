"""Marquez in containers: open to this machine alone, and `make marquez` says what is missing."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")


def test_nothing_is_open_to_other_machines() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert len(ports) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_each_container_is_healthy_before_what_needs_it_starts() -> None:
    for service in SERVICES.values():
        assert service["healthcheck"]["test"]
        for needed in service.get("depends_on", {}).values():
            assert needed == {"condition": "service_healthy"}


def test_marquez_and_its_page_are_the_version_that_the_tests_know() -> None:
    images = {name: service["image"] for name, service in SERVICES.items()}
    assert images["marquez"] == "marquezproject/marquez:0.51.1"
    assert images["web"] == "marquezproject/marquez-web:0.51.1"


def make_marquez(folder: Path, **engines: str) -> subprocess.CompletedProcess[str]:
    """`make marquez` where these container engines are, each a shell script."""
    for name in ("make", "sh", "echo", "test"):
        (folder / name).symlink_to(shutil.which(name) or sys.executable)
    for name, script in engines.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o700)
    return subprocess.run(
        ["make", "--no-print-directory", "marquez"],
        cwd=ROOT,
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_without_containers_one_is_told_what_to_install(tmp_path: Path) -> None:
    done = make_marquez(tmp_path)
    assert done.returncode != 0
    assert "neither 'docker compose' nor 'podman compose'" in done.stderr
    assert "docs/marquez.md" in done.stderr


def test_an_engine_that_is_not_started_is_named(tmp_path: Path) -> None:
    done = make_marquez(tmp_path, docker='test "$1" = compose')
    assert done.returncode != 0
    assert "docker is here, but does not answer" in done.stderr


@pytest.mark.parametrize("engine", ["docker", "podman"])
def test_any_engine_with_compose_starts_it(tmp_path: Path, engine: str) -> None:
    done = make_marquez(tmp_path, **{engine: 'echo "asked: $@"'})
    assert (done.returncode, done.stderr) == (0, "")
    assert "asked: compose up --detach\n" in done.stdout
    assert "http://localhost:5000" in done.stdout


def test_docker_without_compose_leaves_it_to_podman(tmp_path: Path) -> None:
    done = make_marquez(tmp_path, docker="exit 1", podman="exit 0")
    assert (done.returncode, done.stderr) == (0, "")
