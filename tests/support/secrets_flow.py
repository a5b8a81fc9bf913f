"""A dataflow that is careless with secrets: in docstrings, tags, source code, paths, metadata."""

import textwrap
from collections.abc import Iterable, Iterator
from itertools import cycle

from tests.support.secrets import Secrets

# Lines of docstrings, `{}` is the secret.
_DOCUMENTED = r"""
    Log in with password={} first.
    token: {}
    :param secret: {} for everyone
    API key: {}
    api_key = '{}'
    "client_secret": "{}"
    export DB_PASSWORD={}
    AWS_SECRET_ACCESS_KEY={}
    curl -H 'Authorization: Bearer {}' https://api.example.com
    Authorization: token {}
    x-api-key: {}
    Cookie: theme=dark; sid={}
    run it with --api-key {} --verbose
    mysql --password '{}'
    postgres://bob:{}@db.example.com/sales
    see https://files.example.com/a.csv?sig={}
    Server=db;Password={};Encrypt=yes
    ('password', '{}')
    pwd: {}
    passphrase => {}
    `access_token`: `{}`
    **password**: {}
    password: str = {}
    {\"token\": \"{}\"}
"""

# Statements, `{}` is the secret; they are never executed.
_WRITTEN = r"""
    api_key = "{}"
    settings = {"password": "{}", "retries": 3}
    connect(user="bob", password='{}')
    headers = {"Authorization": "Bearer {}"}
    headers["X-Api-Key"] = "{}"
    os.environ.setdefault("API_TOKEN", "{}")
    chosen = os.environ.get("CLIENT_SECRET", "{}")
    token = os.getenv("TOKEN") or "{}"
    found = token == "{}"
    auth = ("bob", "{}")
    url = "postgres://bob:{}@db.example.com/sales"
    link = f"https://api.example.com/?api_key={}&n={number}"
    text = "host=db password={} user=bob"
    # try it with password={}
    # token: {}
    secret = ("{}" "more")
    credentials = {"user": "bob", "value": "{}"}
    private_key = '''{}'''
    password = b"{}"
    passphrase = r'{}'
    client = Client(token=SecretStr("{}"))
    command = ["mysql", "--password", "{}"]
    session_token: str | None = "{}"
    pairs = [("db_password", "{}")]
    db.password = "{}"
"""

_MODULE = '''
import os
import pandas as pd
from hamilton.function_modifiers import (
    check_output, config, dataloader, datasaver, extract_columns, tag,
)


@dataloader()
def loaded(number: int) -> tuple[pd.DataFrame, dict]:
    """The passengers."""
    frame = pd.DataFrame({{"token": [1, 2], "password": [3, 4], "age": [5, 6]}})
    return frame, {{"file_metadata": {{"path": "{read}", "size": 3}}}}


@dataloader()
def queried(database: str) -> tuple[pd.DataFrame, dict]:
    """What a database says."""
    metadata = {{"sql_metadata": {{"table_name": "sales", "rows": 2}}}}
    return pd.DataFrame({{"age": [1, 2]}}), metadata


@datasaver()
def saved(total: int) -> dict:
    """Keeps the result."""
    return {{"file_metadata": {{"path": "{written}", "size": 3}}}}


@tag(source="{tagged}", owner="data-science")
@extract_columns("token", "password", "age")
def taken(loaded: pd.DataFrame) -> pd.DataFrame:
    """Columns that are only called like secrets."""
    return loaded


{tags}
def documented(number: int) -> int:
    """Needs to know much.

{documentation}
    """
    return number


def coded(number: int, login_password: str = "{default}") -> int:
    """Keeps too much in its body."""
    if number < 0:
{statements}
    return number


@config.when(model="forest")
def variant__forest(number: int) -> int:
    """One of two."""
    return number


def plain(documented: int, coded: int, variant: int, tokenizer: str) -> int:
    """Takes a tokenizer; the author is not the auth, and 2 visas are no sas."""
    return documented + coded


@check_output(range=(0, 10), importance="{importance}")
def total(plain: int, age: pd.Series, token: pd.Series, password: pd.Series) -> int:
    """Adds up."""
    return plain
'''


def careless_flow(secrets: Secrets, importance: str = "warn") -> str:
    """The text of a module; `total`, `saved` and `queried` can be asked for."""
    shapes = list(secrets.shapes().items())
    documented, written, tagged = shapes[::3], shapes[1::3], shapes[2::3]
    lines = [*_fill(secrets, "docstring", _DOCUMENTED), *(f"Such as {t}" for _, t in documented)]
    code = [*_fill(secrets, "source", _WRITTEN), *_comments(t for _, t in written)]
    return _MODULE.format(
        read=secrets.new("loader", "https://bob:{}@files.example.com/in.csv?sig=1"),
        written=secrets.new("saver", "s3://bucket/out.csv?X-Amz-Signature={}"),
        tagged=secrets.new("source tag", "postgres://bob:{}@db.example.com/sales"),
        default=secrets.new("default"),
        tags="\n".join(_tags(secrets, [t for _, t in tagged])),
        documentation=textwrap.indent("\n".join(lines).replace("\\", "\\\\"), " " * 4),
        statements=textwrap.indent("\n".join(code), " " * 8),
        importance=importance,
    )


def _fill(secrets: Secrets, kind: str, lines: str) -> Iterator[str]:
    for line in textwrap.dedent(lines).strip().splitlines():
        yield secrets.new(f"{kind} {line}", line)


def _comments(shapes: Iterable[str]) -> Iterator[str]:
    """Shapes in texts, in comments, and in what is no text at all."""
    forms = cycle(("made = 'it is {} now'", "# it is {} now", "made = call('{}')"))
    for form, shape in zip(forms, shapes, strict=False):
        quoted = "" if form.startswith("#") else "''"
        text = shape.replace("\n", "\n# ") if form.startswith("#") else shape
        yield form.replace("'", quoted + "'").replace("{}", text)


def _tags(secrets: Secrets, shapes: list[str]) -> Iterator[str]:
    yield f'@tag(api_key="{secrets.new("tag api_key")}", owner="data-science")'
    yield f'@tag(db_password="{secrets.new("tag db_password")}")'
    yield f'@tag(note="log in with password={secrets.new("tag note")}")'
    yield f'@tag(link="https://x.example.com/a?token={secrets.new("tag link")}")'
    yield f'@tag(several=["a", "token={secrets.new("tag list")}"])'
    for number, shape in enumerate(shapes):
        yield f"@tag(shape_{number}={shape!r})"
