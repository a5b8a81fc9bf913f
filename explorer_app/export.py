"""The process that saves what is visible: `python -m explorer_app.export`.

It gets an `Export` on standard input, and tells the bytes, or what failed, on standard output. A
window that waits for it can be closed.
"""

import os
import sys
from typing import BinaryIO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImageWriter

from explorer_app.canvas.figure import Figure, draw_figure
from explorer_app.canvas.theme import Theme
from explorer_app.loading.frames import framed, read
from explorer_app.loading.messages import Export, Failed
from hamilton_ol.graph.export.markup import SEPARATOR
from hamilton_ol.graph.export.page import page
from hamilton_ol.graph.export.picture import Picture, Sign
from hamilton_ol.graph.export.svg import svg
from hamilton_ol.graph.layout import Style
from hamilton_ol.graph.scene.arrangement import arranged
from hamilton_ol.graph.scene.estimates import Estimates
from hamilton_ol.graph.scene.measures import sizes
from hamilton_ol.graphfiles import exported


def made(export: Export) -> bytes:
    """The file that was asked for; needs a QGuiApplication for a PNG."""
    shown = export.shown
    if not isinstance(shown, Figure):
        return exported(shown, export.form, export.theme, export.trail)
    if export.form == "png":
        return _png(export, shown)
    drawn = _svg(export, shown)
    if export.form == "svg":
        return f"{drawn}\n".encode()
    return page(drawn, f" {SEPARATOR} ".join(export.trail), export.theme).encode()


def _png(export: Export, figure: Figure) -> bytes:
    scene = arranged(figure.cards, figure.links, figure.sizes, figure.grouping, style=Style())
    theme, looks = Theme(export.theme), figure.looks
    image = draw_figure(
        scene, looks, theme, trail=export.trail, legend=figure.legend, wide=export.wide
    )
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(content.data())


def _svg(export: Export, figure: Figure) -> str:
    """Where it is looked at, fonts are not known: room is kept for any."""
    looks = figure.looks
    has_status = bool((looks.status > 0).any())
    needed = sizes(figure.cards, Estimates(), looks.notes, with_status=has_status)
    scene = arranged(figure.cards, figure.links, needed, figure.grouping, style=Style())
    signs = tuple(Sign(*entry) for entry in figure.legend.entries)
    title = figure.legend.title
    shown = Picture(scene, looks, export.trail, None, figure.hints, signs, title)
    return svg(shown, export.theme)


def main() -> None:
    """Do what standard input asks for."""
    sink = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    application = QGuiApplication(sys.argv[:1])
    sink.write(framed(_answer(sys.stdin.buffer)))
    sink.close()
    application.quit()


def _answer(source: BinaryIO) -> object:
    try:
        return made(read(source))
    except Exception as error:
        return Failed.of(error)


if __name__ == "__main__":
    main()
