"""Where a repository and its files can be looked at on the web."""

from urllib.parse import quote, urlsplit

# How a host's pages of files and of folders begin; GitHub's way is understood by most others too.
_PAGES = {
    "gitlab": ("/-/blob/", "/-/tree/"),
    "bitbucket": ("/src/", "/src/"),
    "gitea": ("/src/commit/", "/src/commit/"),
    "codeberg": ("/src/commit/", "/src/commit/"),
}
_GITHUBS = ("/blob/", "/tree/")


def web_page(remote: str) -> str | None:
    """The web page of a repository: an http(s) address without `.git`."""
    try:
        parts = urlsplit(remote)
        port = f":{parts.port}" if parts.port and parts.scheme in ("http", "https") else ""
    except ValueError:  # a port that is no number
        return None
    if parts.scheme not in ("http", "https", "ssh", "git") or not parts.hostname:
        return None
    scheme = "http" if parts.scheme == "http" else "https"
    path = quote(parts.path.rstrip("/").removesuffix(".git"), safe="/%~")
    return f"{scheme}://{parts.hostname}{port}{path}"


def file_page(page: str, commit: str, path: str, line: int) -> str:
    """The page of a file at a commit, at a line."""
    return f"{page}{_ways(page)[0]}{commit}/{quote(path)}#L{line}"


def tree_page(page: str, commit: str) -> str:
    """The page of a repository at a commit."""
    return f"{page}{_ways(page)[1]}{commit}"


def _ways(page: str) -> tuple[str, str]:
    host = urlsplit(page).hostname or ""
    return next((ways for name, ways in _PAGES.items() if name in host), _GITHUBS)
