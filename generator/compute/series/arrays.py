"""Arrays of figures, as numpy types them: one word for them in all modules that reckon."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
