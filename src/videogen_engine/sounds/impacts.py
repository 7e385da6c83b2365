"""Things that are struck, dropped, broken or blown up: contact noise, ringing bodies, falling pieces."""

from __future__ import annotations

import math

import numpy as np

from videogen_engine.music.drums import drum as kit_drum
from videogen_engine.music.ringing import RATE
from videogen_engine.sounds.shaping import (
    Take,
    Wave,
    add,
    banded,
    body,
    canvas,
    decay,
    driven,
    faded,
    glide,
    levelled,
    lowered,
    panned,
    peaked,
    points,
    swept,
    tilted,
    times,
    white,
    wide,
)


def explosion(take: Take) -> Wave:
    """A crack, a boom that sinks, fire that darkens, and pieces coming down."""
    random, count, size = take.random, take.count, take.size
    out = canvas(take)
    t = times(count)
    cutoff = 110 / size + 5200 * take.force * np.exp(-t / (0.22 * size))
    for side in range(2):
        fire = lowered(tilted(count, random, 0.5, 30, 14000), cutoff, 1.5)
        out[side] += 2.2 * levelled(fire) * 10 ** (-3 * t / (2.8 * size)) * np.minimum(1, t / 0.004)
        rumble = lowered(tilted(count, random, 0.9, 24, 400), np.full(count, 130.0))
        out[side] += 0.9 * levelled(rumble) * 10 ** (-3 * t / (4.5 * size)) * np.minimum(1, t / 0.05)
    boom = glide((26 + 95 * np.exp(-t / 0.11)) / size) * decay(count, 1.9 * size, 0.003)
    out += driven(boom * 1.5, 2.0) * 1.6
    add(out, banded(2400, 300, 14000, random) * decay(2400, 0.03, 0.0002), 0, 1.3)
    for _ in range(60):
        at = 0.25 + float(random.gamma(2.2, 0.42 * size))
        low = float(np.exp(random.normal(math.log(1300), 0.7)))
        bit = peaked(banded(1200, low, low * 2, random) * decay(1200, random.uniform(0.006, 0.03)))
        add(
            out,
            panned(bit, random.uniform(-0.9, 0.9)),
            at,
            0.28 * float(random.uniform(0.1, 1) ** 2) * math.exp(-at / 1.8),
        )
    return driven(peaked(out), 2.4)


def gunshot(take: Take) -> Wave:
    """A blast of a few milliseconds, and its echoes."""
    random, count = take.random, take.count
    out = canvas(take)
    shot = banded(count, 120, 9000, random, 1.0) * decay(count, 0.16 * take.size, 0.0002)
    out += shot * 1.6
    out += glide(points(count, (0, 190), (0.05, 70 / take.size))) * decay(count, 0.2, 0.001) * 1.2
    for _ in range(7):
        at = float(random.uniform(0.06, 0.6))
        echo = lowered(banded(RATE // 2, 150, 4000, random), np.full(RATE // 2, 2600 * math.exp(-at * 2)))
        add(
            out,
            panned(levelled(echo) * decay(RATE // 2, 0.35, 0.006), random.uniform(-0.9, 0.9)),
            at,
            0.22 * math.exp(-at * 3.2),
        )
    return driven(peaked(out), 3.0)


def boom(take: Take) -> Wave:
    """The deep hit of a trailer: a knock, a sinking sub, air moved in a large hall."""
    random, count = take.random, take.count
    t = times(count)
    out = canvas(take)
    sub = glide((36 + 60 * np.exp(-t / 0.09)) / take.size**0.4) * decay(count, 2.6 * take.size, 0.002)
    out += driven(
        1.3 * sub + 0.35 * glide((72 + 110 * np.exp(-t / 0.06)) / take.size**0.4) * decay(count, 1.1, 0.002), 1.8
    )
    out += (
        wide(lambda: lowered(tilted(count, random, 0.6, 50, 6000), 140 + 2600 * np.exp(-t / 0.05)))
        * decay(count, 1.5, 0.001)
        * 0.6
    )
    add(out, levelled(banded(1800, 300, 3500, random)) * decay(1800, 0.03), 0, 0.35 * take.force)
    return out


def thud(take: Take) -> Wave:
    """Something heavy lands on a floor."""
    random, count, size = take.random, take.count, take.size
    out = canvas(take)
    out += body(
        count,
        [62 / size, 97 / size, 151 / size, 233 / size, 410 / size],
        [1, 0.8, 0.5, 0.28, 0.12],
        [0.4, 0.3, 0.2, 0.13, 0.07],
        random,
    )
    out += 0.5 * banded(count, 60, 1400 * take.force, random) * decay(count, 0.09, 0.001)
    add(out, out[:, : RATE // 4].copy(), take.near(0.12, 0.1), 0.16)
    return out


def punch(take: Take) -> Wave:
    """A fist: cloth, flesh and a body behind it."""
    random, count = take.random, take.count
    out = canvas(take)
    air = swept(white(count, random), points(count, (0, 500), (0.09, 1700), (0.12, 700)), 0.6) * points(
        count, (0, 0), (0.085, 1), (0.11, 0)
    )
    out += 0.18 * (air / max(1e-6, float(np.abs(air).max()))).astype(np.float32)
    hit = glide(points(count, (0, 165), (0.05, 62 / take.size))) * decay(count, 0.17, 0.001)
    hit += 0.55 * banded(count, 250, 2600 * take.force, random) * decay(count, 0.055, 0.0006)
    add(out, driven(hit, 2.2), 0.1)
    return out


_WOOD = ((88, 1.0, 0.16), (187, 0.9, 0.12), (311, 0.65, 0.1), (523, 0.42, 0.07), (880, 0.24, 0.05), (1460, 0.1, 0.03))


def _wood(count: int, size: float, random: np.random.Generator, scale: float = 1.0) -> Wave:
    jitter = np.exp(random.normal(0, 0.03, len(_WOOD)))
    return body(
        count,
        [frequency * scale / size * float(jitter[index]) for index, (frequency, _, _) in enumerate(_WOOD)],
        [loud for _, loud, _ in _WOOD],
        [seconds * size * 2 for _, _, seconds in _WOOD],
        random,
    )


def knock(take: Take) -> Wave:
    """Knuckles on a door: three or four knocks, none like the other."""
    random, out = take.random, canvas(take)
    at = 0.02
    for index in range(3 if random.uniform() < 0.6 else 4):
        count = RATE // 2
        hit = _wood(count, take.size, random) + 0.35 * banded(count, 500, 3800, random) * decay(count, 0.012, 0.0004)
        add(out, panned(hit, 0.05 * random.normal()), at, (0.85, 1.0, 0.9, 0.75)[index] * take.force)
        at += take.near(0.21, 0.07) / take.pace
    return out


def door(take: Take) -> Wave:
    """A door falls shut: the frame booms, the latch snaps."""
    random, out = take.random, canvas(take)
    if take.among("creak", "creaking", "creaky", "squeaky", "squeak", "open", "opens", "opening"):
        return _creak(take)
    count = RATE
    slam = _wood(count, 1.4 * take.size, random, 0.8) + 0.7 * banded(count, 60, 1300, random) * decay(
        count, 0.12, 0.001
    )
    add(out, slam, 0.05, take.force)
    add(
        out,
        body(9600, [2140, 3380, 4710], [1, 0.6, 0.4], [0.05, 0.04, 0.03], random)
        + 0.5 * banded(9600, 1800, 7000, random) * decay(9600, 0.01),
        0.03,
        0.22,
    )
    add(out, body(9600, [1720, 2910], [1, 0.6], [0.04, 0.03], random), 0.16, 0.12)
    return out


def _creak(take: Take) -> Wave:
    """Stick and slip: a hinge lets go tens of times a second, faster and slower, in a wooden board."""
    random, out = take.random, canvas(take)
    at, end = 0.05, min(take.seconds - 0.1, 2.2)
    rate = 26.0
    while at < end:
        share = at / end
        rate = (24 + 85 * math.sin(math.pi * share) ** 1.5) * take.pace * float(np.exp(random.normal(0, 0.05)))
        count = 2600
        slip = body(
            count,
            [430 / take.size, 905, 1490, 2320, 3350],
            [0.6, 1, 0.8, 0.4, 0.2],
            [0.05, 0.045, 0.035, 0.025, 0.02],
            random,
        )
        add(out, slip, at, (0.35 + 0.65 * math.sin(math.pi * share)) * float(random.uniform(0.6, 1)))
        at += 1 / rate
    return out


def glass(take: Take) -> Wave:
    """A pane breaks: a crack, then shards that ring and bounce."""
    random, out = take.random, canvas(take)
    add(out, banded(4800, 1400, 15000, random, 1.0) * decay(4800, 0.06, 0.0002), 0, 0.8)
    add(out, body(9600, [640, 1010, 1530], [1, 0.7, 0.5], [0.06, 0.05, 0.04], random), 0, 0.35 * take.size)
    for _ in range(round(110 * min(2.0, take.size))):
        at = float(random.gamma(1.5, 0.16 * take.size))
        pitch = float(np.exp(random.normal(math.log(4800 / take.size**0.4), 0.42)))
        ratios = (1, 1.58, 2.24, 2.92)
        seconds = float(random.uniform(0.05, 0.32))
        shard = body(
            round(seconds * RATE),
            [min(pitch * ratio, 15000) for ratio in ratios],
            [1, 0.7, 0.45, 0.3],
            [seconds, seconds * 0.7, seconds * 0.5, seconds * 0.4],
            random,
        )
        place, loud = random.uniform(-0.85, 0.85), 0.3 * float(random.uniform(0.1, 1) ** 1.7) * math.exp(-at * 1.1)
        for bounce in range(int(random.integers(1, 4))):
            add(out, panned(shard, place), at + 0.09 * bounce / (1 + 0.4 * bounce), loud * 0.5**bounce)
    return out


def clink(take: Take) -> Wave:
    """Two glasses touch."""
    random, out = take.random, canvas(take)
    for at, tune, place in ((0.0, 1.0, -0.25), (0.004, 1.13, 0.25)):
        base = take.near(2050, 0.06) * tune / take.size
        ring = body(
            take.count, [base, base * 2.32, base * 4.25, base * 5.4], [1, 0.55, 0.3, 0.16], [1.6, 0.9, 0.5, 0.3], random
        )
        add(out, panned(ring, place), at, 0.6)
    add(out, banded(480, 4000, 14000, random) * decay(480, 0.004), 0, 0.2)
    return out


def metal(take: Take) -> Wave:
    """A bar, a pipe or an anvil: inharmonic, and long."""
    random, count = take.random, take.count
    long = 0.5 if take.among("anvil", "hammer") else 1.0
    base = take.near(410, 0.12) / take.size
    ratios = (1, 1.51, 2.76, 3.31, 4.18, 5.4, 6.77, 8.93, 11.2)
    out = canvas(take)
    for place in (-0.4, 0.4):
        jitter = np.exp(random.normal(0, 0.012, len(ratios)))
        out += panned(
            body(
                count,
                [min(base * r * float(j), 15000) for r, j in zip(ratios, jitter, strict=True)],
                [0.5, 0.8, 1, 0.7, 0.8, 0.6, 0.5, 0.35, 0.25],
                [2.4 * long / (1 + 0.22 * k) for k in range(len(ratios))],
                random,
            ),
            place,
        )
    add(out, banded(1400, 1500, 12000, random) * decay(1400, 0.015, 0.0002), 0, 0.8 * take.force)
    return out


def gong(take: Take) -> Wave:
    """A tam-tam: a soft stroke, out of which the shimmer blooms."""
    random, count = take.random, take.count
    out = canvas(take)
    t = times(count)
    for place in (-0.5, 0.5):
        low = body(
            count,
            [78 / take.size * r for r in (1, 1.63, 2.11, 2.84, 3.37)],
            [1, 0.7, 0.6, 0.45, 0.4],
            [7, 6, 5.5, 5, 4],
            random,
        )
        frequencies = np.sort(random.uniform(400, 4200, 60)) / take.size**0.3
        shimmer = body(
            count, list(frequencies), list(random.uniform(0.2, 1, 60)), list(random.uniform(2, 4.5, 60)), random
        )
        bloom = (1 - np.exp(-t / 0.35)) * np.exp(-t / 2.2)
        out += panned((low + 0.5 * shimmer * bloom).astype(np.float32), place)
    return out


def sword(take: Take) -> Wave:
    """A blade drawn: a scrape that rises, and the ring it leaves."""
    random, count = take.random, take.count
    scrape = swept(white(count, random), points(count, (0, 2600), (0.28, 7800), (0.5, 8800)), 0.35)
    scrape = levelled(scrape) * points(count, (0, 0), (0.05, 0.5), (0.26, 1), (0.34, 0))
    out = np.stack([scrape, scrape]).astype(np.float32) * np.float32(0.35)
    pitches = [2870, 3640, 4520, 5390, 6810, 8240]
    for place in (-0.4, 0.4):
        ring = body(
            count,
            [take.near(p, 0.01) / take.size**0.5 for p in pitches],
            [0.7, 1, 0.9, 0.6, 0.5, 0.3],
            [1.8, 1.6, 1.3, 1.1, 0.8, 0.6],
            random,
        )
        add(out, panned(ring, place), 0.22, 0.35)
    return out


def drum(take: Take) -> Wave:
    """A drum or cymbal of the composer's kits; a roll when the prompt says so."""
    names = {
        "kick": "kick",
        "bass": "kick",
        "snare": "snare",
        "tom": "tom",
        "cymbal": "cymbal",
        "crash": "cymbal",
        "taiko": "taiko",
        "hat": "hat",
        "hihat": "hat",
        "shaker": "shaker",
        "rimshot": "rim",
        "timpani": "taiko",
    }
    name = next(
        (names[word] for word in sorted(take.words) if word in names),
        "taiko" if take.size > 1.2 else "snare" if take.among("roll", "drumroll") else "tom",
    )
    kit = "electronic kit" if take.among("electronic", "808") else "orchestra" if name == "taiko" else "acoustic kit"
    out = canvas(take)
    hit = kit_drum(kit, name, take.random)
    if take.among("roll", "drumroll"):
        at, end = 0.0, max(0.3, take.seconds - 0.5)
        while at < end:
            add(out, hit, at, (0.25 + 0.55 * (at / end) ** 1.5) * float(take.random.uniform(0.85, 1)))
            at += take.near(0.045, 0.05) / take.pace
        add(out, hit, end + 0.01, 1.3)
        return out
    add(out, hit, 0.0)
    return out


def clap(take: Take) -> Wave:
    """Two hands, once."""
    random, out = take.random, canvas(take)
    for at, loud in ((0.0, 0.6), (0.009, 0.7), (0.02, 1.0)):
        add(
            out,
            levelled(banded(9600, 800, 2700, random)) * decay(9600, 0.12 if loud == 1 else 0.02, 0.0004),
            at,
            0.5 * loud,
        )
    return out


def snap(take: Take) -> Wave:
    """Finger and thumb."""
    random, out = take.random, canvas(take)
    add(
        out,
        body(4800, [take.near(1850, 0.05) / take.size, 2740, 4100], [1, 0.5, 0.25], [0.05, 0.03, 0.02], random),
        0.018,
    )
    add(out, banded(700, 1200, 7000, random) * decay(700, 0.008), 0.017, 0.25)
    add(out, banded(900, 1500, 5000, random) * faded(900, 0.008, 0.006), 0.0, 0.05)
    return out


def fireworks(take: Take) -> Wave:
    """A rocket whistles up, bursts, and its stars crackle."""
    random, out = take.random, canvas(take)
    at = 0.0
    while at < max(0.1, take.seconds - 1.2):
        place = float(random.uniform(-0.7, 0.7))
        count = round(0.9 * RATE)
        whistle = swept(white(count, random), points(count, (0, 900), (0.9, 2900 * take.near(1, 0.1))), 0.08)
        add(out, panned(levelled(whistle) * faded(count, 0.1, 0.15), place * 0.5), at, 0.06)
        burst = at + 0.95
        blast = lowered(tilted(RATE, random, 0.6, 40, 9000), 90 + 2600 * np.exp(-times(RATE) / 0.06))
        add(out, panned(driven(levelled(blast) * decay(RATE, 0.9, 0.002), 1.8), place), burst, 0.8)
        for _ in range(70):
            later = burst + 0.35 + float(random.gamma(2, 0.3))
            spark = banded(260, 2200, 9000, random, 1.0) * decay(260, 0.004, 0.0001)
            add(out, panned(peaked(spark), place + random.normal(0, 0.25)), later, 0.13 * float(random.uniform(0.1, 1)))
        at += take.near(1.6, 0.25) / take.pace
    return out
