"""Lineage for Hamilton dataflows.

The public names are loaded on first use, so that importing one of them never pays for another.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hamilton_ol.errors import HamiltonOLError
    from hamilton_ol.graph.lineage import LineageGraph
    from hamilton_ol.hook.lifecycle import OpenLineageHook
    from hamilton_ol.sources.drivers import lineage
    from hamilton_ol.sources.loading import load
    from hamilton_ol.stamps import stamp

__version__ = "0.1.0"

__all__ = [
    "HamiltonOLError",
    "LineageGraph",
    "OpenLineageHook",
    "__version__",
    "lineage",
    "load",
    "stamp",
]

_HOMES = {
    "HamiltonOLError": "hamilton_ol.errors",
    "LineageGraph": "hamilton_ol.graph.lineage",
    "OpenLineageHook": "hamilton_ol.hook.lifecycle",
    "lineage": "hamilton_ol.sources.drivers",
    "load": "hamilton_ol.sources.loading",
    "load_ipython_extension": "hamilton_ol.notebook",
    "stamp": "hamilton_ol.stamps",
}


def __getattr__(name: str) -> object:
    """Import the module that holds a public name, the first time it is asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
