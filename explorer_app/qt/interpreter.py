"""How Python itself serves a window: threads take turns often, and garbage is found in between."""

import gc
import sys

from PySide6.QtCore import QObject, QTimer

from explorer_app.canvas.idle import IdleCall

#: s after which whoever computes lets the window have its turn; it waits so long again and again: each
#: time that something is drawn it gives the lock of the interpreter away.
TURN = 0.0001
EVERY = 500  # ms between two looks whether there is anything to look through
MANY, OLD = 5, 100  # rounds of what is younger after which what is older is looked through
MUCH = 200  # rounds between two looks: a large graph has come
NEVER = 1_000_000


def take_turns() -> None:
    """Let no thread compute for long while another one waits."""
    sys.setswitchinterval(TURN)


class Garbage(QObject):
    """Has garbage looked for when the window has nothing else to do.

    By itself Python looks for it whenever much is new, in the middle of whatever made that, and
    every other thread waits for that long. Of what has just been made it may: that is little, as
    long as nobody keeps it from it.

    Args:
        parent: owns it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._before = gc.get_threshold()
        self._idle, self._timer = IdleCall(_look, self), QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._start)

    def start(self) -> None:
        """Begin; what is there now stays to the end, and is never looked through.

        Modules and classes are much more to look through than a large graph is, which is why this
        is called before one is opened.
        """
        gc.freeze()
        gc.set_threshold(self._before[0], NEVER, NEVER)
        self._timer.start()

    def _start(self) -> None:
        if gc.get_count()[1] >= MANY:
            self._idle.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._idle.stop()
        self._timer.stop()
        gc.set_threshold(*self._before)


def _look() -> None:
    """Through all that is old only where much has become so since.

    What a large graph consists of refers to itself in no circle, and goes with it, so that nobody
    has to look through it: that would take as long as several frames.
    """
    rounds, old = gc.get_count()[1:]
    if rounds >= MUCH:
        gc.freeze()
    else:
        gc.collect(2 if old >= OLD else 1)
