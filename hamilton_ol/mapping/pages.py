"""Where a repository and its files can be looked at on the web."""

from urllib.parse import quote, urlsplit

# How a host's pages of files begin; GitHub's way is understood by most others too.
_FILES = {
    "gitlab": "/-/blob/",
    "bitbucket": "/src/",
    "gitea": "/src/commit/",
    "codeberg": "/src/commit/",
}


def web_page(remote: str) -> str | None:
    """The web page of a repository: an http(s) address without `.git`."""
    parts = urlsplit(remote)
    if parts.scheme not in ("http", "https", "ssh", "git") or not parts.hostname:
        return None
    port = f":{parts.port}" if parts.port and parts.scheme in ("http", "https") else ""
    scheme = "http" if parts.scheme == "http" else "https"
    return f"{scheme}://{parts.hostname}{port}{parts.path.rstrip('/').removesuffix('.git')}"


def file_page(page: str, commit: str, path: str, line: int) -> str:
    """The page of a file at a commit, at a line."""
    host = urlsplit(page).hostname or ""
    files = next((part for name, part in _FILES.items() if name in host), "/blob/")
    return f"{page}{files}{commit}/{quote(path)}#L{line}"
