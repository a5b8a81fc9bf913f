"""Runs the demo's dataflow once, recorded, and prints its stamp: `python -m hamilton_ol.demo`."""

import json
import sys
from typing import Any

from hamilton import driver

from hamilton_ol import OpenLineageHook, stamp
from hamilton_ol.demo import data_loading, features, model_pipeline, sets
from hamilton_ol.demo.passengers import FILE

JOB = "titanic"
REQUESTED = ("fit_random_forest", "encoders")
MODULES = (data_loading, features, sets, model_pipeline)


def inputs() -> dict[str, Any]:
    """What the dataflow is given."""
    return {
        "location": str(FILE),
        "index_col": "passengerid",
        "target_col": "survived",
        "validation_size_fraction": 0.33,
        "random_state": 42,
        "max_depth": None,
    }


def build(*adapters: Any) -> driver.Driver:
    """The driver of the demo, with these adapters."""
    return driver.Builder().with_modules(*MODULES).with_adapters(*adapters).build()


def main() -> None:
    """Run it."""
    build(OpenLineageHook(JOB)).execute(list(REQUESTED), inputs=inputs())
    sys.stdout.write(json.dumps(stamp()) + "\n")


if __name__ == "__main__":
    main()
