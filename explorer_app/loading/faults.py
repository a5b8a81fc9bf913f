"""What nobody expected to go wrong, told so that it can be mended."""

import traceback
from dataclasses import dataclass, field
from pathlib import Path

LONGEST = 20_000  # characters of a traceback; its end says most
OURS = "explorer_app", "hamilton_ol"


@dataclass(frozen=True)
class Fault:
    """An error that should not have happened.

    Attributes:
        what: its kind, and what it says.
        where: the last place of this program that it came through, empty where that is not known.
        details: for whoever mends it; what is secret in it is masked.
    """

    what: str
    where: str = ""
    details: str = field(default="", compare=False, repr=False)

    @classmethod
    def of(cls, error: BaseException) -> "Fault":
        """What an error comes to; nothing of it is held."""
        from hamilton_ol.config import environment  # noqa: PLC0415 - what is hardly ever needed
        from hamilton_ol.masking import Masker  # noqa: PLC0415

        *_, what = traceback.format_exception_only(error)
        told = "".join(traceback.format_exception(error))[-LONGEST:]
        masker = Masker(environ=environment())
        where, details = _place(error), masker.text(told, LONGEST)
        return cls(masker.text(what.strip(), LONGEST), where, details)


def _place(error: BaseException) -> str:
    steps = traceback.extract_tb(error.__traceback__, limit=-50)
    ours = [step for step in steps if set(OURS) & set(Path(step.filename).parts)]
    if not (ours or steps):
        return ""
    step = (ours or steps)[-1]
    return f"{Path(step.filename).name}, line {step.lineno}, {step.name}"
