"""Which installed packages a dataflow's modules use, and in which version."""

import importlib.metadata
import sys
import types
from collections.abc import Iterable, Iterator

from hamilton_ol.dataflow.types import module_name

ALWAYS = ("hamilton",)
# Import names whose distribution is called otherwise; asking all distributions takes too long.
_DISTRIBUTIONS = {
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "hamilton": "apache-hamilton",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "PyYAML",
}


def used_packages(modules: Iterable[types.ModuleType]) -> dict[str, str]:
    """{distribution: version} of the installed packages that these modules imported names from."""
    own = {module.__name__.partition(".")[0] for module in modules}
    names = {name for module in modules for name in _imported(module)} | set(ALWAYS)
    found = {}
    for name in sorted(names - own - sys.stdlib_module_names, key=str.lower):
        distribution = _DISTRIBUTIONS.get(name, name)
        version = version_of(distribution) or _attribute(name)
        if version:
            found[distribution] = version
    return found


def version_of(distribution: str) -> str | None:
    """The installed version of a distribution, or None."""
    try:
        return importlib.metadata.version(distribution)
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return None


def _attribute(name: str) -> str | None:
    module = sys.modules.get(name)
    version = vars(module).get("__version__") if module is not None else None
    return version if isinstance(version, str) else None


def _imported(module: types.ModuleType) -> Iterator[str]:
    """Top-level names of the packages that a module's globals come from."""
    for value in list(vars(module).values()):
        if isinstance(value, types.ModuleType):
            yield value.__name__.partition(".")[0]
        elif issubclass(type(value), type):
            yield module_name(value).partition(".")[0]
        elif type(value) in (types.FunctionType, types.BuiltinFunctionType):
            yield (value.__module__ or "").partition(".")[0]
