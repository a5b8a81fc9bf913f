"""What was wrong in a source: said, but not without end."""

from collections.abc import Iterator

APPROXIMATE = "Read from the text of the code, of which nothing was executed: it may not be exact."
MOST = 100
LONGEST = 300  # characters of one
NAMES = 5  # that one lists


class Problems:
    """Sentences about what was left out; after the first hundred they are only counted."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, None]] = {}  # {sentence: names that stand for its {}}
        self._more = 0

    def add(self, text: str, name: str = "") -> None:
        """Something was left out.

        Args:
            text: a sentence; several that are the same are one.
            name: what stands for `{}` in it; those of one sentence are listed in that.
        """
        sentence = text[:LONGEST]
        if sentence in self._said or len(self._said) < MOST:
            self._said.setdefault(sentence, {})[name] = None
        else:
            self._more += 1

    def __iter__(self) -> Iterator[str]:
        """All sentences."""
        for sentence, names in self._said.items():
            yield sentence.replace("{}", _listed(list(names))) if any(names) else sentence
        if self._more:
            yield f"{self._more} more such problems"


def _listed(names: list[str]) -> str:
    """The first names, and how many others there are."""
    shown, more = ", ".join(names[:NAMES]), len(names) - NAMES
    return f"{shown} and {more} more" if more > 0 else shown
