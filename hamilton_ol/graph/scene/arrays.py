"""Types of arrays. Their shapes are in the docstrings of what holds them."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.uint8]
Numbers = NDArray[np.uint16] | NDArray[np.int32] | NDArray[np.int64]
