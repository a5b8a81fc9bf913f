"""What could not be recorded, told beside each run that it concerns."""

from collections.abc import Mapping

from hamilton_ol.guard import Guard
from hamilton_ol.store import lines as say


class Problems:
    """Tells a run's part of what a guard counts.

    Args:
        run_id: of the run.
        guard: counts for all runs of a store.
        before: what it had counted when the run began.
    """

    def __init__(self, run_id: str, guard: Guard, before: Mapping[str, int]) -> None:
        self._run_id, self._guard, self._told = run_id, guard, before

    def tell(self, lines: list[str]) -> None:
        """Add a line for each cause that was met since this was asked last."""
        told, self._told = self._told, self._guard.problems
        for cause, count in self._told.items():
            new = count - told.get(cause, 0)
            if new:
                lines.append(say.problem_line(self._run_id, cause, new))
