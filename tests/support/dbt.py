"""Where dbt is, if `make dbt` has set it up."""

from pathlib import Path

_FOLDER = Path(__file__).parents[2] / ".venv" / "dbt"
#: The folder of its programs, or None.
DBT = _FOLDER / "bin" if (_FOLDER / "ready").is_file() else None
