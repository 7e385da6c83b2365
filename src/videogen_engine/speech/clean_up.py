"""The clean-up stage: fillers and long pauses are cut from clips, and the words' times move with them.

Nothing is cut inside a word that stays. Cuts in pauses are made in what is really silent, with 8 ms of
cross-fade around each; a pause in which something sounds (laughter, music) is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_agents.errors import InternalError
from videogen_engine.frozen import Frozen
from videogen_engine.speech.clean_model import CleanedScene, CleanedSpeech, CleanUpRequest
from videogen_engine.speech.fillers import filler_indices, filler_phrases, tidied
from videogen_engine.speech.model import SAMPLE_RATE, Phone, SceneSpeech, Word
from videogen_engine.speech.wave_file import read_wave, write_wave
from videogen_engine.stage import StageContext

#: Raise it when the same clip must be cut differently.
VERSION: Final = "2"
#: What is left of a pause (s): the first, or less when even shorter pauses are to go.
_REST: Final = 0.3
_LEAST_REST: Final = 0.08
#: Samples on either side of a cut that are mixed.
_HALF_FADE: Final = 192
#: Shorter cuts (s) are not worth a seam.
_LEAST_CUT: Final = 0.03
_BLOCK: Final = SAMPLE_RATE // 200
#: A pause is silent where it is this much (dB) under the speech, and always under the floor (dBFS).
_UNDER_SPEECH: Final = 30.0
_SILENCE: Final = -55.0
#: dB over the room's own noise that are still the room, and that the voice must be over it.
_OVER_ROOM, _CLEARLY = 5.0, 14.0
#: Samples of a frame, and at either end of a slice of a recording that no cut touches.
_FRAME: Final = SAMPLE_RATE // 30
_EDGE: Final = 2 * _HALF_FADE
_ZERO_REACH: Final = 240


@dataclass(frozen=True)
class _Cut:
    """Samples ``start`` to ``end`` go. ``pause`` is False for fillers."""

    start: int
    end: int
    pause: bool


class _ClipInputs(Frozen):
    clip: str
    cuts: tuple[tuple[int, int], ...]


def clean_up(request: CleanUpRequest, ctx: StageContext) -> CleanedSpeech:
    """Every scene without its fillers and long pauses. Scenes in which there is nothing to cut are as they were."""
    phrases = (
        filler_phrases(request.language, request.fillers) if request.remove_fillers else frozenset[tuple[str, ...]]()
    )
    cleaned: list[CleanedScene] = []
    whole = 0
    for index, speech in enumerate(request.scenes):
        ctx.check()
        fillers = filler_indices([word.text for word in speech.words], phrases)
        if len(fillers) == len(speech.words) > 0:
            fillers, whole = (), whole + 1
        cleaned.append(_cleaned(speech, fillers, request, ctx))
        ctx.report((index + 1) / len(request.scenes), "Cutting fillers and pauses")
    return CleanedSpeech(scenes=tuple(cleaned), kept_whole=whole)


def _cleaned(speech: SceneSpeech, fillers: tuple[int, ...], request: CleanUpRequest, ctx: StageContext) -> CleanedScene:
    if not (fillers or request.remove_pauses):
        return CleanedScene(speech=speech)
    samples = read_wave(ctx.store.path(speech.clip))
    if abs(len(samples) / SAMPLE_RATE - speech.duration) > 0.05:
        raise InternalError("A speech clip is not as long as the timeline says.")
    cuts, gone = _cuts(speech, samples, set(fillers), request)
    if request.sliced:
        cuts = _in_whole_frames(cuts, len(samples))
    if not cuts:
        return CleanedScene(speech=speech)
    inputs = _ClipInputs(clip=speech.clip.key, cuts=tuple((cut.start, cut.end) for cut in cuts))

    def write(path: Path) -> None:
        write_wave(path, [_without(samples, cuts)], SAMPLE_RATE)

    clip = ctx.cached_file("speech-cleaned", VERSION, inputs, suffix=".wav", media_type="audio/wav", make=write)
    removed = sum(cut.end - cut.start for cut in cuts)
    words = tuple(_moved_word(word, cuts) for word in tidied(speech.words, gone))
    shorter = SceneSpeech(
        clip=clip,
        duration=(len(samples) - removed) / SAMPLE_RATE,
        words=words,
        phones=tuple(_moved_phone(phone, cuts) for phone in speech.phones if not _inside(phone, cuts)),
    )
    return CleanedScene(
        speech=shorter,
        removed=tuple(sorted(gone)),
        pauses=sum(cut.pause for cut in cuts),
        seconds=round(removed / SAMPLE_RATE, 4),
    )


def _cuts(
    speech: SceneSpeech, samples: NDArray[np.int16], fillers: set[int], request: CleanUpRequest
) -> tuple[list[_Cut], set[int]]:
    """What to cut, in order and apart from each other, and the words that go with it."""
    quiet = _quiet(samples, speech)
    words = speech.words
    if not words:
        # Nobody knows the words, but every silence shows.
        return _unworded(quiet, samples, request), set()
    rest = min(_REST, max(_LEAST_REST, request.min_pause * 0.4))
    kept = [index for index in range(len(words)) if index not in fillers]
    cuts: list[_Cut] = []
    gone: set[int] = set()
    # A place between kept words: where the one before ends, where the one after begins.
    edges = [(-1, kept[0]), *pairwise(kept), (kept[-1], len(words))]
    for before, after in edges:
        low = round(words[before].end * SAMPLE_RATE) if before >= 0 else 0
        high = round(words[after].start * SAMPLE_RATE) if after < len(words) else len(samples)
        edge = _EDGE if request.sliced else 0
        low, high = max(edge, low), min(high, len(samples) - edge)
        between = range(before + 1, after)
        if len(between):
            cut = _filler_cut(words, between, low, high, samples, rest)
            if cut is not None:
                cuts.append(cut)
                gone |= set(between)
                # What is left of the pauses around it may still be too long.
                if request.remove_pauses:
                    left = _pause_cuts(low, cut.start, quiet, samples, request.min_pause, rest)
                    right = _pause_cuts(cut.end, high, quiet, samples, request.min_pause, rest)
                    cuts += [*left, *right]
        elif request.remove_pauses:
            cuts += _pause_cuts(low, high, quiet, samples, request.min_pause, rest)
    return sorted(cuts, key=lambda cut: cut.start), gone


def _filler_cut(
    words: Sequence[Word], between: range, low: int, high: int, samples: NDArray[np.int16], rest: float
) -> _Cut | None:
    """The filler with what surrounds it, so that a natural pause is left where it was."""
    first = max(low, round(words[between[0]].start * SAMPLE_RATE))
    last = min(high, round(words[between[-1]].end * SAMPLE_RATE))
    spare = round(rest * SAMPLE_RATE)
    # The longer of the two pauses stays, up to the rest; the filler takes the other one with it.
    ahead, behind = first - low, high - last
    if ahead >= behind:
        start, end = min(first, low + max(spare, 0)) if ahead > spare else first, high
        start = min(start, first)
    else:
        start, end = low, max(last, high - spare) if behind > spare else last
    start, end = _at_zero(samples, start, low, first), _at_zero(samples, end, last, high)
    return _Cut(start, end, pause=False) if end - start >= _LEAST_CUT * SAMPLE_RATE else None


def _pause_cuts(
    low: int, high: int, quiet: NDArray[np.bool_], samples: NDArray[np.int16], longest: float, rest: float
) -> list[_Cut]:
    """The middle of a pause that is longer than allowed, as far as it is silent."""
    if high - low <= longest * SAMPLE_RATE:
        return []
    start, end = _longest_run(quiet, -(-low // _BLOCK), high // _BLOCK)
    start, end = start * _BLOCK, end * _BLOCK
    spare = round(rest / 2 * SAMPLE_RATE)
    # At least half the rest stays on either side, whether silent or not.
    start, end = max(start, low + spare), min(end, high - spare)
    start, end = _at_zero(samples, start, low, high), _at_zero(samples, end, low, high)
    return [_Cut(start, end, pause=True)] if end - start >= _LEAST_CUT * SAMPLE_RATE else []


def _in_whole_frames(cuts: list[_Cut], length: int) -> list[_Cut]:
    """The cuts with the longest pause among them a little shorter, so that what is left is whole frames."""
    kept = length - sum(cut.end - cut.start for cut in cuts)
    missing = -kept % _FRAME
    longest = max(cuts, key=lambda cut: (cut.pause, cut.end - cut.start), default=None)
    if longest is None or not missing or longest.end - longest.start < missing + _HALF_FADE:
        return cuts
    shorter = _Cut(longest.start, longest.end - missing, longest.pause)
    return [shorter if cut is longest else cut for cut in cuts]


def _unworded(quiet: NDArray[np.bool_], samples: NDArray[np.int16], request: CleanUpRequest) -> list[_Cut]:
    """The middle of every silence of a recording without a transcript."""
    changes = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]])))
    found: list[_Cut] = []
    for first, last in zip(changes[::2], changes[1::2], strict=True):
        low, high = int(first) * _BLOCK, min(int(last) * _BLOCK, len(samples))
        found += _pause_cuts(low, high, quiet, samples, max(request.min_pause, _REST), _REST)
    return found


def _longest_run(quiet: NDArray[np.bool_], first: int, last: int) -> tuple[int, int]:
    best, begin = (first, first), first
    for block in range(first, last + 1):
        if block >= last or block >= len(quiet) or not quiet[block]:
            if block - begin > best[1] - best[0]:
                best = (begin, block)
            begin = block + 1
    return best


def _quiet(samples: NDArray[np.int16], speech: SceneSpeech) -> NDArray[np.bool_]:
    """Which blocks of 5 ms are silent, measured against the words."""
    count = -(-len(samples) // _BLOCK)
    padded = np.zeros(count * _BLOCK, np.float64)
    padded[: len(samples)] = samples / 32768
    levels = 10 * np.log10(np.mean(padded.reshape(count, _BLOCK) ** 2, axis=1) + 1e-12)
    said = np.zeros(count, np.bool_)
    for word in speech.words:
        said[round(word.start * 200) : max(round(word.start * 200) + 1, round(word.end * 200))] = True
    loud = float(np.percentile(levels[said], 80) if said.any() else np.percentile(levels, 90))
    room = float(np.percentile(levels, 10)) + _OVER_ROOM
    return np.asarray(levels < max(_SILENCE, loud - _UNDER_SPEECH, min(room, loud - _CLEARLY)), np.bool_)


def _at_zero(samples: NDArray[np.int16], at: int, low: int, high: int) -> int:
    """The nearest place within 5 ms at which the sound crosses zero, between ``low`` and ``high``."""
    first, last = max(low, at - _ZERO_REACH, 1), min(high, at + _ZERO_REACH, len(samples))
    if last <= first:
        return min(max(at, low), high)
    part = samples[first - 1 : last].astype(np.int32)
    crossing = np.flatnonzero((part[:-1] <= 0) & (part[1:] >= 0)) + first
    if crossing.size == 0:
        return min(max(at, low), high)
    return int(crossing[np.argmin(np.abs(crossing - at))])


def _without(samples: NDArray[np.int16], cuts: Sequence[_Cut]) -> NDArray[np.int16]:
    """The samples that stay. Around each seam both sides are mixed; the length is exactly what is left."""
    parts: list[NDArray[np.float32]] = []
    at = 0
    for cut in cuts:
        parts.append(samples[at : cut.start].astype(np.float32))
        at = cut.end
    parts.append(samples[at:].astype(np.float32))
    joined = np.concatenate(parts)
    seam = 0
    for cut, part in zip(cuts, parts, strict=False):
        seam += len(part)
        half = min(_HALF_FADE, cut.start, len(samples) - cut.end, seam, len(joined) - seam)
        if half > 0:
            share = np.linspace(0, 1, 2 * half, dtype=np.float32)
            going = samples[cut.start - half : cut.start + half].astype(np.float32)
            coming = samples[cut.end - half : cut.end + half].astype(np.float32)
            joined[seam - half : seam + half] = going * (1 - share) + coming * share
    return np.clip(np.rint(joined), -32768, 32767).astype(np.int16)


def _shift(time: float, cuts: Sequence[_Cut]) -> float:
    """The time after all cuts; a time inside a cut is where the cut was."""
    at = time * SAMPLE_RATE
    gone = sum(min(at, cut.end) - cut.start for cut in cuts if cut.start < at)
    return round((at - gone) / SAMPLE_RATE, 4)


def _moved_word(word: Word, cuts: Sequence[_Cut]) -> Word:
    return word.model_copy(update={"start": _shift(word.start, cuts), "end": _shift(word.end, cuts)})


def _moved_phone(phone: Phone, cuts: Sequence[_Cut]) -> Phone:
    return phone.model_copy(update={"start": _shift(phone.start, cuts), "end": _shift(phone.end, cuts)})


def _inside(phone: Phone, cuts: Sequence[_Cut]) -> bool:
    """Whether most of the phone was cut."""
    middle = (phone.start + phone.end) / 2 * SAMPLE_RATE
    return any(cut.start <= middle < cut.end for cut in cuts)
