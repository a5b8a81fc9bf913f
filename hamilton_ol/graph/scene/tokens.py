"""The look in numbers, for whatever draws a scene."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

ThemeName = Literal["light", "dark"]


@cache
def tokens() -> dict[str, Any]:
    """What is in tokens.toml: palettes, fonts, measures in px."""
    return tomllib.loads(files(__package__).joinpath("tokens.toml").read_text("utf-8"))
