"""Makes a driver of modules, to read its dataflow; nothing is executed."""

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from hamilton import driver


def build(modules: Sequence[ModuleType], config: Mapping[str, Any]) -> driver.Driver:
    """A driver of modules.

    Args:
        modules: that the dataflow is made of.
        config: decides what it looks like.

    Raises:
        Exception: Hamilton's own, where they make no dataflow.
    """
    builder = driver.Builder().with_modules(*modules).with_config(dict(config))
    return builder.enable_dynamic_execution(allow_experimental_mode=True).build()
