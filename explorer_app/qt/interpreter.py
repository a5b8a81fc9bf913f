"""How Python itself serves a window: threads take turns often, and garbage is found quickly."""

import gc
import sys

#: s after which whoever computes lets the window have its turn; it waits so long again and again: each
#: time that something is drawn it gives the lock of the interpreter away.
TURN = 0.0001


def take_turns() -> None:
    """Let no thread compute for long while another one waits."""
    sys.setswitchinterval(TURN)


def leave_out() -> None:
    """What is there now stays to the end: whoever looks for garbage does not look through it.

    Modules and classes are much more to look through than a large graph is, which is why this is
    called before one is opened.
    """
    gc.freeze()
