"""Sound effects: what a prompt asks for is what is heard, by measurement."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from booth import RATE, Booth, heard

from videogen_agents.errors import UnavailableError
from videogen_engine.loudness import integrated_lufs, true_peak_dbtp
from videogen_engine.sounds.catalogue import MAKERS
from videogen_engine.sounds.prompt import read_effect
from videogen_engine.sounds.shaping import Take, Wave
from videogen_engine.sounds.vocabulary import SOUNDS

PHRASES = json.loads((Path(__file__).parent / "sound_phrases.json").read_text(encoding="utf-8"))


@cache
def take(name: str, seconds: float, seed: int = 1, words: frozenset[str] = frozenset(), size: float = 1.0) -> Wave:
    return MAKERS[name](Take(seconds, np.random.default_rng(seed), size=size, words=words))


def mono(sound: Wave) -> Wave:
    return sound.mean(axis=0)


def brightness(sound: Wave) -> float:
    """The middle of the spectrum's power (Hz)."""
    power = np.abs(np.fft.rfft(sound)) ** 2
    at = np.fft.rfftfreq(len(sound), 1 / RATE)
    return float((power * at).sum() / power.sum())


def loudness_curve(sound: Wave) -> Wave:
    """RMS of every 10 ms."""
    parts = sound[: len(sound) // 480 * 480].reshape(-1, 480)
    return np.sqrt((parts**2).mean(axis=1))


def hits(sound: Wave, share: float = 0.25) -> int:
    """How often the loudness leaps above ``share`` of its peak after having been below half of that."""
    curve = loudness_curve(sound) / loudness_curve(sound).max()
    count, open_ = 0, True
    for value in curve:
        if open_ and value > share:
            count, open_ = count + 1, False
        elif value < share / 2:
            open_ = True
    return count


@pytest.mark.parametrize("phrase", PHRASES["understood"], ids=lambda one: one[0][:40])
def test_a_phrase_names_the_sound_that_a_listener_would_expect(phrase: list[str]) -> None:
    prompt, *expected = phrase
    assert list(read_effect(prompt).sounds) == expected


@pytest.mark.parametrize("prompt", PHRASES["refused"])
def test_an_unknown_sound_is_refused_with_the_list_of_known_ones(prompt: str) -> None:
    with pytest.raises(UnavailableError, match="Known here: rain, thunder, wind") as refused:
        read_effect(prompt)
    assert refused.value.requirement is not None and "upload a recording" in (refused.value.next_step or "")


def test_every_sound_has_a_maker_and_no_word_names_two() -> None:
    assert set(MAKERS) == set(SOUNDS)
    words = [word for sound in SOUNDS.values() for word in sound.words.split("|")]
    assert len(set(words)) > 300
    for name in SOUNDS:
        assert read_effect(name).sounds[0] == name


@pytest.mark.parametrize("name", SOUNDS)
def test_every_sound_can_be_heard_and_is_sound(name: str) -> None:
    sound = take(name, min(SOUNDS[name].seconds or 1.2, 2.5))
    assert sound.shape[0] == 2 and np.isfinite(sound).all()
    curve = loudness_curve(mono(sound))
    assert 20 * np.log10(np.sqrt((sound**2).mean()) + 1e-12) > -50 and curve.max() > 0.003
    assert abs(float(sound.mean())) < 0.05 * float(np.abs(sound).max())


def test_what_is_struck_begins_at_once_and_dies_away() -> None:
    for name in ("explosion", "boom", "bell", "gong", "glass breaking", "metal hit", "thud", "ding", "laser"):
        curve = loudness_curve(mono(take(name, max(1.5, min(SOUNDS[name].seconds, 4.0)))))
        assert curve[:40].max() == curve.max(), name
        assert curve[-20:].mean() < 0.2 * curve.max(), name


def test_dark_and_bright_sounds_are_where_they_belong() -> None:
    dark, bright = ("heartbeat", "boom", "engine"), ("rain", "birds", "crickets", "glass breaking", "sleigh bells")
    middles = {name: brightness(mono(take(name, 2.0))) for name in (*dark, *bright, "thunder", "wind")}
    assert max(middles[name] for name in dark) < 200
    assert middles["thunder"] < 900 and middles["wind"] < 1500
    assert min(middles[name] for name in bright) > 2400


def test_what_repeats_keeps_its_time() -> None:
    assert hits(mono(take("clock", 5.0)), 0.12) == pytest.approx(5, abs=1)
    assert hits(mono(take("heartbeat", 4.0)), 0.2) in range(4, 11)
    assert hits(mono(take("footsteps", 4.0)), 0.2) in range(6, 10)
    assert hits(mono(take("knock", 1.5)), 0.2) in (3, 4)


def test_a_whoosh_rises_crosses_over_and_falls() -> None:
    sound = take("whoosh", 1.0)
    curve = loudness_curve(mono(sound))
    assert 0.2 < float(curve.argmax()) / len(curve) < 0.75 and curve[0] < 0.05 * curve.max()
    early, late = sound[:, : RATE // 4], sound[:, -RATE // 3 :]
    tilt = [float((part[0] ** 2).mean() / (part[1] ** 2).mean()) for part in (early, late)]
    assert (tilt[0] > 1.3 and tilt[1] < 0.8) or (tilt[0] < 0.8 and tilt[1] > 1.3)


def test_a_riser_climbs_and_a_larger_bell_is_deeper() -> None:
    sound = mono(take("riser", 3.0))
    assert brightness(sound[-RATE:]) > 2 * brightness(sound[:RATE])
    assert brightness(mono(take("bell", 2.0, size=2.0))) < 0.6 * brightness(mono(take("bell", 2.0)))


def test_words_of_the_prompt_change_ground_and_distance(booth: Booth) -> None:
    plain = brightness(mono(take("footsteps", 3.0)))
    assert brightness(mono(take("footsteps", 3.0, words=frozenset({"gravel"})))) > 2 * plain

    def effect(prompt: str) -> Wave:
        made = booth.made("generate-sound-effect", prompt=prompt, durationSeconds=1.5)
        return heard(booth.fetch(made.results[0].download_url)).mean(axis=1)

    near, far = effect("rain close by"), effect("distant rain")
    assert brightness(far) < 0.8 * brightness(near)
    assert (far**2).mean() < 0.4 * (near**2).mean()


def test_results_differ_last_as_long_as_asked_and_stay_below_full_scale(booth: Booth) -> None:
    fields = {"prompt": "door knock", "durationSeconds": 4.5, "numResults": 2}
    made = booth.made("generate-sound-effect", **fields)
    first, second = (heard(booth.fetch(result.download_url)) for result in made.results)
    for sound in (first, second):
        assert len(sound) / RATE == pytest.approx(4.5, abs=0.03) and sound.shape[1] == 2
        assert true_peak_dbtp(sound, RATE) < -1
    assert not np.array_equal(first, second)
    again = booth.made("generate-sound-effect", **fields)
    assert booth.fetch(again.results[0].download_url) == booth.fetch(made.results[0].download_url)
    told = booth.told(made.tool_execution_id)
    assert "knock" in told["madeBy"][0] and "synthesised" in told["degraded"][0]


def test_a_sequence_follows_and_a_mix_sounds_together(booth: Booth) -> None:
    made = booth.made("generate-sound-effect", prompt="whoosh followed by a boom")
    sound = heard(booth.fetch(made.results[0].download_url)).mean(axis=1)
    assert made.results[0].file.display_name == "Whoosh, then boom"
    assert brightness(sound[: round(0.7 * RATE)]) > 5 * brightness(sound[RATE:])
    mixed = booth.made("generate-sound-effect", prompt="gentle rain with thunder", durationSeconds=4)
    assert mixed.results[0].file.display_name == "Rain and thunder"
    bed = heard(booth.fetch(mixed.results[0].download_url))
    assert -30 < integrated_lufs(bed, RATE) < -14


def test_words_that_made_no_difference_are_told(booth: Booth) -> None:
    made = booth.made("generate-sound-effect", prompt="purple click", promptInfluence=1)
    assert booth.told(made.tool_execution_id)["warnings"] == ["The synthesiser made nothing of “purple”."]
    refused = booth.ask("POST", "/v1/tools/generate-sound-effect", {"prompt": "a cat meowing"})
    assert refused.status_code == 501 and refused.json()["requirement"]["type"] == "hosted_backend"
    assert (
        booth.ask("POST", "/v1/tools/generate-sound-effect", {"prompt": "rain", "durationSeconds": 31}).status_code
        == 400
    )
