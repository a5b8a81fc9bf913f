"""Where a person was, and what they did: back and forward, undo and redo."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from explorer_app.model.state import State

MOST = 500  # states that are kept


class History:
    """States in a row, and which of them is now.

    >>> history = History(first)
    >>> history.push(second)
    >>> history.back() is first
    True
    """

    def __init__(self, first: State) -> None:
        self._before: deque[State] = deque(maxlen=MOST)
        self._after: list[State] = []
        self._is_joined = self._has_begun = False
        self.now = first

    @property
    def can_go_back(self) -> bool:
        """Whether there is a state before this one."""
        return bool(self._before)

    @property
    def can_go_forward(self) -> bool:
        """Whether there is one after it."""
        return bool(self._after)

    def push(self, state: State) -> None:
        """Go on to a new state; what was ahead is forgotten."""
        if not (self._is_joined and self._has_begun):
            self._before.append(self.now)
        self._has_begun = True
        self._after.clear()
        self.now = state

    @contextmanager
    def joined(self) -> Iterator[None]:
        """What is pushed inside is one step back."""
        self._is_joined, self._has_begun = True, False
        try:
            yield
        finally:
            self._is_joined = False

    def mapped(self, change: Callable[[State], State]) -> "History":
        """The same history of states that were changed."""
        found = History(change(self.now))
        found._before.extend(map(change, self._before))
        found._after.extend(map(change, self._after))
        return found

    def replace(self, state: State) -> None:
        """The present state is now as this one."""
        self.now = state

    def back(self) -> State:
        """Go to the state before; stays where there is none."""
        if self._before:
            self._after.append(self.now)
            self.now = self._before.pop()
        return self.now

    def forward(self) -> State:
        """Go to the state after."""
        if self._after:
            self._before.append(self.now)
            self.now = self._after.pop()
        return self.now
