"""What was wrong in a source: said, but not without end."""

from collections.abc import Iterator

APPROXIMATE = "Read from the text of the code, of which nothing was executed: it may not be exact."
MOST = 100
LONGEST = 300  # characters of one


class Problems:
    """Sentences about what was left out; after the first hundred they are only counted."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._more = 0

    def add(self, text: str) -> None:
        """Something was left out."""
        if len(self._said) < MOST:
            self._said.append(text[:LONGEST])
        else:
            self._more += 1

    def __iter__(self) -> Iterator[str]:
        """All sentences."""
        yield from self._said
        if self._more:
            yield f"{self._more} more such problems"
