"""What a process holds in memory after a million records, while the server is down."""

import socket
import subprocess
import sys

from benchmarks import adapters
from benchmarks.rows import Row

RECORDS = 1_000_000
_CHILD = """
import re, sys
from pathlib import Path
from benchmarks import adapters, flows
from hamilton_ol.store.writers import flush_all

def held():
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmRSS:\\s+(\\d+) kB", status)[1]) / 1024

flow, hook = flows.module(1000), adapters.ours(sys.argv[1])
driver, wanted = flows.build(flow, hook), flows.last_layer(1000)

def run(times):
    for _ in range(times):
        driver.execute(wanted, inputs={"seed": 1})
    assert flush_all(60)

run(20)
before = held()
run(int(sys.argv[2]) // 1000)
print(held() - before, len(hook.problems))
"""


def rows() -> list[Row]:
    """Growth of the resident set."""
    adapters.clean()
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        command = [sys.executable, "-c", _CHILD, url, f"{RECORDS}"]
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        )
    grown, problems = done.stdout.split()
    adapters.clean()
    return [
        Row(
            f"memory for {RECORDS:,} records while the server is down",
            "breaks",
            f"{float(grown):.0f} MB, {int(problems)} lost",
            "64 MB, none lost",
            float(grown) <= 64 and not int(problems),
        )
    ]
