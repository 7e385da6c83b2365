"""Signals of clocks, doors, screens and games: tuned bars and bells, and a few oscillators."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from videogen_engine.music.ringing import RATE
from videogen_engine.sounds.shaping import (
    Curve,
    Take,
    Wave,
    add,
    band,
    banded,
    body,
    canvas,
    decay,
    drift,
    faded,
    filtered,
    glide,
    levelled,
    panned,
    points,
    saw,
    times,
    white,
    wide,
)


def _hertz(note: float) -> float:
    """Of a MIDI note number."""
    return 440.0 * 2 ** ((note - 69) / 12)


def _bar(pitch: float, seconds: float, random: np.random.Generator) -> Wave:
    """A tuned bar of metal or wood under a soft mallet."""
    count = round(seconds * RATE)
    tone = body(
        count,
        [pitch, pitch * 2.0, pitch * 3.93, pitch * 9.2],
        [1, 0.16, 0.3, 0.06],
        [seconds, seconds * 0.6, seconds * 0.35, seconds * 0.12],
        random,
    )
    return tone * faded(count, 0.0015, 0.05)


def _tune(take: Take, notes: Sequence[tuple[float, float]], seconds: float) -> Wave:
    """(when, MIDI note) as tuned bars; a larger size is lower."""
    out = canvas(take)
    down = 12 * math.log2(take.size) * 0.7
    for index, (at, note) in enumerate(notes):
        place = 0.25 * math.sin(index * 2.1)
        add(out, panned(_bar(_hertz(note - down), seconds, take.random), place), at / take.pace, 0.7)
    return out


def chime(take: Take) -> Wave:
    """The small call of a message: two or three bars, rising."""
    shapes = (
        ((0.0, 79), (0.13, 84)),
        ((0.0, 76), (0.11, 83)),
        ((0.0, 81), (0.1, 85), (0.2, 88)),
        ((0.0, 84), (0.14, 79)),
    )
    return _tune(take, shapes[int(take.random.integers(len(shapes)))], 1.1)


def ding(take: Take) -> Wave:
    """One bar, once."""
    return _tune(take, ((0.0, 88 + int(take.random.integers(-2, 3))),), 1.4)


def success(take: Take) -> Wave:
    """A chord climbs to its octave."""
    root = 72 + int(take.random.integers(-3, 4))
    return _tune(take, ((0, root), (0.09, root + 4), (0.18, root + 7), (0.27, root + 12)), 1.2)


def failure(take: Take) -> Wave:
    """Two dull tones that fall."""
    out, random = canvas(take), take.random
    for at, note in ((0.0, 58), (0.17, 53)):
        count = round(0.3 * RATE)
        pitch = np.full(count, _hertz(note + float(random.integers(-1, 2))) / take.size**0.5)
        tone = filtered(saw(pitch, 20) + 0.7 * saw(pitch * 1.007, 20), band(90, 1500, 1.5))
        add(out, levelled(tone) * faded(count, 0.006, 0.12), at / take.pace, 0.4)
    return out


def buzzer(take: Take) -> Wave:
    """A quiz says no."""
    count = take.count
    pitch = np.full(count, 116.0 / take.size**0.5)
    tone = saw(pitch, 34) + saw(pitch * 1.498, 26) + 0.4 * saw(pitch * 2.01, 20)
    tone = levelled(filtered(tone, lambda at: band(100, 3200, 1.5)(at))) * faded(count, 0.008, 0.05)
    return np.stack([tone, np.roll(tone, 29)])


def beep(take: Take) -> Wave:
    """A plain tone of an instrument, with soft ends. Several when the prompt counts down."""
    out = canvas(take)
    pitch = take.near(980, 0.05) / take.size
    several = take.among("countdown", "beeps", "heart", "monitor", "beeping", "sonar")
    at, index = 0.01, 0
    while at < take.seconds:
        count = round(0.16 * RATE)
        tone = (glide(np.full(count, pitch)) + 0.12 * glide(np.full(count, 2 * pitch))) * faded(count, 0.006, 0.03)
        add(out, tone, at, 0.6)
        if not several:
            break
        at, index = at + 1.0 / take.pace, index + 1
    return out


def sonar(take: Take) -> Wave:
    """A ping goes out, and comes back from afar."""
    out, at = canvas(take), 0.05
    while at < take.seconds:
        count = round(2.4 * RATE)
        ping = (glide(points(count, (0, 1010), (0.4, 985), (2.4, 980)) / take.size)) * decay(count, 1.9, 0.006)
        for later, loud, place in ((0, 0.7, 0.0), (0.62, 0.16, 0.6), (1.05, 0.07, -0.6)):
            add(out, panned(ping, place), at + later, loud)
        at += 3.2 / take.pace
    return out


def click(take: Take) -> Wave:
    """A mouse button or a tap on a screen: short, dry, with a little body."""
    random, out = take.random, canvas(take)
    for at, loud in ((0.002, 1.0), (0.075, 0.45)) if take.among("mouse", "double") else ((0.002, 1.0),):
        hit = body(
            2400,
            [take.near(p, 0.04) / take.size for p in (1150, 2350, 4100)],
            [0.6, 1, 0.5],
            [0.012, 0.009, 0.006],
            random,
        )
        add(out, hit + 0.15 * banded(2400, 2500, 10000, random) * decay(2400, 0.003, 0.0001), at, loud)
    return out


def pop(take: Take) -> Wave:
    """A cork or a bubble of an interface: a hollow opens, its pitch leaps up."""
    random, out = take.random, canvas(take)
    count = round(0.09 * RATE)
    low = take.near(310, 0.1) / take.size
    tone = glide(low * (1 + 2.4 * np.linspace(0, 1, count) ** 1.6)) * decay(count, 0.075, 0.0015)
    add(out, tone, 0.004, 0.9)
    if take.among("cork", "bottle", "champagne"):
        add(out, levelled(banded(4800, 500, 5000, random)) * decay(4800, 0.03, 0.0004), 0.0, 0.5)
        fizz = levelled(banded(take.count, 4500, 12000, random)) * decay(take.count, 1.6, 0.15)
        add(out, fizz, 0.06, 0.05)
    else:
        add(out, banded(500, 1500, 7000, random) * decay(500, 0.004), 0.0, 0.12)
    return out


def bell(take: Take) -> Wave:
    """A cast bell by its partials: hum, prime, tierce, quint, nominal and those above, each a beating pair."""
    random, count = take.random, take.count
    church = take.among("church", "cathedral", "tower", "temple") or take.size > 1.2
    prime = take.near(262 if church else 1180, 0.05) / take.size**0.7
    ratios = (0.5, 1.0, 1.19, 1.5, 2.0, 2.51, 2.66, 3.01, 4.17, 5.43, 6.8)
    loud = (0.55, 0.7, 0.75, 0.35, 1.0, 0.4, 0.45, 0.4, 0.35, 0.22, 0.14)
    long = (
        (9.0, 5.5, 4.6, 3.0, 3.2, 1.7, 1.6, 1.3, 0.9, 0.6, 0.4)
        if church
        else (2.6, 3.2, 2.2, 1.6, 2.0, 1.0, 0.9, 0.8, 0.5, 0.3, 0.2)
    )
    out = canvas(take)
    for place, beat in ((-0.45, -0.35), (0.45, 0.35)):
        out += panned(body(count, [prime * r + beat for r in ratios], loud, long, random), place)
    add(out, levelled(banded(1600, 900, 7000, random)) * decay(1600, 0.02), 0, 0.25 * take.force)
    return out


def doorbell(take: Take) -> Wave:
    """Ding, dong."""
    return _tune(take, ((0.0, 76), (0.55, 72)), 1.9)


def jingle(take: Take) -> Wave:
    """Sleigh bells, shaken."""
    random, out, at = take.random, canvas(take), 0.02
    while at < take.seconds:
        for _ in range(16):
            pitch = float(random.uniform(4200, 8800)) / take.size
            small = body(7200, [pitch, pitch * 1.34, pitch * 1.82], [1, 0.6, 0.35], [0.16, 0.11, 0.07], random)
            add(
                out,
                panned(small, random.uniform(-0.6, 0.6)),
                at + abs(float(random.normal(0, 0.018))),
                0.1 * float(random.uniform(0.3, 1)),
            )
        at += 0.27 / take.pace
    return out


def sparkle(take: Take) -> Wave:
    """Magic: tiny bells run upwards and scatter."""
    random, out = take.random, canvas(take)
    scale = (0, 2, 4, 7, 9)
    steps = round(26 * min(2.0, take.seconds / 1.6))
    for index in range(steps):
        at = (index / steps) ** 0.9 * max(0.3, take.seconds - 0.9) + abs(float(random.normal(0, 0.012)))
        degree = index * 22 // steps + int(random.integers(-2, 3))
        note = 79 + 12 * (degree // 5) + scale[degree % 5]
        tone = _bar(min(_hertz(note) / take.size**0.5, 9000), float(random.uniform(0.4, 0.9)), random)
        add(out, panned(tone, random.uniform(-0.8, 0.8)), at, 0.3 * float(random.uniform(0.4, 1)))
    air = levelled(banded(take.count, 6500, 14000, random)) * np.sin(np.linspace(0, math.pi, take.count)) ** 2
    return out + np.stack([air, np.roll(air, 480)]).astype(np.float32) * np.float32(0.012)


def _pulse(pitch: Curve, width: float = 0.5) -> Wave:
    """The square of an old console, without the harmonics that would alias."""
    angle = 2 * math.pi * np.cumsum(pitch) / RATE
    top = max(1, min(40, int(15_000 / float(pitch.max()))))
    out = np.zeros(len(pitch))
    for k in range(1, top + 1):
        out += 2 / (k * math.pi) * math.sin(math.pi * k * width) * np.cos(k * angle)
    return (out * 0.8).astype(np.float32)


def coin(take: Take) -> Wave:
    """A game's coin: a fourth up, and the second tone rings. A real one, when it drops or spins."""
    random = take.random
    if take.among("drop", "dropping", "real", "metal", "falling", "spinning", "table", "coins", "flip"):
        out, at, gap = canvas(take), 0.02, 0.24
        base = take.near(3900, 0.08) / take.size
        while gap > 0.012 and at < take.seconds:
            ring = body(
                RATE // 2,
                [base, base * 1.48, base * 2.06, base * 2.87],
                [1, 0.8, 0.5, 0.3],
                [0.42, 0.3, 0.2, 0.12],
                random,
            )
            add(out, panned(ring, 0.2 * random.normal()), at, 0.6 * gap / 0.24 * float(random.uniform(0.8, 1)) + 0.06)
            at, gap = at + gap, gap * 0.72
        return out
    first, second = _hertz(83), _hertz(88)
    count = round(0.62 * RATE)
    t = times(count)
    tone = _pulse(np.where(t < 0.075, first, second) / take.size) * np.where(
        t < 0.075, 0.8, np.exp(-np.maximum(t - 0.075, 0) / 0.17)
    )
    out = canvas(take)
    add(out, tone.astype(np.float32) * faded(count, 0.002, 0.05), 0.0, 0.5)
    return out


def jump(take: Take) -> Wave:
    """A game's figure leaps."""
    count = round(0.32 * RATE)
    t = times(count)
    out = canvas(take)
    add(
        out,
        _pulse((190 + 620 * (t / 0.32) ** 0.7) * take.near(1, 0.06) / take.size, 0.3) * faded(count, 0.003, 0.12),
        0,
        0.5,
    )
    return out


def power_up(take: Take) -> Wave:
    """A game gives strength: arpeggios climb."""
    out, root = canvas(take), 60 + int(take.random.integers(0, 5))
    for index in range(12):
        note = root + 12 * (index // 4) + (0, 4, 7, 11)[index % 4]
        count = round(0.085 * RATE)
        add(
            out,
            _pulse(np.full(count, _hertz(note) / take.size), 0.35) * faded(count, 0.003, 0.03),
            index * 0.062 / take.pace,
            0.4,
        )
    return out


def game_over(take: Take) -> Wave:
    """A game ends: tones step down and sag."""
    out = canvas(take)
    for index, note in enumerate((67, 64, 60, 55)):
        count = round((0.2 if index < 3 else 0.75) * RATE)
        bend = np.linspace(1, 0.97 if index < 3 else 0.8, count)
        add(out, _pulse(_hertz(note) * bend / take.size) * faded(count, 0.004, 0.08), index * 0.21 / take.pace, 0.45)
    return out


def laser(take: Take) -> Wave:
    """A ray gun: a tone that falls three octaves in a tenth of a second."""
    random, count = take.random, round(0.42 * RATE)
    t = times(count)
    top, bottom = take.near(3300, 0.12) / take.size, 210 / take.size
    pitch = bottom + (top - bottom) * np.exp(-t / 0.065)
    tone = saw(pitch, 12) * 0.7 + glide(pitch * 1.5) * 0.3
    out = canvas(take)
    add(out, panned(tone * decay(count, 0.36, 0.002), -0.15), 0, 0.7)
    add(out, panned(glide(pitch * 0.995) * decay(count, 0.3, 0.002), 0.3), 0.012, 0.4)
    add(out, banded(900, 2000, 12000, random) * decay(900, 0.01), 0, 0.12)
    return out


def glitch(take: Take) -> Wave:
    """Digital faults: short pieces of tones and noise, held, crushed and repeated."""
    random, out, at = take.random, canvas(take), 0.0
    while at < take.seconds:
        count = max(240, round(float(random.choice([0.02, 0.04, 0.06, 0.09])) / take.pace * RATE))
        kind = int(random.integers(4 if at else 3))
        if kind == 0:
            piece = _pulse(
                np.full(count, float(np.exp(random.uniform(math.log(90), math.log(2400))))),
                float(random.uniform(0.1, 0.5)),
            )
        elif kind == 1:
            hold = int(random.integers(3, 16))
            piece = np.repeat(white(count // hold + 1, random), hold)[:count] * 0.4
            piece = filtered(piece.astype(np.float32), band(60, 13000, 1))
        elif kind == 2:
            piece = glide(np.linspace(random.uniform(300, 4000), random.uniform(60, 900), count))
        else:
            piece = np.zeros(count, np.float32)
        piece = piece * faded(count, 0.001, 0.001)
        for repeat in range(int(random.integers(1, 5))):
            add(out, panned(piece, random.uniform(-0.8, 0.8)), at + repeat * count / RATE, 0.45)
        at += count / RATE * int(random.integers(1, 4))
    return out


def static(take: Take) -> Wave:
    """A radio or television between stations."""
    random, count = take.random, take.count
    out = wide(lambda: filtered(white(count, random), band(300, 7500, 1.5))) * np.float32(0.4)
    out *= np.exp(0.2 * drift(count, 6, random)).astype(np.float32)
    for _ in range(round(9 * take.seconds)):
        crack = banded(400, 800, 8000, random) * decay(400, 0.004, 0.0001)
        add(
            out,
            panned(crack, random.uniform(-0.4, 0.4)),
            float(random.uniform(0, take.seconds)),
            float(random.uniform(0.3, 1.2)),
        )
    if take.among("radio", "tuning"):
        whistle = glide(900 * np.exp(0.9 * drift(count, 0.7, random)))
        out += whistle * np.clip(drift(count, 0.5, random), 0, 1).astype(np.float32) * np.float32(0.12)
    return out


def spark(take: Take) -> Wave:
    """Electric arcs: bursts of a hundred discharges a second."""
    random, out, at = take.random, canvas(take), 0.02
    while at < take.seconds:
        end, place = at + float(random.uniform(0.05, 0.35)), random.uniform(-0.5, 0.5)
        while at < min(end, take.seconds):
            crack = banded(420, 1300, 14000, random, 1.0) * decay(420, 0.005, 0.0001)
            add(out, panned(crack, place), at, float(random.uniform(0.2, 1)))
            at += (0.01 if random.uniform() < 0.7 else 0.005) * float(np.exp(random.normal(0, 0.04)))
        at += float(random.exponential(0.22)) / take.pace
    hum = saw(np.full(take.count, 100.0), 30) * np.clip(drift(take.count, 5, random), 0, 1).astype(np.float32)
    return out + 0.1 * filtered(hum, band(90, 5000, 1.5))
