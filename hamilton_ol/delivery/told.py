"""What is known of one run at one target, from the lines that tell of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from sys import intern
from typing import Any, NamedTuple

ENOUGH = 3  # server errors of one event
KINDS = frozenset(
    {"left out", "run", "sent", "rejected", "failed", "passed", "again", "done", "known"}
)

Line = dict[str, Any]


class Doubt(NamedTuple):
    """An event that a target answered with server errors.

    Attributes:
        times: how often.
        was_passed: whether another event was taken after that.
        until: when it is worth another try, seconds since the epoch.
        why: the last answer.
    """

    times: int
    was_passed: bool = False
    until: float = 0.0
    why: str = ""

    @property
    def is_blocking(self) -> bool:
        """Whether it was refused so often that others need not wait for it."""
        return self.times >= ENOUGH

    @property
    def is_poison(self) -> bool:
        """Whether the event is at fault: refused often, while others were taken in between."""
        return self.is_blocking and self.was_passed


@dataclass(slots=True)
class Told:
    """What is known of one run.

    Attributes:
        sent: ids of events that were taken; forgotten when the run is done.
        rejected: {id of an event that never will be: why}.
        doubts: {id of an event that was answered with server errors: what is known}.
        is_done: whether nothing is left to send.
        is_left_out: whether that is because the target gets a share of the runs only.
        before: events taken in a run that is done, whose ids are not kept.
        refused_before: events of it that never will be.
        generation: how often the run was sent anew as a whole; only the last time counts.
        namespace, job, started: of the run; `started` is 0 where older lines do not tell.
    """

    sent: set[str] = field(default_factory=set)
    rejected: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    is_done: bool = False
    is_left_out: bool = False
    before: int = 0
    refused_before: int = 0
    generation: int = 0
    namespace: str = ""
    job: str = ""
    started: int = 0

    @property
    def is_suspect(self) -> bool:
        """Whether an event was refused so often that it may be at fault."""
        return any(doubt.is_blocking for doubt in self.doubts.values())

    def has(self, event_id: str) -> bool:
        """Whether an event need not be sent."""
        return self.is_done or event_id in self.sent or event_id in self.rejected

    @property
    def counts(self) -> tuple[int, int]:
        """Events that were (taken, refused)."""
        sent, rejected = len(self.sent - self.rejected.keys()), len(self.rejected)
        return max(sent, self.before), max(rejected, self.refused_before)

    def take(self, line: Line) -> int:
        """Take in a line; how many more events it says were taken."""
        generation = int(line.get("g", 0))
        if generation < self.generation:
            return 0
        if generation > self.generation:
            self._begin_anew(generation)
        if "started" in line:
            # There are few jobs, and a hundred thousand runs of them.
            self.namespace, self.job = intern(str(line["namespace"])), intern(str(line["job"]))
            self.started = int(line["started"])
        event = line.get("event")
        match line["k"]:
            case "sent" if event:
                return self._take_sent([event])
            case "rejected" | "failed" | "passed" if event:
                self._take_refusal(event, line)
            case "done":
                return self._take_done(line)
            case "left out":
                self.started = int(line.get("began", self.started))
                self.is_done = self.is_left_out = True
            case "known":
                self.rejected |= line.get("refused", {})
                return self._take_sent(line["events"])
        return 0

    def _begin_anew(self, generation: int) -> None:
        self.generation, self.is_done, self.before, self.refused_before = generation, False, 0, 0
        self.sent, self.rejected, self.doubts, self.is_left_out = set(), {}, {}, False

    def _take_sent(self, events: list[str]) -> int:
        if self.is_done:
            return 0
        before = len(self.sent)
        self.sent.update(events)
        for event in events:
            self.doubts.pop(event, None)
        return len(self.sent) - before

    def _take_refusal(self, event: str, line: Line) -> None:
        match line["k"]:
            case "rejected":
                self.rejected[event] = str(line.get("why", ""))
                self.doubts.pop(event, None)
            case "failed":
                self._take_failed(event, line)
            case "passed" if not self.has(event):  # the line of its failure may be read later
                old = self.doubts.get(event, Doubt(0))
                self.doubts[event] = old._replace(was_passed=True)

    def _take_failed(self, event: str, line: Line) -> None:
        if self.has(event):
            return
        old, times = self.doubts.get(event, Doubt(0)), int(line["times"])
        why, until = str(line.get("why", "")), float(line["until"])
        self.doubts[event] = Doubt(max(old.times, times), old.was_passed, until, why)

    def _take_done(self, line: Line) -> int:
        known = self.counts[0] if self.sent or self.before else 0
        self.before = max(known, int(line.get("sent", 0)))
        self.refused_before = max(self.refused_before, int(line.get("rejected", 0)))
        self.rejected |= line.get("refused", {})
        self.is_done, self.sent, self.doubts = True, _NO_IDS, _NO_DOUBTS
        return self.before - known

    def lines(self, run_id: str) -> Iterator[Line]:
        """What is known: one line, and more only for events that are doubtful."""
        head: Line = {"run": run_id} | ({"g": self.generation} if self.generation else {})
        job = {"namespace": self.namespace, "job": self.job, "started": self.started}
        known = {**head, **(job if self.started else {})}
        known |= {"refused": self.rejected} if self.rejected else {}
        if self.is_left_out:
            yield {**head, "k": "left out", "began": self.started}
            return
        if self.is_done:
            sent, rejected = self.counts
            yield {**known, "k": "done", "sent": sent, "rejected": rejected}
            return
        if known.keys() > {"run"} or self.sent:
            yield {**known, "k": "known", "events": sorted(self.sent)}
        for event, doubt in self.doubts.items():
            yield from _doubt_lines({**head, "event": event}, doubt)


# All runs that are done share these; nothing is added to one any more.
_NO_IDS: set[str] = set()
_NO_DOUBTS: dict[str, Doubt] = {}


def _doubt_lines(head: Line, doubt: Doubt) -> Iterator[Line]:
    if doubt.times:
        yield {**head, "k": "failed", "times": doubt.times, "until": doubt.until, "why": doubt.why}
    if doubt.was_passed:
        yield {**head, "k": "passed"}
