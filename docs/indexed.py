"""Pictures of few colours, which are small files."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

MOST = 256  # colours
COARSE = 3  # bits of a channel that are as good as the same


def indexed(image: QImage) -> QImage:
    """The same with at most 256 colours: the most frequent one of each that differs to the eye."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), -1)
    colors, counts = np.unique(pixels[:, : plain.width()], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    mask = np.uint32(0x010101 * (0xFF >> COARSE << COARSE))
    kinds, first, of = np.unique(colors[order] & mask, return_index=True, return_inverse=True)
    weight = np.bincount(of, weights=counts[order], minlength=len(kinds))
    chosen = colors[order][first][np.argsort(-weight, kind="stable")[:MOST]]
    table = [int(color) | 0xFF000000 for color in chosen]
    made = plain.convertToFormat(
        QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither
    )
    made.setDotsPerMeterX(image.dotsPerMeterX())
    return made
