"""What importing the formulas brings into a process."""

import subprocess
import sys
from pathlib import Path

import forecasts.scoring
from tests.scoring.reference import CHECKOUT

MODULES = sorted(path.stem for path in Path(forecasts.scoring.__file__).parent.glob("[a-z]*.py"))


def loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_the_formulas_bring_neither_django_nor_scipy_until_one_needs_it() -> None:
    loaded = loaded_after("\n".join(f"import forecasts.scoring.{name}" for name in MODULES))
    assert {f"forecasts.scoring.{name}" for name in MODULES} <= loaded
    assert not loaded & {"django", "scipy", "scipy.stats", "scipy.optimize", "scipy.special"}


def test_a_curve_with_its_band_does_without_the_heavy_part_of_scipy() -> None:
    loaded = loaded_after(
        "import numpy as np\n"
        "from forecasts.scoring.bands import consistency_band\n"
        "from forecasts.scoring.cells import Cells\n"
        "consistency_band(Cells(np.array([5000]), np.array([9]), np.array([4])), 9)"
    )
    assert "scipy.optimize" in loaded
    assert "scipy.stats" not in loaded
