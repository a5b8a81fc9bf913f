"""Isotonic regression: the values that are nearest to others and do not fall.

It is scipy's function. The package that it is in takes longer to import than most layouts take, so
its compiled part is loaded alone. Another scipy may have it elsewhere, or otherwise: then it is
imported as it is meant to be.
"""

from collections.abc import Callable
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec

import numpy as np
import scipy

from hamilton_ol.graph.layout.arrays import Floats

PARTS = [f"{folder}/optimize" for folder in scipy.__path__]
COMPILED = "_pava_pybind"

Regression = Callable[[Floats, Floats], Floats]


def isotonic(values: Floats, weight: Floats) -> Floats:
    """What is nearest to `values`, by weighted squares, and does not fall, (n,).

    Args:
        values: what is wanted, (n,).
        weight: how much each counts, (n,), more than 0.
    """
    return _found_once()(values, weight) if values.size else values


@cache
def _found_once() -> Regression:
    return found()


def found() -> Regression:
    """The function that does it."""
    return _alone() or _whole()


def _alone() -> Regression | None:
    """The compiled part; None when it is not there, or not as it is known."""
    spec = PathFinder.find_spec(COMPILED, PARTS)
    if spec is None or spec.loader is None:
        return None
    try:
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        pava = module.pava

        def regression(values: Floats, weight: Floats) -> Floats:
            pools = np.full(values.size + 1, -1, np.intp)
            return np.asarray(pava(values.copy(), weight.copy(), pools)[0], np.float64)

        is_known = regression(np.array([2.0, 1.0, 5.0]), np.array([1.0, 3.0, 1.0])).tolist()
    except (ImportError, AttributeError, TypeError, ValueError, IndexError):
        return None
    return regression if is_known == [1.25, 1.25, 5.0] else None


def _whole() -> Regression:
    from scipy.optimize import isotonic_regression  # noqa: PLC0415 - see above

    return lambda values, weight: np.asarray(isotonic_regression(values, weights=weight).x)
