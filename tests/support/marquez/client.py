"""Asks a Marquez, a real one or the double, in the words of the tests."""

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tests.support.marquez.catalog import Json
from tests.support.marquez.nodeids import asked

#: (origin, destination)
Edges = set[tuple[str, str]]
MANY = 1000


class MarquezClient:
    """Calls a server.

    Args:
        url: of the server, without a path.
        namespace: of jobs; tests use a new one each, so that they can be repeated.
    """

    def __init__(self, url: str, namespace: str) -> None:
        self.url, self.namespace = url, namespace

    def call(self, method: str, path: str, body: str | None = None) -> tuple[int, Any]:
        """Status and body, which is parsed if it is JSON; `path` is quoted already."""
        parts = urlsplit(self.url)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        try:
            data = None if body is None else body.encode()
            connection.request(method, path, data, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, _parsed(response.read().decode())
        finally:
            connection.close()

    def get(self, *parts: str, **query: Any) -> Any:
        """What there is to be read; the parts of the path are not quoted yet."""
        path = "/".join(quote(part, safe="") for part in parts)
        status, body = self.call("GET", f"/api/v1/{path}?{urlencode(query)}")
        assert status == 200, (path, query, status, body)
        return body

    def send(self, event: Json) -> int:
        """Post an event; the status."""
        return self.call("POST", "/api/v1/lineage", json.dumps(event))[0]

    # --- jobs and runs --------------------------------------------------------------------------

    def jobs(self) -> dict[str, Json]:
        """Jobs of the namespace."""
        jobs = self.get("namespaces", self.namespace, "jobs", limit=MANY)["jobs"]
        return {job["name"]: job for job in jobs}

    def job(self, name: str) -> Json:
        """A job."""
        return dict(self.get("namespaces", self.namespace, "jobs", name))

    def sides(self, name: str) -> tuple[set[str], set[str]]:
        """Names of what a job by itself says it reads and writes."""
        job = self.job(name)
        return {one["name"] for one in job["inputs"]}, {one["name"] for one in job["outputs"]}

    def runs(self, name: str) -> list[Json]:
        """Runs of a job."""
        path = ("namespaces", self.namespace, "jobs", name, "runs")
        return list(self.get(*path, limit=MANY)["runs"])

    def run(self, run_id: str) -> Json:
        """A run."""
        return dict(self.get("jobs", "runs", run_id))

    # --- datasets -------------------------------------------------------------------------------

    def datasets(self, namespace: str) -> dict[str, Json]:
        """Datasets of a namespace; by themselves, because a list leaves out facets."""
        listed = self.get("namespaces", namespace, "datasets", limit=MANY)["datasets"]
        names = [one["name"] for one in listed]
        return {name: self.dataset(namespace, name) for name in names}

    def dataset(self, namespace: str, name: str) -> Json:
        """A dataset."""
        return dict(self.get("namespaces", namespace, "datasets", name))

    def versions(self, namespace: str, name: str) -> list[Json]:
        """Versions of a dataset, the last one first."""
        path = ("namespaces", namespace, "datasets", name, "versions")
        return list(self.get(*path, limit=MANY)["versions"])

    # --- lineage --------------------------------------------------------------------------------

    def lineage(self, *node: str, depth: int = 100) -> dict[str, Json]:
        """{id: node} of the graph around a node."""
        path = f"/api/v1/lineage?nodeId={asked(*node)}&depth={depth}"
        status, body = self.call("GET", path)
        assert status == 200, (node, status, body)
        return {one["id"]: one for one in body["graph"]}

    def edges(self, *node: str, depth: int = 100) -> Edges:
        """Edges of that graph; both ends of each tell of it."""
        nodes = self.lineage(*node, depth=depth).values()
        into, out = _edges(nodes, "inEdges"), _edges(nodes, "outEdges")
        assert into == out
        return into

    def column_edges(self, *node: str, downstream: bool = False) -> Edges:
        """(field, field it comes from) around a node."""
        more = "&withDownstream=true" if downstream else ""
        path = f"/api/v1/column-lineage?nodeId={asked(*node)}&depth=100{more}"
        status, body = self.call("GET", path)
        assert status == 200, (node, status, body)
        return _edges(body["graph"], "inEdges")


def _edges(nodes: Any, side: str) -> Edges:
    return {(edge["origin"], edge["destination"]) for node in nodes for edge in node[side]}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
