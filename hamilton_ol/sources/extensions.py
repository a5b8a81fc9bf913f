"""Hamilton's extensions that a dataflow can do without, by its text: to load them takes long.

`sklearn_plot` only tells how plots are saved, which is no node until `save_to` names it. For that it
imports all of scikit-learn: more than a second (measured, Hamilton 1.90).
"""

import importlib
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from hamilton_ol.sources.syntax.finding import sources_of
from hamilton_ol.sources.syntax.imports import LARGEST, imported

SLOW = "sklearn_plot"
MOST = 3_000  # files; of more nothing is left out
#: Words of code that may need it; and of an error in a library that does.
_USES = re.compile(rb"sklearn|save_to|hamilton[.\w]*\s*(?:\.|import)\s*(?:registry|plugins|io\b)")
_MISSED = re.compile(r"save_to|saver|adapter|extension|sklearn", re.IGNORECASE)


def dispensable(references: Sequence[str], folder: Path) -> tuple[str, ...]:
    """The extensions that no module needs, nor a file that one imports; empty if that is not known.

    Args:
        references: as of `graph_of_modules`.
        folder: where paths begin and modules are looked for.
    """
    files = [source.path for source in sources_of(references, folder)]
    known = all(not r.startswith("module:") for r in references) and len(files) <= MOST
    every = islice(chain(files, imported(files, [folder])), MOST)
    return (SLOW,) if known and files and not any(map(_uses, every)) else ()


def _uses(file: Path) -> bool:
    try:
        return file.stat().st_size > LARGEST or _USES.search(file.read_bytes()) is not None
    except OSError:
        return True


def leave_out(extensions: Iterable[str]) -> None:
    """Let Hamilton, which is not imported yet, load all others."""
    registry: Any = importlib.import_module("hamilton.registry")
    kept = (name for name in registry.HAMILTON_EXTENSIONS if name not in extensions)
    registry.HAMILTON_EXTENSIONS = tuple(kept)


def is_missed(told: Mapping[str, Any]) -> bool:
    """Whether something failed that may have needed them: a library can, which nobody looked into."""
    problems: list[str] = [told.get("error", ""), *told.get("problems", ())]
    return any(_MISSED.search(problem) for problem in problems)
