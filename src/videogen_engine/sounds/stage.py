"""The sound effect stage: a prompt is read, its sounds are made, put in a room, brought to a level and kept."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_agents.errors import InputError
from videogen_engine.frozen import Frozen
from videogen_engine.loudness import integrated_lufs, true_peak_dbtp
from videogen_engine.music.ringing import RATE
from videogen_engine.music.room import in_room
from videogen_engine.music.stage import write_flac
from videogen_engine.sounds.catalogue import MAKERS
from videogen_engine.sounds.model import (
    DEFAULT_SECONDS,
    LONGEST_SECONDS,
    SHORTEST_SECONDS,
    EffectRequest,
    SoundEffect,
)
from videogen_engine.sounds.prompt import Brief, read_effect
from videogen_engine.sounds.shaping import Take, Wave, add, band, faded, filtered
from videogen_engine.sounds.vocabulary import SOUNDS, Sound
from videogen_engine.stage import MediaRef, StageContext, content_key

#: Part of the sound's key; raise it when the same request would sound different.
VERSION: Final = "1"
_KIND: Final = "sound-effect"
_MEDIA_TYPE: Final = "audio/flac"
#: What sounds on is brought to this loudness (LUFS), what happens once to this peak (dBTP)
#: unless it is a steady tone, which would be louder than anything beside it.
_BED_LUFS: Final = -21.0
_PEAK_DBTP: Final = -2.5
_LOUDEST_LUFS: Final = -14.0
#: A sound that happens is this much above one that lies under it (dB).
_ABOVE: Final = 7.0
#: Seconds between the beginnings of sounds that follow one another are their lengths less this overlap.
_OVERLAP: Final = 0.12
#: A sound that happens begins this long after the file does.
_LEAD: Final = 0.01


class _Inputs(Frozen):
    """Everything that shapes the sound."""

    prompt: str
    milliseconds: int | None
    influence: float
    variant: int


def make_effect(request: EffectRequest, ctx: StageContext) -> SoundEffect:
    """The sound as FLAC. Equal requests give equal bytes.

    Raises what ``read_effect`` raises, InputError for a length outside 0.05–30 s, StageCancelledError.
    """
    if request.seconds is not None and not SHORTEST_SECONDS <= request.seconds <= LONGEST_SECONDS:
        raise InputError(
            f"A sound effect lasts {SHORTEST_SECONDS:g} to {LONGEST_SECONDS:g} s, not {request.seconds:g} s.",
            next_step="Ask for a length in that range.",
        )
    inputs = _Inputs(
        prompt=" ".join(request.prompt.casefold().split()),
        milliseconds=None if request.seconds is None else round(request.seconds * 1000),
        influence=request.influence,
        variant=request.variant,
    )

    def make() -> SoundEffect:
        brief = read_effect(inputs.prompt)
        told = f"{inputs.prompt}\n{inputs.variant}".encode("utf-8", "surrogatepass")
        random = np.random.default_rng(int.from_bytes(hashlib.sha256(told).digest()[:8]))
        sound = _performed(brief, inputs, random, ctx)
        path = ctx.temporary(".flac")
        try:
            write_flac(sound, path)
            media = ctx.store.publish(key, path, _MEDIA_TYPE)
        finally:
            path.unlink(missing_ok=True)
        return _told(brief, sound, media)

    key = content_key(_KIND, VERSION, inputs, ".flac")
    effect = ctx.cached_model(_KIND, VERSION, inputs, SoundEffect, make)
    # What is known about the sound may outlive the sound itself, which is the larger file.
    return effect if ctx.store.find(key) is not None else make()


def _performed(brief: Brief, inputs: _Inputs, random: np.random.Generator, ctx: StageContext) -> NDArray[np.int16]:
    """``[n, 2]`` of 16 bits."""
    asked = None if inputs.milliseconds is None else inputs.milliseconds / 1000
    lengths = _lengths(brief, asked)
    total = round((sum(lengths) - _OVERLAP * (len(lengths) - 1)) * RATE)
    out = np.zeros((2, total), np.float32)
    at = 0.0
    for index, (part, seconds) in enumerate(zip(brief.parts, lengths, strict=True)):
        ctx.check()
        ctx.report(index / len(lengths), " and ".join(part))
        add(out, _together(part, seconds, brief, inputs.influence, random, ctx.check), at)
        at += seconds - _OVERLAP
    ends = all(SOUNDS[name].seconds for name in brief.sounds)
    out *= faded(
        total,
        0.002 if SOUNDS[brief.parts[0][0]].seconds else min(0.4, total / RATE / 6),
        min(0.4 if not ends else 0.12, total / RATE / 4),
    )
    return _levelled(out, brief, ends=ends)


def _lengths(brief: Brief, asked: float | None) -> list[float]:
    """Seconds of each part; they overlap a little."""
    own = [
        max((SOUNDS[name].seconds for name in part), default=0.0)
        if all(SOUNDS[name].seconds for name in part)
        else DEFAULT_SECONDS
        if len(brief.parts) == 1
        else 4.0
        for part in brief.parts
    ]
    own = [seconds * (brief.change.size**0.5 if seconds < DEFAULT_SECONDS else 1) for seconds in own]
    if asked is None:
        return [min(seconds, LONGEST_SECONDS / len(own)) for seconds in own]
    wanted = asked + _OVERLAP * (len(own) - 1)
    return [seconds * wanted / sum(own) for seconds in own]


def _together(
    part: tuple[str, ...],
    seconds: float,
    brief: Brief,
    influence: float,
    random: np.random.Generator,
    check: Callable[[], None],
) -> Wave:
    out = np.zeros((2, round(seconds * RATE)), np.float32)
    lies = [name for name in part if not SOUNDS[name].seconds]
    for name in part:
        check()
        sound = SOUNDS[name]
        if sound.seconds and len(part) > len(lies) > 0:
            # Over rain, thunder comes when it likes.
            add(
                out,
                _heard(name, max(0.1, seconds * 0.9), brief, influence, random, check),
                seconds * 0.08,
                10 ** (_ABOVE / 20),
            )
        else:
            add(out, _heard(name, seconds, brief, influence, random, check), 0.0)
    return out


def _heard(
    name: str, seconds: float, brief: Brief, influence: float, random: np.random.Generator, check: Callable[[], None]
) -> Wave:
    """One sound in its room, at a level of its own: the loudest of it at 1, or a bed at a tenth of that in RMS."""
    sound, change = SOUNDS[name], brief.change
    spread = 0.22 * (1 - influence)
    loose = np.exp(random.normal(0, spread, 3)) if spread else np.ones(3)

    def take(length: float) -> Wave:
        return MAKERS[name](
            Take(
                length,
                random,
                change.size * float(loose[0]) ** 0.5,
                change.pace * float(loose[1]) ** 0.7,
                change.force * float(loose[2]) ** 0.5,
                brief.words,
            )
        )

    if not sound.seconds:
        dry = take(seconds)
    else:
        dry = np.zeros((2, round(seconds * RATE)), np.float32)
        own = sound.seconds * change.size**0.5
        gap = sound.again
        at = _LEAD
        while True:
            check()
            length = min(own * 1.02, seconds - at) if seconds > 0.15 else seconds
            if name in _FILLING and seconds > own:
                length = seconds - at
            if length > 0.03:
                add(dry, take(length), at)
            at += own + gap * float(np.exp(random.normal(0, 0.15)))
            if not gap or name in _FILLING or at + own * 0.6 > seconds:
                break
    return _placed(dry, sound, brief, check)


#: Sounds that are stretched to the length asked for, where others are heard again.
_FILLING = frozenset(
    {
        "riser",
        "downlifter",
        "sweep",
        "transition",
        "whoosh",
        "paper",
        "door",
        "drum",
        "glitch",
        "electric spark",
        "magic sparkle",
        "horn",
        "zipper",
        "tape rewind",
    }
)


def _placed(dry: Wave, sound: Sound, brief: Brief, check: Callable[[], None]) -> Wave:
    change = brief.change
    decay, wet = sound.room
    if change.room < 0:
        wet = 0.0
    elif change.room:
        decay, wet = change.room, max(0.25, wet)
    far = max(0.0, change.far)
    wet += 0.5 * far
    cutoff = 17_500 * (1 - far * 0.82) * (1 - change.muffled * 0.94)
    dry = np.ascontiguousarray(dry, np.float32)
    direct = dry * np.float32(1 - 0.55 * far)
    size = max(1e-9, float(np.abs(dry).max(initial=0)))
    # The room's echoes have the energy of one sample; over a second of noise that adds up to its own level.
    placed = in_room(direct, dry, max(0.2, decay), wet, max(350.0, cutoff), check)
    if sound.seconds:
        return placed / np.float32(max(size, float(np.abs(placed).max(initial=0))))
    level = float(np.sqrt(np.mean(np.square(placed, dtype=np.float64))))
    return placed * np.float32(0.1 / max(level, 1e-9))


def _levelled(sound: Wave, brief: Brief, *, ends: bool) -> NDArray[np.int16]:
    level = brief.change.level
    sound = np.stack([filtered(side, band(22, 30_000, 2)) for side in sound])
    peak = true_peak_dbtp(sound.T, RATE)
    if peak == -math.inf:
        raise ValueError(f"the sound {brief.sounds} is silent")
    gain = _PEAK_DBTP - peak + min(0.0, level)
    if (lufs := integrated_lufs(sound.T, RATE)) > -math.inf:
        gain = min(gain, (_LOUDEST_LUFS if ends else _BED_LUFS) - lufs + level)
    sound = sound * np.float32(10 ** (gain / 20))
    return np.ascontiguousarray(np.rint(np.clip(sound * 32768, -32768, 32767)).astype(np.int16).T)


def _told(brief: Brief, sound: NDArray[np.int16], media: MediaRef) -> SoundEffect:
    lufs = integrated_lufs(sound, RATE)
    name = ", then ".join(" and ".join(part) for part in brief.parts)
    return SoundEffect(
        media=media,
        name=name[0].upper() + name[1:],
        seconds=round(len(sound) / RATE, 3),
        sounds=brief.sounds,
        integrated_lufs=None if lufs == -math.inf else round(lufs, 2),
        true_peak_dbtp=round(true_peak_dbtp(sound, RATE), 2),
        unread=brief.unread,
    )
