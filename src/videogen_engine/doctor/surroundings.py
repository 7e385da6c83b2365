"""Probes of what a film needs around it. Imports stand inside: what is missing must be told, not raised."""

from __future__ import annotations

import importlib
import os
import shutil
import uuid
from collections.abc import Iterable

from videogen_agents.contract import ToolType
from videogen_engine.doctor.model import Finding, Seen
from videogen_engine.settings import EngineSettings

#: Bytes of free disk: below the first a film is likely to fail, below the second a long one may.
_TOO_LITTLE = 200 * 1000**2
_TIGHT = 2 * 1000**3


def data_home(settings: EngineSettings) -> Seen:
    """Write, read and remove a file; look how much room there is."""
    settings.home.mkdir(parents=True, exist_ok=True)
    trial = settings.home / f".doctor-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    try:
        trial.write_bytes(b"ready")
        readable = trial.read_bytes() == b"ready"
    finally:
        trial.unlink(missing_ok=True)
    if not readable:
        return Seen(said=f"{settings.home} gives back other bytes than were written", finding=Finding.MISSING)
    free = shutil.disk_usage(settings.home).free
    said = f"{settings.home} is writable, {free / 1000**3:.1f} GB free"
    if free >= _TIGHT:
        return Seen(said=said)
    return Seen(
        said=said,
        finding=Finding.MISSING if free < _TOO_LITTLE else Finding.DEGRADED,
        enable="make room, or run: videogen-agents gc --free",
    )


def database(settings: EngineSettings) -> Seen:
    """Open it, bring it up to date, and ask it something."""
    from videogen_engine.store.metadata import Metadata

    store = Metadata.open(settings.database_url)
    try:
        count = store.jobs.open_count()
    finally:
        store.close()
    return Seen(said=f"opened, {count} unfinished jobs")


def durable_queue() -> Seen:
    importlib.import_module("videogen_engine.runtime.dbos_runtime")
    return Seen(said="loaded")


def bundled_files() -> Seen:
    """Compare every bundled file with what the build put there."""
    from videogen_engine.bundled_assets import IconSet, bundled_assets

    assets = bundled_assets()
    damaged = assets.damaged()
    if damaged:
        return Seen(
            said=f"{len(damaged)} bundled files are damaged, {damaged[0]} among them",
            finding=Finding.MISSING,
            enable="pip install --force-reinstall 'videogen-agents[engine]'",
        )
    families = len({font.family for font in assets.fonts})
    icons = sum(len(assets.icon_names(icon_set)) for icon_set in IconSet)
    return Seen(said=f"1 voice module, {families} font families, {icons} icons, all whole")


def word_vector_table() -> Seen:
    """Ask the table for a meaning that it must know."""
    from videogen_engine.visuals.word_vectors import similarity

    near, far = similarity("dog", "puppy"), similarity("dog", "tax")
    if near <= far:
        return Seen(said="the table does not know that a puppy is a dog", finding=Finding.MISSING)
    return Seen(said=f"dog is nearer to puppy ({near:.2f}) than to tax ({far:.2f})")


def voices_and_providers() -> Seen:
    from videogen_engine.speech.voices import languages, voices

    known = voices()
    providers = ", ".join(dict.fromkeys(voice.provider for voice in known))
    english = ", ".join(voice.display_name for voice in known if voice.is_default and voice.language_code[:2] == "en")
    return Seen(
        said=f"{len(known)} voices in {len(languages())} languages by {providers} ({english} by default); "
        "pictures by the built-in illustrator",
        finding=Finding.DEGRADED,
        enable="the hosted backend (VIDEOGEN_API_KEY) has natural voices, stock footage and generated pictures",
    )


def other_languages() -> Seen:
    """Speak a German word."""
    from videogen_engine.speech.espeak import EspeakSpeech
    from videogen_engine.speech.voices import find_voice

    engine = EspeakSpeech()
    try:
        spoken = engine.synthesize("bereit", find_voice("vg_voic_espeak_de"), 1.0)
    finally:
        engine.close()
    if not spoken.pcm.size or float(abs(spoken.pcm).max()) < 0.01:
        return Seen(said="espeak-ng spoke silence", finding=Finding.MISSING)
    return Seen(said=f"espeak-ng spoke a German word in {spoken.pcm.size / spoken.sample_rate:.2f} s")


def webhooks(settings: EngineSettings) -> Seen:
    """What waits to be delivered, and which endpoints were given up."""
    from videogen_engine.store.metadata import Metadata

    store = Metadata.open(settings.database_url)
    try:
        made, waiting = store.webhooks.counts()
        disabled = store.webhooks.disabled()
    finally:
        store.close()
    said = f"{made} endpoints, {waiting} deliveries waiting"
    if not disabled:
        return Seen(said=said)
    given_up = "; ".join(f"{endpoint_id} is disabled: {reason}" for endpoint_id, reason in disabled.items())
    again = "mend the receiver, then POST /engine/v1/webhooks/deliveries/{messageId}/send"
    return Seen(said=f"{said}; {given_up}", finding=Finding.DEGRADED, enable=again)


def operations() -> Seen:
    """What of the contract this engine answers."""
    from videogen_agents.contract.operations import OPERATIONS
    from videogen_engine.service.operations import unbuilt_operations

    unbuilt = unbuilt_operations()
    built = len(OPERATIONS) - len(unbuilt)
    if not unbuilt:
        return Seen(said=f"all {len(OPERATIONS)} operations of the contract")
    return Seen(
        said=f"{built} of {len(OPERATIONS)} operations of the contract; not yet: "
        + ", ".join(operation.id for operation in unbuilt),
        finding=Finding.DEGRADED,
        enable="the hosted backend does them all: set VIDEOGEN_API_KEY",
    )


def standalone_assets() -> Seen:
    """Which of the 13 standalone tools work here."""
    from videogen_engine.assets.table import ASSETS, missing_assets

    def told(tools: Iterable[ToolType]) -> str:
        return ", ".join(tool.value.lower().replace("_", " ") for tool in tools)

    missing = missing_assets()
    if not missing:
        return Seen(said=f"all {len(ASSETS)} work offline: {told(ASSETS)}")
    return Seen(
        said=f"{len(ASSETS)} of {len(ASSETS) + len(missing)} work offline: {told(ASSETS)}; not: {told(missing)}",
        finding=Finding.DEGRADED,
        enable="the hosted backend does them all: set VIDEOGEN_API_KEY",
    )
