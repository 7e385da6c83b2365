"""Settings go in; out comes, part by part, whether this machine can make films. Each part is tried, not looked up.

Importing this needs nothing of the ``engine`` extra: what is not installed is a finding, not an error.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from videogen_agents.errors import VideoError
from videogen_engine.doctor.model import Examination, Finding, Seen
from videogen_engine.doctor.providers import language_model, transcriber
from videogen_engine.doctor.recordings import alignment, office
from videogen_engine.doctor.rehearsal import Rehearsal
from videogen_engine.doctor.surroundings import (
    bundled_files,
    data_home,
    database,
    durable_queue,
    operations,
    other_languages,
    standalone_assets,
    voices_and_providers,
    webhooks,
    word_vector_table,
)
from videogen_engine.settings import EngineSettings

__all__ = ["Examination", "Finding", "examine"]

ENGINE_EXTRA = "pip install 'videogen-agents[engine]'"


def examine(settings: EngineSettings) -> tuple[Examination, ...]:
    """Try every part, in the order a film needs them. Takes a few seconds; leaves nothing but the data home."""
    found = [
        _try("data home", lambda: data_home(settings)),
        _try("database", lambda: database(settings)),
        _try("durable queue", durable_queue),
        _try("voice, fonts and icons", bundled_files),
        _try("word vectors", word_vector_table),
    ]
    with tempfile.TemporaryDirectory(prefix="videogen-doctor-") as folder:
        rehearsal = Rehearsal(Path(folder))
        found += [
            _try("plan", rehearsal.plan),
            _try("speech", rehearsal.speak),
            _try("pictures", rehearsal.draw),
            _try("film", rehearsal.encode),
        ]
    return (
        *found,
        _try("voices and providers", voices_and_providers, needed=False),
        _try("other languages", other_languages, needed=False),
        _try("language model", lambda: language_model(settings), needed=False),
        _try("transcriber", lambda: transcriber(settings), needed=False),
        _try("alignment", alignment, needed=False),
        _try("slides", office, needed=False),
        _try("operations", operations, needed=False),
        _try("standalone assets", standalone_assets, needed=False),
        _try("webhooks", lambda: webhooks(settings), needed=False),
    )


def _try(part: str, probe: Callable[[], Seen], *, needed: bool = True) -> Examination:
    try:
        seen = probe()
    except ModuleNotFoundError as error:
        return Examination(
            part=part,
            finding=Finding.MISSING,
            needed=needed,
            said=f"{error.name} is not installed",
            enable=ENGINE_EXTRA,
        )
    except VideoError as error:
        return Examination(
            part=part, finding=Finding.MISSING, needed=needed, said=error.message, enable=error.next_step
        )
    except Exception as error:
        # Whatever a broken installation throws is what the user has to be told.
        said = f"{type(error).__name__}: {error}"[:300]
        return Examination(part=part, finding=Finding.MISSING, needed=needed, said=said)
    return Examination(part=part, finding=seen.finding, needed=needed, said=seen.said, enable=seen.enable)
