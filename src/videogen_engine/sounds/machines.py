"""Machines, tools and what people do with their hands: pulses through pipes and cases, clicks with bodies."""

from __future__ import annotations

import math

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
    driven,
    faded,
    filtered,
    glide,
    levelled,
    lowered,
    panned,
    peaked,
    saw,
    swept,
    tilted,
    times,
    travelling,
    white,
    wide,
)


def _firing(rate: Curve, uneven: float, random: np.random.Generator) -> Wave:
    """A pulse at every explosion in a cylinder, none quite like the other."""
    angle = np.cumsum(rate) / RATE
    strokes = np.floor(angle).astype(int)
    loud = 1 + uneven * random.standard_normal(int(strokes[-1]) + 2)
    loud *= 1 + 0.22 * np.sin(np.arange(len(loud)) * math.pi / 2)
    share = angle - strokes
    return ((np.exp(-share * 9) - np.exp(-share * 38)) * loud[strokes]).astype(np.float32)


def engine(take: Take) -> Wave:
    """A motor: idling, revving up, or driving past."""
    random, count = take.random, take.count
    idle = 27.0 * take.pace / take.size**0.6 * (1.7 if take.among("motorcycle", "motorbike", "scooter") else 1.0)
    rate = idle * np.exp(0.02 * drift(count, 3, random))
    if take.among("rev", "revving", "accelerating", "racing", "race", "accelerate", "start", "starting"):
        t = times(count)
        rate = rate * (
            1 + 2.6 * np.clip(np.sin(math.pi * np.minimum(1, t / max(1.2, take.seconds * 0.85))), 0, 1) ** 1.4
        )
    passing = take.among("passing", "pass", "by", "past", "driving", "drive")
    if passing:
        rate = rate * 2.2
    offset = (times(count) - take.seconds / 2) * 16
    distance = np.sqrt(offset**2 + 25)
    if passing:
        rate = rate / (1 + 16 * offset / distance / 343)
    pulses = _firing(rate, 0.14, random)
    exhaust = filtered(
        pulses, lambda at: band(28, 260, 1.5)(at) + 0.5 * band(300, 520, 2)(at) + 0.18 * band(850, 1500, 2)(at)
    )
    load = (rate / rate.min()) ** 0.7
    rattle = filtered(white(count, random), band(1200, 6000)) * (0.25 + pulses) * load
    sound = levelled(filtered(driven(levelled(exhaust) * 0.8, 1.6), band(24, 9000, 1.5))) + 0.1 * levelled(rattle)
    sound = sound + 0.22 * levelled(tilted(count, random, 0.8, 50, 900))
    if passing:
        loud = (5 / distance) ** 0.9
        sound = (
            lowered(sound, 700 + 6000 * loud) * loud
            + 0.35 * levelled(tilted(count, random, 0.4, 300, 6000)) * loud**1.5
        )
        return travelling(sound.astype(np.float32), offset / distance * 0.9)
    return np.stack([sound, np.roll(sound, 23)]).astype(np.float32)


def helicopter(take: Take) -> Wave:
    """Blades chop the air eleven times a second, over a turbine's whine."""
    random, count = take.random, take.count
    rate = 11.0 * take.pace / take.size**0.4
    share = (np.cumsum(np.full(count, rate) * np.exp(0.01 * drift(count, 1, random))) / RATE) % 1
    chop = np.exp(-share * 6) - np.exp(-share * 30)
    out = canvas(take)
    for side in range(2):
        out[side] = levelled(tilted(count, random, 0.7, 40, 2600)) * (0.12 + np.roll(chop, 90 * side)) * 1.4
        out[side] += 0.16 * levelled(tilted(count, random, 0.3, 700, 6000)) * (0.25 + np.roll(chop, 90 * side))
    out += (glide(np.full(count, rate * 2.0)) * chop * 0.9).astype(np.float32)
    out += glide(1450 * np.exp(0.01 * drift(count, 2, random))) * np.float32(0.012)
    return out


def airplane(take: Take) -> Wave:
    """A jet comes, roars overhead and goes, its pitch falling as it does."""
    random, count = take.random, take.count
    offset = (times(count) - take.seconds * 0.45) * (75 * take.pace)
    distance = np.sqrt(offset**2 + 160**2)
    loud, shift = (160 / distance) ** 1.2, 1 / (1 + 75 * take.pace * offset / distance / 343)
    roar = lowered(tilted(count, random, 0.35, 45, 9000), (350 + 4800 * loud) * shift)
    rumble = levelled(tilted(count, random, 0.9, 30, 300))
    whine = swept(white(count, random), 2300 * shift, 0.035)
    sound = (levelled(roar) + 0.4 * rumble) * loud + 0.2 * levelled(whine) * loud**2
    return travelling(sound.astype(np.float32), offset / distance * 0.8)


def horn(take: Take) -> Wave:
    """A car's two reeds; a train's or a ship's when the prompt says so."""
    random, count = take.random, take.count
    long = take.among("ship", "boat", "foghorn", "ferry")
    train = take.among("train", "locomotive")
    pitches = (87.0, 131.0) if long else (311.0, 370.0, 415.0, 494.0, 622.0) if train else (420.0, 505.0)
    shape = faded(count, 0.25 if long else 0.06, 0.5 if long else 0.12)
    if not long and not train and take.among("double", "honk", "honking", "beep"):
        t = times(count)
        shape = shape * np.where((t < 0.22) | (t > 0.36), 1, 0.0)
        shape = filtered(shape.astype(np.float32), band(0.01, 60, 1))
    out = canvas(take)
    for index, pitch in enumerate(pitches):
        wobble = (
            pitch / take.size**0.3 * np.exp(0.004 * drift(count, 6, random)) * (1 - 0.03 * np.exp(-times(count) / 0.05))
        )
        tone = filtered(
            driven(saw(wobble, 30), 2.0),
            lambda at: band(150, 2600, 1.5)(at) + 0.3 * band(2600, 5000)(at) if not long else band(60, 900, 1.5)(at),
        )
        out += panned(levelled(tone) * shape, -0.4 + 0.8 * index / max(1, len(pitches) - 1)) / len(pitches)
    return out + 0.02 * wide(lambda: banded(count, 800, 5000, random)) * shape


def siren(take: Take) -> Wave:
    """The wail of an ambulance, or two tones in turn."""
    count, t = take.count, times(take.count)
    if take.among("european", "two-tone", "fire", "ambulance"):
        switch = (np.sin(2 * math.pi * 0.62 * take.pace * t) > 0).astype(np.float32)
        pitch = 440 + 147 * filtered(switch, band(0.001, 18, 1)).astype(np.float64)
    else:
        pitch = 960 + 420 * np.sin(
            2 * math.pi * (3.2 if take.among("police", "yelp") else 0.32) * take.pace * t - math.pi / 2
        )
    tone = filtered(driven(saw(pitch / take.size**0.3, 16), 1.5), lambda at: band(400, 3600, 1.5)(at))
    return np.stack([tone, tone]) * faded(count, 0.05, 0.1)


def alarm(take: Take) -> Wave:
    """A clock's electronic alarm: four beeps, a breath, four beeps."""
    out, at = canvas(take), 0.02
    count = round(0.085 / take.pace * RATE)
    pitch = np.full(count, 2050 / take.size)
    beep = (glide(pitch) + 0.33 * glide(3 * pitch) + 0.12 * glide(5 * pitch)) * faded(count, 0.003, 0.006)
    while at < take.seconds:
        for index in range(4):
            add(out, beep, at + index * 0.125 / take.pace, 0.7)
        at += 1.0 / take.pace
    return out


def telephone(take: Take) -> Wave:
    """A bell telephone rings two seconds in every four; a mobile one buzzes on a table."""
    random, out, at = take.random, canvas(take), 0.05
    if take.among("vibrate", "vibrating", "vibration", "buzz", "buzzing", "mobile", "cell"):
        while at < take.seconds:
            count = round(0.6 * RATE)
            hum = saw(np.full(count, 158.0), 14) * (1 + 0.4 * glide(np.full(count, 31.0)))
            hum = hum + 0.3 * levelled(banded(count, 900, 3500, random)) * np.maximum(0, glide(np.full(count, 158.0)))
            add(out, levelled(filtered(hum, band(120, 3000, 1.5))) * faded(count, 0.02, 0.04), at, 0.5)
            at += 0.95 if int(at) % 2 else 0.75
        return out
    while at < take.seconds:
        end = at + 1.9
        stroke = 0
        while at < end:
            base = (1390, 1740)[stroke % 2] / take.size
            bell = body(
                round(0.5 * RATE),
                [base, base * 2.02, base * 2.98, base * 4.1],
                [1, 0.6, 0.35, 0.2],
                [0.5, 0.35, 0.25, 0.15],
                random,
            )
            add(out, panned(bell, 0.1 - 0.2 * (stroke % 2)), at, 0.5 * float(random.uniform(0.85, 1)))
            stroke, at = stroke + 1, at + 0.048
        at += 2.0
    return out


def clock(take: Take) -> Wave:
    """Tick, tock: an escapement's two sides in a wooden case."""
    random, out, at, beat = take.random, canvas(take), 0.05, 0
    while at < take.seconds:
        tune = 1.0 if beat % 2 == 0 else 0.84
        pitches = [take.near(p, 0.01) * tune / take.size for p in (2480, 3900, 5650)]
        tick = body(4800, pitches, [1, 0.6, 0.35], [0.03, 0.022, 0.014], random)
        case = body(
            9600,
            [310 * tune / take.size, 640 * tune / take.size, 1090 * tune / take.size],
            [0.5, 0.4, 0.25],
            [0.07, 0.05, 0.035],
            random,
        )
        snap = banded(240, 3000, 11000, random) * decay(240, 0.003)
        for part, loud in ((tick, 0.5), (case, 0.55), (snap, 0.18)):
            add(out, part, at, loud)
        add(out, tick, at + 0.019, 0.14)
        at, beat = at + (1.0 if not take.among("watch", "stopwatch") else 0.2) / take.pace, beat + 1
    return out


def typing(take: Take) -> Wave:
    """Keys go down and come up in the bursts that words come in; on a typewriter, with type and carriage bell."""
    random, out, at = take.random, canvas(take), 0.05
    old = take.among("typewriter")
    typed = 0
    while at < take.seconds:
        for _ in range(int(random.integers(2, 9))):
            place, loud = random.uniform(-0.35, 0.35), float(random.uniform(0.6, 1))
            add(out, panned(_key(take, old, big=False), place), at, loud)
            add(out, panned(_key(take, old, big=False), place), at + float(random.uniform(0.07, 0.11)), 0.22 * loud)
            at += float(np.clip(random.gamma(5, 0.024), 0.05, 0.4)) / take.pace
        add(out, _key(take, old, big=True), at, 0.8)
        at += float(random.gamma(4, 0.045)) / take.pace
        typed += 1
        if old and typed % 7 == 0:
            add(out, body(RATE, [2350, 4730, 6900], [1, 0.4, 0.2], [1.1, 0.6, 0.3], random), at, 0.4)
            at += 0.9
    return out


def _key(take: Take, old: bool, *, big: bool) -> Wave:
    random, deep = take.random, (0.7 if big else 1.0) / take.size
    count = 4800
    case = body(
        count, [take.near(p, 0.05) * deep for p in (290, 520, 1150)], [0.7, 0.5, 0.25], [0.04, 0.03, 0.02], random
    )
    cap = body(
        count, [take.near(p, 0.06) * deep for p in (2350, 3700, 5200)], [0.5, 0.35, 0.2], [0.018, 0.014, 0.01], random
    )
    contact = banded(count, 1800, 9000, random) * decay(count, 0.006, 0.0002)
    sound = 0.5 * case + 0.4 * cap + 0.09 * contact
    if old:
        slap = body(
            count,
            [take.near(p, 0.03) for p in (980, 1720, 2890, 4300)],
            [1, 0.8, 0.6, 0.4],
            [0.07, 0.06, 0.05, 0.03],
            random,
        )
        add(sound, slap + 0.3 * banded(count, 900, 7000, random) * decay(count, 0.012), 0.022, 0.9)
    return sound


def shutter(take: Take) -> Wave:
    """A camera: the mirror goes up, the curtain runs, the mirror comes down."""
    random, out = take.random, canvas(take)
    for at, loud, tune in ((0.01, 0.7, 1.0), (0.055, 0.55, 1.35), (0.115, 1.0, 0.85)):
        hit = body(
            4800,
            [take.near(p, 0.03) * tune / take.size for p in (410, 930, 1780, 3120)],
            [0.6, 0.7, 0.5, 0.3],
            [0.045, 0.035, 0.025, 0.015],
            random,
        )
        add(out, hit + 0.3 * banded(4800, 1500, 10000, random) * decay(4800, 0.014, 0.0003), at, loud)
    count = round(0.05 * RATE)
    add(out, levelled(banded(count, 2500, 9000, random)) * faded(count, 0.01, 0.02), 0.06, 0.05)
    return out


def switch(take: Take) -> Wave:
    """A switch, button or lock: two small parts meet in a plastic case."""
    random, out = take.random, canvas(take)
    for at, loud in ((0.004, 0.5), (0.017, 1.0)):
        hit = body(
            4800,
            [take.near(p, 0.04) / take.size for p in (680, 1490, 2750, 4600)],
            [0.45, 0.7, 0.6, 0.35],
            [0.03, 0.022, 0.016, 0.01],
            random,
        )
        add(out, hit + 0.22 * banded(4800, 2500, 11000, random) * decay(4800, 0.006, 0.0002), at, loud)
    if take.among("lock", "unlock", "bolt", "latch"):
        add(out, body(9600, [1320, 2270, 3840], [1, 0.7, 0.4], [0.09, 0.07, 0.05], random), 0.09, 0.8)
    return out


def zipper(take: Take) -> Wave:
    """Teeth, one after the other, faster and faster."""
    random, out, at = take.random, canvas(take), 0.02
    end = min(take.seconds, 1.1) - 0.05
    while at < end:
        share = at / end
        tooth = body(
            900, [2500 + 1900 * share, 4300 + 2200 * share, 6600], [1, 0.7, 0.4], [0.012, 0.009, 0.006], random
        )
        add(out, panned(tooth, -0.4 + 0.8 * share), at, 0.5 * float(random.uniform(0.6, 1)))
        at += 1 / (90 + 170 * share) / take.pace
    return out


def paper(take: Take) -> Wave:
    """A page is turned, or a sheet crumpled: air, fibres, and a flap at the end."""
    random, count = take.random, take.count
    crumple = take.among("crumple", "crumpling", "crinkle", "rustle", "rustling", "wrapping")
    length = count if crumple else min(count, round(0.65 * RATE))
    out = canvas(take)
    centre = 1800 * np.exp(0.5 * drift(length, 4, random)) * np.linspace(0.8, 1.6, length)
    for side in range(2):
        brush = swept(white(length, random), centre, 0.9)
        rough = np.clip(drift(length, 22, random) + 0.4, 0, 2) ** 1.5
        out[side, :length] += levelled(brush) * rough * faded(length, 0.12, 0.1) * (0.12 if crumple else 0.3)
    for _ in range(round((130 if crumple else 40) * take.seconds)):
        grain = banded(200, 2500, 11000, random, 1.0) * decay(200, 0.003, 0.0001)
        at = float(random.uniform(0.03, length / RATE))
        add(out, panned(peaked(grain), random.uniform(-0.5, 0.5)), at, 0.14 * float(random.pareto(2.4) + 0.1))
    if not crumple:
        add(out, levelled(banded(3600, 250, 2500, random)) * decay(3600, 0.05, 0.003), length / RATE - 0.12, 0.3)
    return out


def register(take: Take) -> Wave:
    """A till: the keys, the drawer, the bell. Ka-ching."""
    random, out = take.random, canvas(take)
    add(out, switch(Take(0.3, random, 1.6)), 0.0, 0.9)
    for at, pitch in ((0.13, 2090), (0.2, 2640)):
        add(
            out,
            body(
                RATE,
                [pitch, pitch * 2.01, pitch * 3.02, pitch * 4.4],
                [1, 0.55, 0.35, 0.2],
                [1.5, 0.9, 0.6, 0.3],
                random,
            ),
            at,
            0.5,
        )
    for _ in range(16):
        pitch = float(random.uniform(3500, 7500))
        add(
            out,
            panned(body(4800, [pitch, pitch * 1.47], [1, 0.6], [0.09, 0.06], random), random.uniform(-0.5, 0.5)),
            0.28 + float(random.gamma(2, 0.05)),
            0.16,
        )
    add(out, levelled(banded(9600, 100, 900, random)) * decay(9600, 0.12, 0.002), 0.24, 0.4)
    return out


def drill(take: Take) -> Wave:
    """A power drill spins up and holds."""
    random, count = take.random, take.count
    spin = 1 - np.exp(-times(count) / 0.18)
    rate = 190 * take.pace / take.size**0.4 * spin * np.exp(0.015 * drift(count, 5, random)) + 20
    motor = saw(rate, 26) + 0.6 * saw(rate * 3.03, 12) + 0.35 * saw(rate * 7.1, 6)
    grit = filtered(white(count, random), band(1500, 8000)) * (0.6 + 0.4 * glide(rate))
    sound = levelled(filtered(driven(motor, 1.4), band(140, 7000, 1.5))) + 0.35 * levelled(grit)
    shape = spin * faded(count, 0.03, 0.12)
    return np.stack([sound * shape, np.roll(sound, 17) * shape]).astype(np.float32)


def train(take: Take) -> Wave:
    """Wheels over the joints of the rails, two by two, and the weight above them."""
    if take.among("horn", "whistle", "honk"):
        return horn(take)
    random, out, at = take.random, canvas(take), 0.1
    out += wide(lambda: tilted(take.count, random, 0.75, 40, 1800)) * np.float32(0.12)
    out += (
        wide(lambda: tilted(take.count, random, 0.2, 1500, 7000)) * (0.012 * (1 + 0.5 * drift(take.count, 1, random)))
    ).astype(np.float32)
    while at < take.seconds:
        for later, loud in ((0, 1.0), (0.115, 0.8), (0.42, 0.9), (0.535, 0.7)):
            hit = body(
                RATE // 3,
                [take.near(p, 0.03) / take.size for p in (95, 180, 420, 1130, 1900)],
                [1, 0.8, 0.45, 0.25, 0.15],
                [0.16, 0.13, 0.1, 0.12, 0.09],
                random,
            )
            add(
                out,
                hit + 0.25 * banded(RATE // 3, 300, 3000, random) * decay(RATE // 3, 0.04, 0.001),
                at + later / take.pace,
                0.5 * loud,
            )
        at += 1.05 / take.pace
    return out
