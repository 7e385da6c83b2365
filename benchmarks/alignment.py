"""Errors of forced alignment on recordings whose true word times are known, tuned and held-out sets apart."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.report import Options, Row
from benchmarks.spoken import HELD_OUT, TEXTS, TUNED, Case, Spoken, context, sentences_of, speak_case
from videogen_engine.alignment.model import AlignedText, AlignRequest
from videogen_engine.alignment.stage import align
from videogen_engine.listening.silences import block_levels, find_silences
from videogen_engine.planning.model import Sentence
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.speech.wave_file import write_wave
from videogen_engine.stage import StageContext

#: Seconds: a word placed further away than this has failed.
_FAILED = 0.3
#: What is published: medians in seconds.
_ENGLISH, _OTHERS = 0.060, 0.120
#: A text that is not said in the recording, by the text that is.
_OTHER_TEXT = {"en": "en-2", "en-2": "en", "de": "nl", "es": "it", "fr": "pt", "it": "es", "pt": "es", "ru": "pl",
               "pl": "tr", "nl": "de", "tr": "pl"}  # fmt: skip


def rows(options: Options) -> list[Row]:
    """A row for each group of recordings; ``--quick`` takes every third."""
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        ctx = context(Path(folder))
        for name, cases in (("tuned", TUNED), ("held out", HELD_OUT)):
            chosen = cases[::3] if options.quick else cases
            for label, english, most in (("English", True, _ENGLISH), ("other languages", False, _OTHERS)):
                found += _group(f"{label}, {name}", [c for c in chosen if (c.language == "en") == english], most, ctx)
    return found


def _group(name: str, cases: Sequence[Case], most: float, ctx: StageContext) -> list[Row]:
    away: list[float] = []
    lost = rejected = accepted = 0
    seconds = spent = 0.0
    for case in cases:
        spoken = speak_case(case, ctx)
        began = time.process_time()
        found = align(_request(case, spoken, spoken.script, spoken.sentences, ctx), ctx)
        spent += time.process_time() - began
        seconds += len(spoken.samples) / SAMPLE_RATE
        rejected += not found.belongs
        at = _starts(found)
        away += [abs(at[first] - start) for first, _, start, _ in spoken.words if first in at]
        lost += sum(first not in at for first, _, _, _ in spoken.words)
        other = TEXTS[_OTHER_TEXT[case.text]]
        wrong = _request(case, spoken, other, sentences_of(other, case.language, ctx), ctx)
        accepted += align(wrong, ctx).belongs
    errors = np.array(away or [9.0])
    failed = int((errors > _FAILED).sum()) + lost
    median, late = float(np.median(errors)), float(np.percentile(errors, 90))
    return [
        Row(
            f"{name}: median error of {len(away)} word starts",
            f"{1000 * median:.0f} ms",
            f"≤ {1000 * most:.0f} ms",
            median <= most,
        ),
        Row(f"{name}: p90", f"{1000 * late:.0f} ms", "", None),
        Row(f"{name}: words over {1000 * _FAILED:.0f} ms away", f"{failed} of {len(away) + lost}", "", None),
        Row(f"{name}: recordings taken for another text's", f"{rejected} of {len(cases)}", "0", rejected == 0),
        Row(f"{name}: other texts taken for the recording's", f"{accepted} of {len(cases)}", "0", accepted == 0),
        Row(f"{name}: seconds aligned in a second of this process", f"{seconds / max(spent, 1e-9):.0f}", "", None),
    ]


def _starts(found: AlignedText) -> dict[int, float]:
    return {word.char_start: word.start for word in found.words}


def _request(case: Case, spoken: Spoken, script: str, sentences: Iterable[Sentence], ctx: StageContext) -> AlignRequest:
    sound = ctx.cached_file(
        "benchmark-recording",
        "1",
        {"case": case.name, "seed": case.seed},
        suffix=".wav",
        media_type="audio/wav",
        make=lambda path: write_wave(path, [spoken.samples], SAMPLE_RATE),
    )
    return AlignRequest(
        sound=sound,
        samples=len(spoken.samples),
        silences=find_silences(block_levels(spoken.samples), len(spoken.samples)),
        script=script,
        language=case.language,
        sentences=tuple(sentences),
    )
