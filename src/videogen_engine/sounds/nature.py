"""Weather, water, fire and small animals: beds of moving noise with thousands of grains over them."""

from __future__ import annotations

import math

import numpy as np

from videogen_engine.music.ringing import RATE
from videogen_engine.sounds.shaping import (
    Curve,
    Take,
    Wave,
    add,
    banded,
    bubble,
    canvas,
    decay,
    drift,
    faded,
    glide,
    levelled,
    lowered,
    moments,
    moving,
    panned,
    peaked,
    points,
    swept,
    tilted,
    white,
    wide,
)


def rain(take: Take) -> Wave:
    """A hiss of far drops, near drops one by one, and on a roof or window the taps of what they fall on."""
    random, heavy = take.random, take.force
    out = wide(lambda: tilted(take.count, random, 0.35, 900, 9000 + 2500 * min(heavy, 2))) * np.float32(0.05 * heavy)
    out += wide(lambda: tilted(take.count, random, 0.8, 120, 900)) * np.float32(0.02 * heavy**1.5)
    out *= np.exp(0.12 * drift(take.count, 0.4, random)).astype(np.float32)
    grains = [
        peaked(banded(round(seconds * RATE), low, low * 2.4, random) * decay(round(seconds * RATE), seconds))
        for seconds, low in ((0.004, 2600), (0.006, 1900), (0.003, 3800), (0.008, 1300), (0.005, 5200))
    ]
    for at in moments(take, 130 * heavy):
        loud = 0.03 * float(random.pareto(2.6) + 0.3)
        add(out, panned(grains[random.integers(len(grains))], random.uniform(-0.9, 0.9)), at, min(loud, 0.5))
    hard = take.among("window", "roof", "umbrella", "tin", "car", "tent", "glass")
    for at in moments(take, (26 if hard else 7) * heavy):
        if hard:
            pitch = random.uniform(350, 1100 if not take.among("tin") else 3200)
            tap = banded(700, pitch * 0.8, pitch * 1.5, random) * decay(700, 0.02)
        else:
            tap = bubble(random.uniform(900, 2600), random.uniform(0.012, 0.03))
        add(out, panned(peaked(tap), random.uniform(-0.8, 0.8)), at, 0.1 * float(random.uniform(0.2, 1) ** 2))
    return out


def thunder(take: Take) -> Wave:
    """A crack when it is near, then rumbles that roll: many echoes, each darker than the one before."""
    random, t = take.random, take.seconds
    out = canvas(take)
    length = min(take.count, round(7.5 * RATE))
    shape = np.zeros(length)
    at = np.arange(length) / RATE
    for _ in range(14):
        start = random.uniform(0, 0.62) ** 1.3 * min(t, 6.0)
        shape += (
            random.uniform(0.25, 1)
            * np.exp(-np.maximum(at - start, 0) / random.uniform(0.25, 0.9))
            * (1 / (1 + np.exp(-(at - start) / 0.03)))
        )
    shape *= 10 ** (-1.1 * at / max(2.0, min(t, 7.5)))
    cutoff = 60 + 420 * np.exp(-at / 1.4) * take.force / take.size
    for side in range(2):
        low = lowered(tilted(length, random, 0.75, 24, 6000), cutoff, 1.6)
        grit = lowered(tilted(length, random, 0.4, 90, 3000), cutoff * 4.5, 2.0)
        out[side, :length] += (np.tanh(1.6 * levelled(low) * shape) + 0.28 * levelled(grit) * shape**1.6).astype(
            np.float32
        )
    if not take.among("distant", "far", "rumble", "rolling"):
        for _ in range(9):
            piece = banded(RATE // 3, 500, 7500, random) * decay(RATE // 3, random.uniform(0.05, 0.3), 0.001)
            add(out, panned(piece, random.uniform(-0.5, 0.5)), float(random.uniform(0, 0.22) ** 1.5), 0.3 * take.force)
    return out


def wind(take: Take) -> Wave:
    """Air in gusts: as it rises the noise grows, brightens, and begins to whistle."""
    random = take.random
    gust = np.clip(
        0.55 + 0.4 * drift(take.count, 0.35 * take.pace, random) + 0.1 * drift(take.count, 2.5, random), 0.06, 1.4
    )
    out = canvas(take)
    for side in range(2):
        lag = np.roll(gust, round(side * 0.12 * RATE))
        base = lowered(tilted(take.count, random, 0.45, 60, 8000), 260 + 1700 * lag**2 * take.force, 1.1)
        out[side] = levelled(base) * lag**1.3
        for pitch, loud in ((430, 0.22), (690, 0.13), (1130, 0.05)):
            centre = pitch / take.size * np.exp(0.32 * drift(take.count, 0.5, random) + 0.25 * (lag - 0.6))
            whistle = swept(white(take.count, random), centre, 0.055)
            out[side] += levelled(whistle) * np.maximum(lag - 0.35, 0) ** 1.5 * loud * take.force
    return out.astype(np.float32)


def _burst(since: Curve, at: float, rise: float, fall: float) -> Curve:
    """Up to 1 at ``at`` seconds, and down again."""
    before: Curve = np.exp(-((np.minimum(since - at, 0) / rise) ** 2))
    return before * np.exp(-np.maximum(since - at, 0) / fall)


def waves(take: Take) -> Wave:
    """Swells come in, break, and run out over the sand."""
    random = take.random
    period = take.near(7.0, 0.1) / take.pace
    starts = np.arange(-0.35, take.seconds / period + 1) * period
    starts = starts + random.normal(0, 0.35, len(starts))
    sizes = random.uniform(0.65, 1.15, len(starts))
    out = canvas(take)
    for side in range(2):
        late = side * random.uniform(0.08, 0.2)

        def gain(at: Curve, frequency: Curve, late: float = late) -> Curve:
            total: Curve = 0 * at + 0.035 / (1 + (frequency / 350) ** 1.4)
            for start, size in zip(starts, sizes, strict=True):
                since = at - start - late
                swell = np.exp(-0.5 * ((since - 2.1) / 1.0) ** 2)
                crash, foam = _burst(since, 2.2, 0.5, 1.3), _burst(since, 3.0, 0.7, 1.9)
                total = total + size * 0.5 * swell / (1 + (frequency / 260) ** 2)
                total = total + size * 0.8 * crash / (1 + (frequency / (900 + 2600 * crash)) ** 1.7)
                total = total + (
                    size
                    * 0.16
                    * foam
                    / np.sqrt((1 + (2200 / np.maximum(frequency, 20)) ** 4) * (1 + (frequency / 9000) ** 4))
                )
            return total * take.size**0.3

        out[side] = moving(tilted(take.count, random, 0.3, 40, 14000), gain)
    sparkle = np.exp(0.35 * drift(take.count, 40, random))
    return (out * sparkle).astype(np.float32)


def stream(take: Take) -> Wave:
    """Running water: bubbles of many sizes, singing one over another, over a little rush."""
    random = take.random
    fall = take.among("waterfall", "river", "rapids", "falls")
    out = wide(lambda: tilted(take.count, random, 0.45, 250, 7000)) * np.float32(0.16 if fall else 0.018)
    if fall:
        out += wide(lambda: tilted(take.count, random, 0.8, 60, 500)) * np.float32(0.1 * take.size)
    out *= np.exp(0.15 * drift(take.count, 1.5, random)).astype(np.float32)
    for at in moments(take, 95 * take.pace * take.force):
        pitch = float(np.exp(random.normal(math.log(820 / take.size), 0.45)))
        tone = bubble(
            min(pitch, 4200), float(random.uniform(0.015, 0.075)) * (700 / pitch) ** 0.35, random.uniform(0.03, 0.22)
        )
        add(out, panned(tone, random.uniform(-0.85, 0.85)), at, 0.16 * float(random.uniform(0.1, 1) ** 2.2))
    return out


def bubbles(take: Take) -> Wave:
    """Air rising through water, bubble by bubble."""
    random, out = take.random, canvas(take)
    at = 0.02
    while at < take.seconds:
        for _ in range(int(random.integers(1, 5))):
            pitch = float(random.uniform(220, 900)) / take.size
            add(
                out,
                panned(bubble(pitch, random.uniform(0.05, 0.14), 0.3), random.uniform(-0.6, 0.6)),
                at,
                random.uniform(0.3, 1),
            )
            at += float(random.exponential(0.045)) / take.pace
        at += float(random.exponential(0.16)) / take.pace
    out += wide(lambda: tilted(take.count, random, 0.9, 60, 700)) * np.float32(0.012)
    return out


def drop(take: Take) -> Wave:
    """A drop on still water: the slap, then the bubble it leaves."""
    random, out = take.random, canvas(take)
    slap = banded(300, 1500, 6000, random) * decay(300, 0.006)
    add(out, slap, 0.003, 0.09)
    pitch = take.near(1050, 0.1) / take.size
    add(out, bubble(pitch, 0.1, 0.22), 0.022, 0.9)
    add(out, bubble(pitch * 1.7, 0.04, 0.3), 0.09, 0.18)
    return out


def splash(take: Take) -> Wave:
    """Something falls into water: a slap, a crown of spray, bubbles coming up."""
    random, out = take.random, canvas(take)
    shape = np.minimum(1, np.arange(take.count) / RATE / 0.008) * 10 ** (
        -1.6 * np.arange(take.count) / RATE / (0.55 * take.size)
    )
    cutoff = points(take.count, (0, 5200), (0.15, 3000), (1.2, 900))
    out += (
        np.stack([lowered(tilted(take.count, random, 0.3, 120, 12000), cutoff) * shape for _ in range(2)]).astype(
            np.float32
        )
        * 0.5
    )
    thump = glide(points(take.count, (0, 140 / take.size), (0.15, 60 / take.size))) * decay(take.count, 0.3, 0.004)
    add(out, thump, 0, 0.8)
    for _ in range(70):
        at = 0.08 + float(random.gamma(2.0, 0.16))
        pitch = float(np.exp(random.normal(math.log(750 / take.size), 0.5)))
        add(
            out,
            panned(bubble(min(pitch, 3500), random.uniform(0.02, 0.09)), random.uniform(-0.7, 0.7)),
            at,
            random.uniform(0.03, 0.25),
        )
    return out


def fire(take: Take) -> Wave:
    """A low flutter and a hiss, crackles in bursts, and now and then a pop that throws sparks."""
    random = take.random
    flutter = np.exp(0.4 * drift(take.count, 7, random))
    out = (wide(lambda: tilted(take.count, random, 0.9, 40, 600)) * (0.06 * take.size * flutter)).astype(np.float32)
    out += (wide(lambda: tilted(take.count, random, 0.2, 2500, 11000)) * (0.006 * flutter)).astype(np.float32)
    busy = np.clip(0.7 + 0.8 * drift(take.count, 0.8, random), 0.08, 2.5)
    for at in moments(take, 34 * take.pace):
        if random.uniform(0, 1.6) > busy[min(round(at * RATE), take.count - 1)]:
            continue
        seconds = float(random.uniform(0.0006, 0.006))
        low = float(np.exp(random.normal(math.log(2300), 0.55)))
        grain = peaked(
            banded(round((seconds + 0.003) * RATE), low, min(low * 2.2, 15000), random, 1.0)
            * decay(round((seconds + 0.003) * RATE), seconds + 0.002, 0.0001)
        )
        add(out, panned(grain, random.uniform(-0.6, 0.6)), at, min(0.9, 0.09 * float(random.pareto(1.9) + 0.25)))
    for at in moments(take, 0.8 * take.force):
        pop = glide(points(1600, (0, 420), (0.02, 150))) * decay(1600, 0.03) + 0.7 * banded(
            1600, 900, 6000, random
        ) * decay(1600, 0.012)
        add(out, panned(peaked(pop), random.uniform(-0.5, 0.5)), at, random.uniform(0.25, 0.6))
    return out


def birds(take: Take) -> Wave:
    """A few birds, each with a phrase of its own that it repeats with changes, near and far."""
    random = take.random
    out = wide(lambda: tilted(take.count, random, 0.9, 150, 5000)) * np.float32(0.003)
    for _ in range(max(2, round(4 * min(take.force, 2)))):
        place, far = random.uniform(-0.9, 0.9), random.uniform(0.25, 1)
        middle = float(random.uniform(2400, 5200)) / take.size
        phrase: list[tuple[float, float, float, float, float]] = [
            (
                float(random.uniform(0.05, 0.16)),
                float(random.uniform(0.02, 0.09)),
                float(random.uniform(-0.28, 0.28)),
                float(random.uniform(-0.28, 0.28)),
                float(random.choice([0, 0, 28, 45])),
            )
            for _ in range(int(random.integers(2, 6)))
        ]
        at = float(random.uniform(0, 1.6))
        while at < take.seconds:
            for _ in range(int(random.integers(1, 4))):
                for long, gap, start, end, trill in phrase:
                    count = round(long * RATE)
                    share = np.linspace(0, 1, count)
                    bend = start + (end - start) * share + 0.08 * np.sin(math.pi * share)
                    pitch = middle * np.exp(bend + 0.02 * random.normal())
                    if trill:
                        pitch = pitch * (1 + 0.06 * np.sin(2 * math.pi * trill * share * long))
                    note = (glide(pitch) + 0.12 * glide(2 * pitch)) * faded(count, 0.012, 0.03)
                    add(out, panned(note, place), at, 0.16 * far)
                    at += long + gap
                at += float(random.uniform(0.08, 0.2))
            at += float(random.exponential(1.5)) / take.pace + 0.4
    return out


def crickets(take: Take) -> Wave:
    """Wings drawn over one another in short trains of pulses, by several insects that keep their own time."""
    random = take.random
    out = wide(lambda: tilted(take.count, random, 0.7, 300, 6000)) * np.float32(0.003)
    for _ in range(7):
        pitch, place, loud = random.uniform(4100, 5200), random.uniform(-1, 1), random.uniform(0.12, 1) ** 1.5
        rate, pulses, pulse = (
            random.uniform(1.6, 2.9) * take.pace,
            int(random.integers(3, 6)),
            random.uniform(0.03, 0.042),
        )
        count = round(0.02 * RATE)
        grain = glide(pitch * (1 - 0.02 * np.linspace(0, 1, count))) * np.hanning(count).astype(np.float32)
        at = float(random.uniform(0, 1 / rate))
        while at < take.seconds:
            for index in range(pulses):
                add(out, panned(grain, place), at + index * pulse, 0.1 * loud * (0.6 + 0.4 * index / pulses))
            at += 1 / rate * random.uniform(0.96, 1.05)
    return out


def bee(take: Take) -> Wave:
    """Wings at two hundred strokes a second that circle the head."""
    random = take.random
    pitch = (
        205
        / take.size
        * np.exp(0.07 * drift(take.count, 2.5 * take.pace, random) + 0.015 * drift(take.count, 25, random))
    )
    place = 0.85 * np.sin(2 * math.pi * 0.45 * take.pace * np.arange(take.count) / RATE + random.uniform(0, 6))
    near = 0.55 + 0.4 * np.cos(2 * math.pi * 0.31 * take.pace * np.arange(take.count) / RATE)
    angle = 2 * math.pi * np.cumsum(pitch) / RATE
    sound = sum(np.sin(k * angle + k * k) / k**0.9 * math.exp(-(((k - 3) / 9) ** 2)) for k in range(1, 22))
    sound = sound * (1 + 0.25 * np.sin(angle / 2)) * near
    side = (place + 1) * math.pi / 4
    return np.stack([sound * np.cos(side), sound * np.sin(side)]).astype(np.float32)
