"""The array types that the formulas share."""

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]
type Booleans = npt.NDArray[np.bool_]
