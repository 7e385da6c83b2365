"""People: hearts, hands, feet."""

from __future__ import annotations

import math

import numpy as np

from videogen_engine.music.ringing import RATE
from videogen_engine.sounds.shaping import (
    Take,
    Wave,
    add,
    banded,
    body,
    canvas,
    decay,
    drift,
    driven,
    faded,
    glide,
    levelled,
    panned,
    peaked,
    points,
    swept,
    tilted,
    white,
    wide,
)


def heartbeat(take: Take) -> Wave:
    """Lub, dub: two valves close. With the overtones that small loudspeakers need to let it be heard."""
    random, out, at = take.random, canvas(take), 0.05
    period = 60 / (68 * take.pace)
    while at < take.seconds:
        for later, pitch, loud, seconds in ((0.0, 58.0, 1.0, 0.26), (0.29, 74.0, 0.7, 0.2)):
            count = round(0.35 * RATE)
            fall = points(count, (0, 1.7), (0.05, 1.0), (0.3, 0.75)) * pitch / take.size**0.5
            beat = driven(glide(fall) * decay(count, seconds * 1.5, 0.012), 2.6)
            beat = beat + 0.22 * levelled(banded(count, 70, 260, random)) * decay(count, seconds * 0.8, 0.008)
            add(out, beat * faded(count, 0.004, 0.1), at + later * min(1.0, period / 0.8), loud)
        at += period * float(np.exp(random.normal(0, 0.015)))
    return out


def applause(take: Take) -> Wave:
    """A hall of people, each with hands, place and pace of their own."""
    random, out = take.random, canvas(take)
    people = round(70 * min(2.5, take.force * take.size))
    grow = min(1.4, take.seconds * 0.25)
    for _ in range(people):
        low = float(np.exp(random.normal(math.log(950), 0.35)))
        seconds = float(random.uniform(0.012, 0.03))
        count = round(0.05 * RATE)
        grains = [
            levelled(banded(count, low, low * float(random.uniform(1.7, 2.6)), random))
            * decay(count, seconds * 2.5, 0.0006)
            for _ in range(2)
        ]
        place, far = random.uniform(-1, 1), float(random.uniform(0.1, 1) ** 1.8)
        rate = random.uniform(3.1, 4.7) * take.pace
        at, end = float(random.uniform(0, grow)), take.seconds - float(random.uniform(0, grow * 1.2))
        while at < end:
            fade = min(1.0, (take.seconds - at) / grow)
            add(
                out,
                panned(grains[int(random.integers(2))], place),
                at,
                0.11 * far * fade * float(random.uniform(0.6, 1)),
            )
            at += float(np.exp(random.normal(0, 0.06))) / rate
    return out


#: For each ground: lowest and highest frequency of the scuff (Hz), its grains, and how loud heel and scuff are.
_GROUNDS = {
    "gravel": (900, 7500, 34, 0.35, 0.85),
    "snow": (700, 3600, 46, 0.25, 0.6),
    "leaves": (1600, 9500, 40, 0.2, 0.75),
    "grass": (900, 4500, 14, 0.25, 0.35),
    "sand": (600, 4200, 20, 0.3, 0.4),
    "water": (500, 5200, 26, 0.3, 0.7),
    "wood": (250, 1800, 0, 1.0, 0.25),
    "heels": (900, 3500, 0, 0.9, 0.2),
    "floor": (500, 3200, 0, 0.8, 0.3),
}


def footsteps(take: Take) -> Wave:
    """Heel and sole, left and right, on the ground that the prompt names."""
    random, out, at, foot = take.random, canvas(take), 0.05, 0
    same = {
        "wooden": "wood",
        "stairs": "wood",
        "puddle": "water",
        "concrete": "floor",
        "forest": "leaves",
        "high": "heels",
    }
    ground = next((same.get(word, word) for word in sorted(take.words) if same.get(word, word) in _GROUNDS), "floor")
    low, high, grains, heel, scuff = _GROUNDS[ground]
    period = (0.3 if take.among("running", "run", "jogging", "runs") else 0.54) / take.pace
    while at < take.seconds:
        place, count = (-0.16 if foot % 2 else 0.16), RATE // 3
        if ground == "heels":
            hit = body(
                count,
                [take.near(p, 0.03) / take.size for p in (320, 870, 1650, 2900)],
                [0.7, 1, 0.7, 0.4],
                [0.05, 0.04, 0.03, 0.02],
                random,
            )
        else:
            deep = [74, 118, 186, 330] if ground != "wood" else [96, 172, 305, 560]
            ring = 1.0 if ground != "wood" else 1.7
            hit = body(
                count,
                [take.near(p, 0.04) / take.size for p in deep],
                [1, 0.8, 0.6, 0.35],
                [0.11 * ring, 0.09 * ring, 0.07 * ring, 0.04 * ring],
                random,
            )
            hit = hit + 0.4 * levelled(banded(count, low * 0.6, high * 0.6, random)) * decay(count, 0.03, 0.0008)
        loud = float(random.uniform(0.8, 1.05))
        add(out, panned(peaked(hit), place), at, 0.55 * heel * loud)
        toe = at + 0.085 * min(1.0, period / 0.5)
        brush = levelled(banded(count, low, high, random)) * faded(count, 0.02, 0.22) * decay(count, 0.22, 0.015)
        add(out, panned(brush, place), toe, 0.1 * scuff * loud)
        for _ in range(grains):
            centre = float(np.exp(random.uniform(math.log(low), math.log(high))))
            grain = peaked(
                banded(260, centre, centre * 1.7, random, 1.0) * decay(260, random.uniform(0.002, 0.006), 0.0001)
            )
            add(
                out,
                panned(grain, place + random.normal(0, 0.12)),
                at + float(random.gamma(2.0, 0.035)),
                0.3 * scuff * loud * float(random.uniform(0.05, 1) ** 1.6),
            )
        at, foot = at + period * float(np.exp(random.normal(0, 0.025))), foot + 1
    return out


def breath(take: Take) -> Wave:
    """Air in, and out again, lower."""
    random, out, at = take.random, canvas(take), 0.05
    while at < take.seconds:
        for long, low, high, loud in ((1.15, 1100, 1900, 0.7), (1.35, 900, 620, 1.0)):
            count = round(long / take.pace * RATE)
            air = swept(white(count, random), np.linspace(low, high, count) / take.size**0.3, 0.55, 0.04)
            air = levelled(air) * np.sin(np.linspace(0, math.pi, count)) ** 1.3
            add(out, air.astype(np.float32), at, 0.3 * loud)
            at += long / take.pace + 0.12
        at += 0.35 / take.pace
    return out


#: Voices are summed at a third of the rate: nothing of a murmur is above 4 kHz.
_COARSE = 3


def crowd(take: Take) -> Wave:
    """Many voices at once, of which no word can be told: vowels come and go over a hum."""
    random, count = take.random, take.count
    out = wide(lambda: tilted(count, random, 0.8, 120, 2500)) * np.float32(0.05)
    few = -(-count // _COARSE)
    rate = RATE / _COARSE
    slow = rate / RATE
    for _ in range(16):
        pitch = float(np.exp(random.uniform(math.log(95), math.log(240))))
        sung = pitch * np.exp(0.14 * drift(few, 2.2 / slow, random))
        angle = 2 * math.pi * np.cumsum(sung) / rate
        first = 520 * np.exp(0.38 * drift(few, 4.5 / slow, random))
        second = 1400 * np.exp(0.32 * drift(few, 4.5 / slow, random))
        sound = np.zeros(few)
        for harmonic in range(1, 13):
            at = harmonic * sung
            weight = 1 / (1 + ((at - first) / 110) ** 2) + 0.5 / (1 + ((at - second) / 170) ** 2)
            sound += weight * np.sin(harmonic * angle) / harmonic**0.3
        talk = np.clip(drift(few, 4.0 / slow, random) + 0.15, 0, 1.2) * np.clip(
            drift(few, 0.5 / slow, random) + 0.5, 0, 1
        )
        voice = np.interp(np.arange(count) / _COARSE, np.arange(few), sound * talk).astype(np.float32)
        far = float(random.uniform(0.15, 1))
        out += panned(voice, random.uniform(-0.95, 0.95)) * np.float32(0.08 * far)
    return out
