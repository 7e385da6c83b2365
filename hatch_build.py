"""Build hook: brings the locked third-party assets into the wheel, editable installs included.

Run as a script (``python hatch_build.py``) it only makes the bundle in the source tree.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "build_assets"))

from asset_bundle.bundle import bring  # noqa: E402  (lives beside the lock file, not on the path before)
from asset_bundle.packages import BundleError  # noqa: E402

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script in an environment that cannot build wheels
    BuildHookInterface = None

if BuildHookInterface is not None:

    class AssetBundleHook(BuildHookInterface[Any]):
        """Makes ``src/videogen_engine/bundled`` before a wheel, standard or editable, is put together."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            if self.target_name != "wheel":
                return
            bundle = bring(Path(self.root))
            if version != "editable":
                build_data["force_include"][str(bundle)] = "videogen_engine/bundled"


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{bring(ROOT)}\n")
    except BundleError as error:
        sys.exit(f"The asset bundle could not be made. {error}")
