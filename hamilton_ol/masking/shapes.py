"""Secrets that give themselves away by their shape, as the services that issue them make them."""

import re
from functools import cache

MASK = "***"
# What is no secret, whatever it is called: in small letters.
HARMLESS = frozenset(
    {"", "none", "null", "nil", "true", "false", "yes", "no", "str", "string", "int", "integer"}
    | {"bool", "boolean", "bytes", "float", "optional", "required", MASK}
)

#: {what stands in secrets of the kind, one of several: their pattern}
_SHAPES = {
    "PRIVATE KEY": r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----.*?"
    r"(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\Z)",
    "AGE-SECRET-KEY-": r"\bAGE-SECRET-KEY-1[A-Z0-9]{20,}",
    # Amazon, Azure, Google, Cloudflare and the like
    "AKIA ASIA": r"\bA[KS]IA[A-Z0-9]{16}\b",
    "Q~": r"(?<![\w~.-])[\w.-]{3}\dQ~[\w~.-]{30,36}",
    "AIza": r"\bAIza[\w-]{30,}",
    "ya29.": r"\bya29\.[\w-]{16,}",
    "GOCSPX-": r"\bGOCSPX-[\w-]{20,}",
    "dop_v1_": r"\bdop_v1_[a-f0-9]{32,}",
    "hvs.": r"\bhvs\.[\w-]{20,}",
    "pul-": r"\bpul-[a-f0-9]{40}\b",
    "atlasv1": r"\b\w{14}\.atlasv1\.[\w=-]{40,}",
    "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.": r"\bdp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{30,}",
    # code and packages
    "ghp_ gho_ ghu_ ghs_ ghr_": r"\bgh[pousr]_[A-Za-z0-9]{20,}",
    "github_pat_": r"\bgithub_pat_\w{20,}",
    "glpat- gldt- glrt- glptt- glcbt- glsoat-": r"\bgl(?:pat|dt|rt|ptt|cbt|soat)-[\w.-]{16,}",
    "npm_": r"\bnpm_[A-Za-z0-9]{20,}",
    "pypi-": r"\bpypi-[\w-]{20,}",
    "rubygems_": r"\brubygems_[a-f0-9]{32,}",
    "dckr_pat_": r"\bdckr_pat_[\w-]{20,}",
    "ATATT": r"\bATATT3[\w=-]{20,}",
    "PMAK-": r"\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}\b",
    "sntrys_ sntryu_": r"\bsntry[su]_[\w+/=-]{20,}",
    "lin_api_": r"\blin_api_\w{30,}",
    "ntn_": r"\bntn_\w{30,}",
    "figd_": r"\bfigd_[\w-]{30,}",
    "glsa_": r"\bglsa_\w{30,}",
    "NRAK-": r"\bNRAK-[A-Z0-9]{27}\b",
    # data and models
    "dapi": r"\bdapi[a-f0-9]{32}\b",
    "hf_": r"\bhf_[A-Za-z0-9]{20,}",
    "sk-": r"\bsk-(?=[\w-]{0,60}\d)(?:(?:proj|ant|or|svcacct|admin)-[\w-]{16,}|[A-Za-z0-9]{20,})",
    "gsk_": r"\bgsk_[A-Za-z0-9]{30,}",
    "r8_": r"\br8_[A-Za-z0-9]{30,}",
    "pplx-": r"\bpplx-[A-Za-z0-9]{30,}",
    "pcsk_": r"\bpcsk_\w{30,}",
    "lsv2_": r"\blsv2_[ps][tk]_\w{30,}",
    "xai-": r"\bxai-[A-Za-z0-9]{40,}",
    "pscale_": r"\bpscale_(?:tkn|pw|oauth)_[\w.-]{30,}",
    "sbp_": r"\bsbp_[a-f0-9]{40}\b",
    # money and messages
    "k_live_ k_test_": r"\b[sr]k_(?:live|test)_\w{16,}",
    "whsec_": r"\bwhsec_[\w+/=]{20,}",
    "sq0": r"\bsq0[a-z]{3}-[\w-]{22,}",
    "shpat_ shpss_ shpca_ shppa_": r"\bshp(?:at|ss|ca|pa)_[a-fA-F0-9]{20,}",
    "xoxa- xoxb- xoxe- xoxp- xoxr- xoxs-": r"\bxox[abeprs]-[\w.-]{10,}",
    "xapp-": r"\bxapp-\d-[\w-]{20,}",
    "SG.": r"\bSG\.[\w-]{16,}\.[\w-]{16,}",
    "SK": r"\bSK[0-9a-f]{32}\b",
    "key-": r"\bkey-[0-9a-f]{32}\b",
    "-us": r"\b[0-9a-f]{32}-us\d{1,2}\b",
    ":AA": r"(?<!\d)\d{8,10}:AA[\w-]{33}(?![\w-])",
    "hooks.slack.com": r"(?<=hooks\.slack\.com/)(?:services|workflows|triggers)/[\w/]+",
    "/api/webhooks/": r"(?<=/api/webhooks/)[\w/-]+",
    "webhook.office": r"(?<=webhook\.office\.com/)[^\s'\"]+",
    "hooks.zapier": r"(?<=hooks\.zapier\.com/hooks/catch/)[\w/]+",
    # whoever issues them
    "eyJ": r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)*",
    "Bearer Basic": r"\b(?:Bearer|Basic)\s+(?=[\w.~+/=-]{0,60}(?:\d|[a-z][A-Z]|=))[\w.~+/=-]{8,}",
}
_SIGNS = tuple(sign for signs in _SHAPES for sign in signs.split())

# `bob:secret@host:5432`, `scott/tiger@host:1521` without a scheme; and how they end
_USER = (
    r"(?<![\w.:/@+-])[\w.+-]++:[^\s:/@'\"]++(?=@(?!sha\d)[\w.-]++(?::\d|/))"
    r"|(?<![\w./@+-])[\w.+-]++/[^\s:/@'\"]++(?=@(?://|(?!sha\d)[\w.-]++:\d))"
)
_HOST = r"@(?://|[\w.-]++(?::\d|/))"


def mask_shapes(text: str) -> str:
    """The text with every secret masked that can be told by its shape."""
    if any(map(text.__contains__, _SIGNS)):  # far cheaper than searching for the patterns
        for signs, pattern in _SHAPES.items():
            if any(map(text.__contains__, signs.split())):
                text = _compiled(pattern).sub(MASK, text)
    if "@" in text and _compiled(_HOST).search(text):
        text = _compiled(_USER).sub(MASK, text)
    return text


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """When it is needed first, because compiling all of them takes longer than importing us."""
    return re.compile(pattern, re.DOTALL)
