"""Keeps secrets out of what is recorded.

Four things give a secret away: the name it is kept under (`keys`, `pairs`, `sources`), its shape
(`shapes`), its place in a URL (`urls`), and that the same value stands under such a name elsewhere
(a masked input quoted in an error message). Names of columns, nodes and datasets are structure and
never masked for the words in them.
"""

from hamilton_ol.masking.keys import looks_secret
from hamilton_ol.masking.masker import Masker
from hamilton_ol.masking.shapes import MASK
from hamilton_ol.masking.urls import clean_url, secrets_of

__all__ = ["MASK", "Masker", "clean_url", "looks_secret", "secrets_of"]
