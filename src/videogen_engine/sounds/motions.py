"""Sounds for cuts and movements on screen: whooshes, sweeps, risers, drones."""

from __future__ import annotations

import math

import numpy as np

from videogen_engine.music.ringing import RATE
from videogen_engine.sounds.impacts import boom
from videogen_engine.sounds.shaping import (
    Take,
    Wave,
    add,
    band,
    canvas,
    drift,
    driven,
    faded,
    filtered,
    glide,
    levelled,
    lowered,
    peaked,
    points,
    saw,
    swept,
    tilted,
    times,
    travelling,
    white,
    wide,
)


def whoosh(take: Take) -> Wave:
    """Something passes close by: noise that rises, brightens, crosses from side to side, and falls."""
    random, count = take.random, take.count
    long = take.seconds
    peak = float(np.clip(take.near(0.46, 0.08), 0.25, 0.7)) * long
    t = times(count)
    share = np.where(t < peak, t / peak, 1 - (t - peak) / max(1e-3, long - peak))
    shape = np.sin(np.clip(share, 0, 1) * math.pi / 2) ** 2.6
    centre = (
        (260 + 2600 * take.force * shape)
        / take.size**0.7
        * np.where(t > peak, 0.78 + 0.22 * np.exp(-(t - peak) / 0.05), 1.0)
    )
    air = levelled(swept(tilted(count, random, 0.15, 60, 15000), centre, 0.75)) + 0.35 * levelled(
        swept(white(count, random), np.minimum(centre * 2.6, 12000), 0.4)
    )
    low = levelled(lowered(tilted(count, random, 0.8, 40, 500), np.full(count, 160.0 / take.size)))
    side = 1.0 if random.uniform() < 0.5 else -1.0
    place = side * 0.8 * np.tanh(3.2 * (t - peak) / max(0.08, long * 0.5))
    sound = (air + 0.45 * take.size * low) * shape
    return travelling(sound.astype(np.float32), place)


def transition(take: Take) -> Wave:
    """A whoosh that lands: the cut is where the hit is."""
    land = max(0.25, take.seconds * 0.42)
    out = canvas(take)
    rise = Take(land * 1.25, take.random, take.size, take.pace, take.force, take.words)
    add(out, peaked(whoosh(rise)), 0.0, 0.7)
    hit = Take(max(0.3, take.seconds - land), take.random, take.size, take.pace, take.force * 0.7, take.words)
    add(out, peaked(boom(hit)), land * 0.92, 1.0)
    return out


def riser(take: Take) -> Wave:
    """Tension: noise and voices that climb two octaves, beating faster and faster, up to the cut."""
    random, count = take.random, take.count
    share = np.linspace(0, 1, count)
    noise = np.stack([levelled(swept(white(count, random), 220 * 2 ** (5 * share**1.3), 0.7)) for _ in range(2)])
    root = 82 / take.size**0.5 * 2 ** (2.0 * share**1.5)
    voices = np.zeros((2, count), np.float32)
    for index, ratio in enumerate((1.0, 1.006, 1.5, 1.494, 2.004)):
        tone = saw(root * ratio, 18)
        voices[index % 2] += tone
    voices = np.stack([lowered(side, 300 + 6500 * share**2) for side in voices])
    beat = 0.72 + 0.28 * np.sin(2 * math.pi * np.cumsum(2.0 + 14 * share**2) / RATE)
    loud = (0.08 + 0.92 * share**1.7) * beat
    end = np.minimum(1, (1 - share) * take.seconds / 0.03)
    return ((0.55 * noise + 0.5 * levelled(voices[0])[None, :] * 0.5 + 0.25 * voices) * loud * end).astype(np.float32)


def downer(take: Take) -> Wave:
    """The riser's counterpart: everything sinks."""
    return np.ascontiguousarray(riser(take)[:, ::-1])


def sweep(take: Take) -> Wave:
    """A filter passes through noise, up and, if there is time, down again."""
    random, count = take.random, take.count
    share = np.linspace(0, 1, count)
    up = (
        share
        if take.among("up", "upward")
        else 1 - share
        if take.among("down", "downward")
        else np.sin(math.pi * share)
    )
    centre = 180 * 2 ** (5.4 * up) / take.size**0.4
    out = np.stack([levelled(swept(white(count, random), centre * (1.0 + 0.06 * side), 0.35)) for side in range(2)])
    return (out * faded(count, 0.15 * take.seconds, 0.2 * take.seconds)).astype(np.float32)


def drone(take: Take) -> Wave:
    """A dark, slow chord without a tune."""
    random, count = take.random, take.count
    out = canvas(take)
    root = 55 / take.size**0.5
    for index, ratio in enumerate((1, 1.004, 1.5, 2.003, 2.997, 1.189)):
        pitch = root * ratio * np.exp(0.004 * drift(count, 0.4, random))
        tone = lowered(saw(pitch, 20), 180 + 500 * np.clip(0.5 + drift(count, 0.25, random), 0.05, 2))
        out[index % 2] += levelled(tone) * (0.5 + 0.3 * drift(count, 0.3, random))
        out[1 - index % 2] += 0.5 * levelled(tone)
    air = wide(lambda: levelled(swept(white(count, random), 900 * np.exp(0.5 * drift(count, 0.3, random)), 0.4)))
    return ((out + 0.12 * air) * faded(count, min(1.5, take.seconds / 4), min(1.8, take.seconds / 4))).astype(
        np.float32
    )


def scratch(take: Take) -> Wave:
    """A record is stopped by hand: music torn backwards and forwards."""
    random, count = take.random, take.count
    speed = points(count, (0, 1), (0.06, 2.6), (0.15, -2.2), (0.24, 1.9), (0.33, -1.4), (0.46, 0.15), (0.55, 0))
    place = np.cumsum(speed) / RATE
    rate = np.abs(speed)
    tone = np.zeros(count)
    for pitch in (220, 277, 330, 440, 660):
        tone += np.sign(np.sin(2 * math.pi * pitch * place)) * 0.2
    grit = swept(white(count, random), np.clip(500 + 2600 * rate, 200, 9000), 0.5)
    sound = lowered(tone.astype(np.float32), 400 + 3800 * rate) * np.minimum(1, rate * 1.4) + 0.35 * levelled(
        grit
    ) * np.minimum(1, rate)
    sound = filtered(driven(sound.astype(np.float32), 1.5), band(150, 9000, 1.5)) * faded(count, 0.003, 0.05)
    return np.stack([sound, np.roll(sound, 13)])


def rewind(take: Take) -> Wave:
    """A tape runs backwards, faster, and stops."""
    random, count = take.random, take.count
    share = np.linspace(0, 1, count)
    rate = 0.4 + 3.0 * np.sin(math.pi * np.minimum(1, share * 1.04)) ** 0.6
    babble = 620 * rate * np.exp(0.55 * drift(count, 14, random))
    voice = saw(babble, 8) * np.clip(drift(count, 11, random) + 0.5, 0, 1.2)
    hiss = swept(white(count, random), np.clip(1500 * rate, 400, 11000), 0.5)
    flutter = 1 + 0.3 * glide(18 * rate)
    sound = (0.5 * levelled(voice) + 0.4 * levelled(hiss)) * flutter * faded(count, 0.06, 0.08)
    return np.stack([sound, np.roll(sound, 61)]).astype(np.float32)
