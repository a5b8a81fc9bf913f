"""Made-up secrets of every kind that people are known to leave lying about; the same each time.

Each one can be told by its name, its shape, its place in an address, or because its value is
secret elsewhere. None of them was ever valid anywhere.
"""

import json
import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

_PIECE = 10  # characters of a secret that must not be found either

# Names under which secrets are kept, as configurations, environments and headers spell them.
_NAMES = """
    password passwd pwd pw passphrase passcode db_password DB_PASSWORD dbPassword db-password
    db.password mysql_pwd POSTGRES_PASSWORD smtp_pass DB_PASS redis_pass keystore_password userPass
    secret client_secret clientSecret app_secret secret_key SECRET_KEY django_secret_key SECRETKEY
    jwt_secret webhook_secret token api_token access_token accessToken refresh_token id_token
    auth_token bearer_token githubToken slack_token hf_token access-token api_key apikey apiKey
    API-KEY x-api-key openai_api_key google_api_key subscription_key access_key
    aws_secret_access_key aws_session_token account_key storage_key shared_key private_key ssh_key
    signing_key encryption_key fernet_key hmac_key master_key consumer_key license_key deploy_key
    credential credentials db_credentials auth auth_header authorization oauth cookie session_cookie
    session_id session dsn connection_string conn_str sas sas_token signature sig otp jwt pat
    github_pat
"""
KEYS = [key for line in _NAMES.splitlines() for key in line.split()]

_USERS = ["bob", "etl_user", "svc-account", "admin", "reader"]
_ADDRESSES = """\
    postgres://{u}:{p}@db.example.com:5432/sales
    postgresql+psycopg2://{u}:{p}@db/sales?sslmode=require
    mysql+pymysql://{u}:{p}@10.0.0.7:3306/shop?charset=utf8
    mariadb://{u}:{p}@maria/shop
    mssql+pyodbc://{u}:{p}@sql.example.com:1433/dw?driver=ODBC+Driver+18
    oracle+cx_oracle://{u}:{p}@ora:1521/?service_name=x
    mongodb://{u}:{p}@m1:27017,m2:27017/db?replicaSet=rs0
    mongodb+srv://{u}:{p}@cluster0.example.net/db
    redis://:{p}@cache:6379/0
    rediss://default:{p}@cache.example.com:6380/0
    amqp://{u}:{p}@rabbit:5672/%2F
    amqps://{u}:{p}@rabbit.example.com/vhost
    snowflake://{u}:{p}@acct.eu-west-1/db/schema?warehouse=wh
    redshift+psycopg2://{u}:{p}@c.redshift.amazonaws.com:5439/dev
    clickhouse+http://{u}:{p}@ch:8123/default
    trino://{u}:{p}@trino:8443/hive/default
    databricks://token:{p}@adb-1.azuredatabricks.net?http_path=/sql/1
    neo4j+s://{u}:{p}@graph.example.com:7687
    cassandra://{u}:{p}@cass:9042/ks
    couchbases://{u}:{p}@cb.example.com/travel
    cockroachdb://{u}:{p}@crdb:26257/defaultdb
    hive://{u}:{p}@hive:10000/default
    vertica+vertica_python://{u}:{p}@v:5433/vdb
    teradatasql://{u}:{p}@td/db
    ldap://cn={u}:{p}@ldap.example.com:389/dc=example
    ftp://{u}:{p}@ftp.example.com/in/data.csv
    sftp://{u}:{p}@files.example.com:22/in/data.csv
    https://{u}:{p}@api.example.com/v1/data.csv
    https://{p}@git.example.com/org/repo.git
    smtp://{u}:{p}@mail.example.com:587
    duckdb:///md:sales?motherduck_token={p}
    sqlite+pysqlcipher://:{p}@/enc.db
    jdbc:postgresql://db/sales?user={u}&password={p}
    jdbc:sqlserver://sql:1433;databaseName=dw;user={u};password={p};encrypt=true
    jdbc:oracle:thin:{u}/{p}@//ora.example.com:1521/svc
    zip://part.csv::https://{u}:{p}@files.example.com/all.zip
    https://acct.blob.core.windows.net/c/x.csv?sv=2022-11-02&ss=b&se=2030-01-01&sig={p}
    https://b.s3.amazonaws.com/k.csv?X-Amz-Credential=a&X-Amz-Signature={p}
    https://b.s3.amazonaws.com/k2.csv?X-Amz-Algorithm=a&X-Amz-Security-Token={p}
    https://storage.googleapis.com/b/k.csv?X-Goog-Date=1&X-Goog-Signature={p}
    https://d111.cloudfront.net/k.csv?Expires=1&Signature={p}&Key-Pair-Id=K
    https://api.example.com/data.json?api_key={p}&page=1
    https://app.example.com/cb#access_token={p}&type=x
    Server=tcp:sql,1433;Database=dw;User Id={u};Password={p};Encrypt=yes;
    DRIVER={{ODBC Driver 18}};SERVER=sql;UID={u};PWD={p}
    DefaultEndpointsProtocol=https;AccountName=acct;AccountKey={p};EndpointSuffix=core.windows.net
    Endpoint=sb://hub.example.net/;SharedAccessKeyName=root;SharedAccessKey={p}
    host=db port=5432 user={u} password={p} dbname=sales
    {{"host": "db", "user": "{u}", "password": "{p}"}}
"""
_AWKWARD = ["p@ss:{0}", "p/{0}#x", "{0}?y=1", "p%40{0}", "{0}$&+,;=!", "l'{0}"]  # in an address

# {whose they are: their form}; `a` letters and digits, `A` capitals and digits, `x` hexadecimal.
_SHAPES = {
    "amazon": "AKIA{A16}",
    "amazon, temporary": "ASIA{A16}",
    "azure": "a1B8Q~{a34}",
    "google": "AIza{a35}",
    "google, oauth": "ya29.{a40}",
    "google, client": "GOCSPX-{a28}",
    "github": "ghp_{a36}",
    "github, oauth": "gho_{a36}",
    "github, server": "ghs_{a36}",
    "github, fine": "github_pat_{a22}_{a59}",
    "gitlab": "glpat-{a20}",
    "slack, bot": "xoxb-{d11}-{d11}-{a24}",
    "slack, app": "xapp-1-{A11}-{d13}-{x64}",
    "slack, hook": "https://hooks.slack.com/services/T{A10}/B{A10}/{a24}",
    "discord, hook": "https://discord.com/api/webhooks/{d18}/{a68}",
    "stripe": "sk_live_{a24}",
    "stripe, restricted": "rk_test_{a24}",
    "stripe, hook": "whsec_{a32}",
    "square": "sq0atp-{a22}",
    "shopify": "shpat_{x32}",
    "sendgrid": "SG.{a22}.{a43}",
    "twilio": "SK{x32}",
    "mailgun": "key-{x32}",
    "mailchimp": "{x32}-us12",
    "telegram": "{d9}:AA{a33}",
    "npm": "npm_{a36}",
    "pypi": "pypi-AgEIcHlwaS5vcmc{a60}",
    "docker": "dckr_pat_{a27}",
    "rubygems": "rubygems_{x48}",
    "hugging face": "hf_{a34}",
    "openai": "sk-proj-{a48}1",
    "openai, old": "sk-{a20}T3BlbkFJ{a20}1",
    "anthropic": "sk-ant-api03-{a93}1",
    "groq": "gsk_{a52}",
    "replicate": "r8_{a37}",
    "perplexity": "pplx-{a48}",
    "langsmith": "lsv2_pt_{x32}_{x10}",
    "databricks": "dapi{x32}",
    "digital ocean": "dop_v1_{x64}",
    "vault": "hvs.{a90}",
    "pulumi": "pul-{x40}",
    "terraform": "{a14}.atlasv1.{a67}",
    "doppler": "dp.pt.{a43}",
    "postman": "PMAK-{x24}-{x34}",
    "grafana": "glsa_{a32}_{x8}",
    "new relic": "NRAK-{A27}",
    "sentry": "sntrys_{a60}",
    "linear": "lin_api_{a40}",
    "notion": "ntn_{a46}",
    "figma": "figd_{a40}",
    "atlassian": "ATATT3{a60}",
    "planetscale": "pscale_tkn_{a43}",
    "supabase": "sbp_{x40}",
    "age": "AGE-SECRET-KEY-1{A58}",
    "web token": "eyJ{a33}.eyJ{a60}.{a43}",
    "bearer": "Bearer {a32}1",
    "basic": "Basic {a24}1==",
    "pem": "-----BEGIN RSA PRIVATE KEY-----\nMII{a60}\n{a64}\n-----END RSA PRIVATE KEY-----",
    "open ssh": "-----BEGIN OPENSSH PRIVATE KEY-----\\nb3B{a60}\\n-----END OPENSSH PRIVATE KEY-----",
    "pgp": "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQ{a62}\n-----END PGP PRIVATE KEY BLOCK-----",
    "no scheme": "svc:{a20}@db.example.com:5432",
    "oracle, easy": "scott/{a20}@ora.example.com:1521/svc",
}
_CHARACTERS = {
    "a": string.ascii_letters + string.digits,
    "A": string.ascii_uppercase + string.digits,
    "x": string.hexdigits[:16],
    "d": string.digits,
}


@dataclass(frozen=True)
class Planted:
    """One secret and what carries it.

    Attributes:
        kind: what it is, and where.
        secret: what nobody may see.
        text: what it is a part of.
    """

    kind: str
    secret: str
    text: str

    @cached_property
    def needles(self) -> frozenset[str]:
        """The forms, and the parts, in which it would be a leak."""
        middle = len(self.secret) // 2
        cuts = (self.secret[middle : middle + _PIECE], self.secret[-_PIECE:])
        ends = {cut for cut in cuts if len(cut) == _PIECE and "\n" not in cut}
        forms = {self.secret, quote(self.secret, safe=""), json.dumps(self.secret)[1:-1]}
        return frozenset(forms | ends)


class Secrets:
    """Makes secrets, none of them twice.

    Args:
        seed: of all chance.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.planted: list[Planted] = []

    def password(self) -> str:
        """A password as a generator makes it."""
        return self._draw("a", 14) + "7"

    def plant(self, kind: str, secret: str, text: str = "{}") -> str:
        """Note a secret; the text that carries it, with the secret in the place of `{}`."""
        carrier = text.replace("{}", secret)
        self.planted.append(Planted(kind, secret, carrier))
        return carrier

    def new(self, kind: str, text: str = "{}") -> str:
        """A text that carries a new password."""
        return self.plant(kind, self.password(), text)

    def keyed(self) -> dict[str, str]:
        """{a secret's name: the secret}."""
        return {key: self.new(f"key {key}") for key in KEYS}

    def addresses(self) -> list[str]:
        """Addresses of databases, files and services that let their reader in."""
        found = []
        for number, form in enumerate(map(str.strip, _ADDRESSES.splitlines())):
            password, user = self.password(), _USERS[number % len(_USERS)]
            text = form.format(u=user, p=password)
            self.planted.append(Planted(f"address {form}", password, text))
            found.append(text)
        return found

    def awkward_addresses(self) -> Iterator[str]:
        """Addresses with passwords that somebody forgot to escape."""
        for form in _AWKWARD:
            core = self.password()
            text = f"postgres://bob:{form.format(core)}@db.example.com:5432/sales"
            self.planted.append(Planted(f"awkward address {form}", core, text))
            yield text

    def shapes(self) -> dict[str, str]:
        """{whose it is: a secret that can be told by its shape}."""
        found = {}
        for kind, form in _SHAPES.items():
            text = self._filled(form)
            secret = _core(text)
            self.planted.append(Planted(f"shape {kind}", secret, text))
            found[kind] = text
        return found

    def _filled(self, form: str) -> str:
        parts = form.split("{")
        for number, part in enumerate(parts[1:], 1):
            hole, _, rest = part.partition("}")
            parts[number] = self._draw(hole[0], int(hole[1:])) + rest
        return "".join(parts)

    def _draw(self, kind: str, length: int) -> str:
        return "".join(self._random.choices(_CHARACTERS[kind], k=length))


def _core(text: str) -> str:
    """The part of a shape that is secret: without an address, a header's word, a key's frame."""
    if "PRIVATE KEY" in text:
        return max(
            text.replace("\\n", "\n").split("\n"), key=lambda line: "-" not in line and len(line)
        )
    if text.startswith(("Bearer ", "Basic ")):
        return text.split()[1]
    if "@" in text:
        return text.partition("@")[0].replace("/", ":").rpartition(":")[2]
    return text.rpartition("/")[2] if "://" in text else text
