"""Makes two servers' answers comparable: takes out what is different by nature.

* Ids that the server makes are numbered in the order in which they are met, so that they must be
  the same in the same places, through all answers.
* Times of the server's own clock; times that come from events are compared.
* The order of lists that the server leaves to its database, as it does with the fields of a
  dataset, though not with those of a version.
* The words of errors that a JSON parser or a database found, of pages, and of what a server says
  of its own namespace; the status, the code and every other message are compared.
* In stored events, members that are null: the server adds those that it knows; and events of the
  last time on a page, of which some are on the next one.
"""

import re
from collections.abc import Callable
from operator import itemgetter
from typing import Any

from tests.support.marquez.catalog import Json
from tests.support.marquez.ingest import without_nulls

_SERVER_IDS = {
    "currentVersion",
    "currentSchemaVersion",
    "datasetVersion",
    "parentJobUuid",
    "version",
}
_CLOCK = {"createdAt", "updatedAt"}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WORDS = re.compile(r"Cannot |Unexpected |Unrecognized |There was an error ")
_PAGE = re.compile(r"HTTP ERROR (\d+ [A-Za-z ]+)")
_UNORDERED: dict[str, Callable[[Any], str]] = {
    "inputs": lambda one: f"{one['namespace']} {one['name']}",
    "outputs": lambda one: f"{one['namespace']} {one['name']}",
    "inputDatasetVersions": lambda one: str(one["datasetVersionId"]["name"]),
    "outputDatasetVersions": lambda one: str(one["datasetVersionId"]["name"]),
    "errors": str,
    "events": lambda one: f"{one['eventTime']} {one['run']['runId']}",
}


def _certain(page: Any) -> Json:
    """A page of events without those at the time at which it is cut."""
    events, last = page["events"], page["events"][-1]["eventTime"]
    if len(events) < page["totalCount"]:
        events = [event for event in events if event["eventTime"] != last]
    return {**page, "events": events}


class Comparable:
    """The answers of one server, each after the other.

    Args:
        times: of events; every other time is the server's.
    """

    def __init__(self, times: set[str]) -> None:
        self._times, self._ids = times, dict[str, str]()

    def answer(self, status: int, body: Any) -> tuple[int, Any]:
        """An answer."""
        if isinstance(body, str):
            page = _PAGE.search(body)
            return status, page[1] if page else body
        if isinstance(body, dict) and "events" in body:
            body = _certain(without_nulls(body))
        return status, self._value("", body)

    def _value(self, key: str, value: Any) -> Any:
        if key == "facets":  # as they were sent
            return value
        if isinstance(value, dict):
            return self._object(value)
        if isinstance(value, list):
            by = _UNORDERED.get(key)
            return [self._value("", one) for one in (sorted(value, key=by) if by else value)]
        return self._text(key, value) if isinstance(value, str) else value

    def _object(self, value: Json) -> Json:
        """Members in one order, because ids are numbered on the way."""
        if "fields" in value and "createdByRun" not in value:
            value = value | {"fields": sorted(value["fields"], key=itemgetter("name"))}
        found = {key: self._value(key, value[key]) for key in sorted(value)}
        if value.get("name") == "default" and "ownerName" in value:
            found.pop("description")
        return found

    def _text(self, key: str, value: str) -> str:
        if key in _SERVER_IDS and _UUID.fullmatch(value):
            return self._ids.setdefault(value, f"id {len(self._ids)}")
        if key in _CLOCK and value not in self._times:
            return "the server's clock"
        return "words" if key == "message" and _WORDS.match(value) else value
