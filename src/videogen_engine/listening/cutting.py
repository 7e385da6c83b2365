"""The cutting stage: scenes of a recording, each with the slice of sound that belongs to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from videogen_agents.errors import InputError
from videogen_engine.listening.model import RECORDING, CutRecording, CutRequest, HeardRecording, Silence
from videogen_engine.listening.stage import read_slice
from videogen_engine.planning.grouping import TEMPOS
from videogen_engine.planning.model import PlannedScene, ScenePlan
from videogen_engine.speech.model import SAMPLE_RATE, Narration, SceneSpeech, Word
from videogen_engine.speech.wave_file import write_wave
from videogen_engine.stage import StageContext
from videogen_engine.timeline.document import FRAMES_PER_SECOND

VERSION = "1"
#: Samples of a frame. Cuts are on frames, so that slices and pictures never drift apart.
_FRAME: Final = SAMPLE_RATE // FRAMES_PER_SECOND
#: Frames; a shorter scene goes with the one before.
_LEAST_FRAMES: Final = 15
#: Samples around the words' gap in which a silence is still theirs: transcripts are never quite exact.
_REACH: Final = SAMPLE_RATE // 4
#: Samples of silence that a scene begins with, at most.
_LEAD: Final = SAMPLE_RATE // 5
#: Samples that the last word may begin after the end of the recording.
_SLACK: Final = SAMPLE_RATE // 2
#: Multiples of a scene's usual length: the least, the most in front of a pause, the most at all.
_LEAST, _MOST, _ENDLESS = 0.5, 1.6, 4.0


def cut(request: CutRequest, ctx: StageContext) -> CutRecording:
    """Cut where the plan's scenes meet, in the pause between their words; without a plan, in long pauses.

    Raises InputError when the words go on after the recording has ended.
    """
    recording = request.recording
    if request.plan is None:
        starts = _by_pauses(recording, TEMPOS[request.pacing].target)
        plan, spoken = _silent_plan(request, len(starts)), [()] * len(starts)
    else:
        _check_words(request.words, recording)
        plan, starts, spoken = _by_plan(request.plan, request.words, recording)
    ends = [*starts[1:], -(-recording.samples // _FRAME)]
    scenes: list[SceneSpeech] = []
    for first, last, words in zip(starts, ends, spoken, strict=True):
        ctx.check()
        scenes.append(_sliced(recording, first * _FRAME, min(last * _FRAME, recording.samples), words, ctx))
        ctx.report(last / ends[-1], "Cutting the recording")
    narration = Narration(
        provider=RECORDING, voice_id=request.voice_id, language=request.language, scenes=tuple(scenes)
    )
    return CutRecording(
        plan=plan,
        narration=narration,
        frames=tuple(last - first for first, last in zip(starts, ends, strict=True)),
    )


def _sliced(recording: HeardRecording, start: int, end: int, words: Sequence[Word], ctx: StageContext) -> SceneSpeech:
    source = ctx.store.path(recording.sound)
    clip = ctx.cached_file(
        "voiceover",
        VERSION,
        {"sound": recording.sound.key, "start": start, "end": end},
        suffix=".wav",
        media_type="audio/wav",
        make=lambda path: write_wave(path, [read_slice(source, start, end)], SAMPLE_RATE),
    )
    duration = (end - start) / SAMPLE_RATE

    def inside(seconds: float) -> float:
        return round(min(max(seconds - start / SAMPLE_RATE, 0.0), duration), 6)

    moved = tuple(word.model_copy(update={"start": inside(word.start), "end": inside(word.end)}) for word in words)
    return SceneSpeech(clip=clip, duration=round(duration, 6), words=moved)


def _check_words(words: Sequence[Word], recording: HeardRecording) -> None:
    if words and words[-1].start * SAMPLE_RATE > recording.samples + _SLACK:
        raise InputError(
            f"The transcript goes on at {words[-1].start:.1f} s, but the recording ends at "
            f"{recording.samples / SAMPLE_RATE:.1f} s.",
            code="transcript_mismatch",
            next_step="Attach the transcript of this recording, with times in seconds, and upload it again.",
        )


def _by_plan(
    plan: ScenePlan, words: Sequence[Word], recording: HeardRecording
) -> tuple[ScenePlan, list[int], list[tuple[Word, ...]]]:
    """Scenes, the frames they start at, and the words said in each."""
    at = [word.char_start for word in words]
    scenes: list[PlannedScene] = []
    starts: list[int] = []
    firsts: list[int] = []
    for scene in plan.scenes:
        first = bisect_left(at, scene.start) if scenes else 0
        frame = _meeting(words, first, recording) if scenes else 0
        room = -(-recording.samples // _FRAME) - frame
        if scenes and (first >= len(words) or frame - starts[-1] < _LEAST_FRAMES or room < _LEAST_FRAMES):
            scenes[-1] = _joined(plan.script, scenes[-1], scene)
            continue
        scenes.append(scene.model_copy(update={"index": len(scenes)}))
        starts.append(frame)
        firsts.append(first)
    spoken = [tuple(words[a:b]) for a, b in zip(firsts, [*firsts[1:], len(words)], strict=True)]
    return plan.model_copy(update={"scenes": tuple(scenes)}), starts, spoken


def _joined(script: str, first: PlannedScene, second: PlannedScene) -> PlannedScene:
    return first.model_copy(
        update={
            "text": script[first.start : second.end],
            "end": second.end,
            "sentences": (*first.sentences, *second.sentences),
        }
    )


def _meeting(words: Sequence[Word], first: int, recording: HeardRecording) -> int:
    """The frame at which the scene of word number ``first`` begins."""
    if first >= len(words):
        return 0
    low, high = round(words[first - 1].end * SAMPLE_RATE), round(words[first].start * SAMPLE_RATE)
    high = max(low, high)
    near = [_part(silence, low - _REACH, high + _REACH) for silence in recording.silences]
    best = max(near, key=lambda part: part.end - part.start, default=Silence(start=0, end=0))
    length = best.end - best.start
    return round((best.end - min(_LEAD, length // 2) if length else (low + high) // 2) / _FRAME)


def _part(silence: Silence, low: int, high: int) -> Silence:
    start, end = max(silence.start, low), min(silence.end, high)
    return Silence(start=start, end=max(start, end))


def _by_pauses(recording: HeardRecording, seconds: float) -> list[int]:
    """The frames that scenes start at: in the longest pause that comes in time, else in the next one at all."""
    total = recording.samples
    usual = seconds * SAMPLE_RATE
    places = [silence.end - min(_LEAD, (silence.end - silence.start) // 2) for silence in recording.silences]
    long = [silence.end - silence.start for silence in recording.silences]
    starts = [0]
    while total - starts[-1] * _FRAME > usual * _MOST:
        at = starts[-1] * _FRAME
        late = total - usual * _LEAST
        in_time = [i for i, place in enumerate(places) if at + usual * _LEAST <= place <= min(late, at + usual * _MOST)]
        later = [i for i, place in enumerate(places) if at + usual * _MOST < place <= min(late, at + usual * _ENDLESS)]
        if in_time:
            place = places[max(in_time, key=lambda i: (long[i], -i))]
        elif later:
            place = places[later[0]]
        elif total - at > usual * _ENDLESS:
            # Somebody who never pauses: the picture changes all the same, the sound goes on unbroken.
            place = at + round(usual * _MOST)
        else:
            break
        starts.append(round(place / _FRAME))
    return starts


def _silent_plan(request: CutRequest, count: int) -> ScenePlan:
    """Scenes of which nobody knows the words. All show the title: layouts leave room for one."""
    scenes = tuple(
        PlannedScene(index=index, text="", start=0, end=0, sentences=(), headline=request.name)
        for index in range(count)
    )
    return ScenePlan(script="", language=request.language, title=request.name, scenes=scenes)
