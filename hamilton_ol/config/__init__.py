"""One table of settings, and the only reader of the environment.

A value comes from, in this order: an argument, an environment variable, `[tool.hamilton_ol]` of
the nearest pyproject.toml that has one, the default. Targets may also be set as OpenLineage's own
client has them set (`openlineage.py`).
"""

from hamilton_ol.config.resolution import environment, resolve
from hamilton_ol.config.table import GRANULARITIES, LEVELS, PROFILES, SETTINGS, Setting, Settings

__all__ = [
    "GRANULARITIES",
    "LEVELS",
    "PROFILES",
    "SETTINGS",
    "Setting",
    "Settings",
    "environment",
    "resolve",
]
