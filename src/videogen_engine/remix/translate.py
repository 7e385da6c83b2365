"""TRANSLATE_PROJECT: a language model translates what is said, which is planned, spoken and drawn again by scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from videogen_agents.contract import TranslateProjectAction
from videogen_agents.errors import AskUserError, LimitError, NotFoundError
from videogen_engine.planning.model import Pacing, PlannedScene, PlanRequest, ScenePlan
from videogen_engine.providers.language_model import no_language_model
from videogen_engine.remix.edit import Edit, Edited
from videogen_engine.remix.narrator import speaks
from videogen_engine.remix.plain_language.scene_edits import with_scenes
from videogen_engine.remix.plain_language.scene_words import drawn
from videogen_engine.remix.translation_question import (
    SceneWords,
    Source,
    Translated,
    batches,
    names_in,
    question_of,
    read_translation,
)
from videogen_engine.remix.workshop import Workshop
from videogen_engine.speech.language_choice import choose_voice
from videogen_engine.speech.model import SceneSpeech, SpeechRequest, SpokenScene
from videogen_engine.speech.voices import Voice, find_voice, languages, voices
from videogen_engine.timeline.document import Scene, Timeline
from videogen_engine.timeline.pace import lead_seconds, scene_frames
from videogen_engine.timeline.staging import scene_ids

#: The stage's name in the registry, which edits do not import.
_PLAN: Final = "plan"
_CONTEXT_SCENES: Final = 2
_OTHERWISE: Final = "start a new film from a translated script"


@dataclass(frozen=True)
class _Words:
    """What a film says in another language. ``scenes`` by number from 1, ``headings`` by the original ones."""

    title: str
    scenes: Mapping[int, str]
    headings: Mapping[str, str]
    made_by: str


def check(action: TranslateProjectAction) -> None:
    """Raises InputError for a language that no voice speaks."""
    choose_voice([], action.language_code, None)


def check_without_model(action: TranslateProjectAction) -> None:
    """Raises UnavailableError, always."""
    raise no_language_model(f"TRANSLATE_PROJECT to {action.language_code!r}", _OTHERWISE)


async def prepare(timeline: Timeline, action: TranslateProjectAction, workshop: Workshop) -> Edited:
    """The film in the language. Raises UnavailableError without a language model, AskUserError when its answer is of no
    use even after it was told why, LimitError for too long a film.
    """
    if workshop.language_model is None:
        check_without_model(action)
    target = choose_voice([], action.language_code, None).language
    if not any(speaks(scene) for scene in timeline.scenes):
        return Edited(timeline=timeline, notes=("Nobody speaks in this film, so there is nothing to translate.",))
    if _is_in(timeline.language, target):
        return Edited(timeline=timeline, notes=(f"The film is in {language_name(target)} already.",))
    words = await _translated(timeline, target, workshop)
    voice, fallback = _voice(timeline, target, keep=action.change_voice is False)
    film = await _respoken(timeline, target, words, voice, workshop)
    notes = [
        f"Translated from {language_name(timeline.language)} to {language_name(target)} by {words.made_by}, "
        f"narrated by {voice.display_name}.",
        f"The film lasts {film.duration:.1f} s instead of {timeline.duration:.1f} s.",
    ]
    own = sum(scene.own_picture or scene.picture.design.featured is not None for scene in timeline.scenes)
    degraded = [*fallback]
    if own and action.translate_image_text:
        degraded.append(f"Words inside your own files, which {own} of the scenes show, stay as they are.")
    degraded += [warning for warning in film.warnings if warning not in timeline.warnings]
    return Edited(
        timeline=film, notes=tuple(notes), degraded=tuple(degraded), made_by=(f"translation: {words.made_by}",)
    )


async def _translated(timeline: Timeline, target: str, workshop: Workshop) -> _Words:
    spoken = [
        SceneWords(number=number, text=scene.plan.text)
        for number, scene in enumerate(timeline.scenes, 1)
        if speaks(scene)
    ]
    headings = tuple(dict.fromkeys(scene.plan.kicker for scene in timeline.scenes if scene.plan.kicker))
    names = names_in((scene.text for scene in spoken), timeline.language)
    done: list[tuple[str, str]] = []
    texts: dict[int, str] = {}
    title, translated_headings, made_by = timeline.title, list(headings), ""
    for place, part in enumerate(batches(spoken)):
        source = Source(
            source_language=language_name(timeline.language),
            target_language=language_name(target),
            title=None if place else timeline.title,
            headings=() if place else headings,
            names=names,
            scenes=part,
        )
        # Headings are context for what comes later: their terms shall come back in the text.
        before = [*zip(headings, translated_headings, strict=True)] if place else []
        answer, made_by = await _asked(source, [*before[:20], *done[-_CONTEXT_SCENES:]], target, workshop)
        found = answer.texts()
        texts |= found
        done += [(scene.text, found[scene.number]) for scene in part]
        if place == 0:
            title, translated_headings = (answer.title or title).strip(), [one.strip() for one in answer.headings]
    if sum(map(len, texts.values())) > 2 * workshop.limits.max_script_chars:
        raise LimitError("The translation is too long for a film.", next_step="Translate a shorter film.")
    return _Words(title, texts, dict(zip(headings, translated_headings, strict=True)), made_by)


async def _asked(
    source: Source, before: list[tuple[str, str]], target: str, workshop: Workshop
) -> tuple[Translated, str]:
    """A sound translation of one part and who made it, after one repair at most."""
    question = question_of(source, before)
    wrong: tuple[str, ...] = ()
    for _ in range(2):
        answer = await workshop.ask(question)
        found, wrong = read_translation(answer.text, source, target)
        if found is not None:
            return found, answer.made_by
        reply = f"That cannot be used: {' '.join(wrong[:10])} Answer with the whole JSON object again, mended."
        question = question.followed_by(answer.text[:20_000] or "{}", reply)
    raise AskUserError(
        f"{workshop.language_model} gave no usable translation to {source.target_language}: {' '.join(wrong[:3])} "
        "Nothing was changed.",
        code="translation_failed",
        status=502,
        next_step="Try again with a stronger model (VIDEOGEN_AGENTS_LLM_MODEL), or start a new film from a translated "
        "script.",
    )


async def _respoken(timeline: Timeline, target: str, words: _Words, voice: Voice, workshop: Workshop) -> Timeline:
    plans: list[PlannedScene] = []
    for number, scene in enumerate(timeline.scenes, 1):
        plan = scene.plan
        if number in words.scenes:
            script = _marked(words.scenes[number], scene, number)
            request = PlanRequest(script=script, language=target, pacing=Pacing.SLOW)
            plan = _one_scene(await workshop.step(_PLAN, request, ScenePlan))
        heading = scene.plan.kicker
        plans.append(plan.model_copy(update={"kicker": words.headings.get(heading, heading) if heading else None}))
    narration = await workshop.speak(
        SpeechRequest(
            scenes=tuple(SpokenScene(sentences=plans[number - 1].sentences) for number in sorted(words.scenes)),
            language=target,
            voice_id=voice.voice_id,
            speed=timeline.voice_speed,
        )
    )
    speeches = dict(zip(sorted(words.scenes), narration.scenes, strict=True))
    scenes = _scenes(timeline, plans, speeches)
    film = timeline.model_copy(
        update={
            "title": words.title,
            "look_title": timeline.look_title or timeline.title,
            "look_language": timeline.look_language or timeline.language,
            "language": target,
            "voice_id": narration.voice_id,
            "voice_provider": narration.provider,
            "warnings": tuple(dict.fromkeys((*timeline.warnings, *narration.warnings))),
            "scenes": tuple(scenes),
        }
    )
    film = with_scenes(film, scenes)
    longest = workshop.limits.max_duration_seconds
    if film.duration > longest:
        raise LimitError(
            f"In that language the film would last {film.duration:.0f} s; at most {longest:.0f} s are allowed.",
            code="film_too_long",
            next_step="Shorten the film first.",
        )
    redrawn = tuple(
        scene.scene_id
        for number, scene in enumerate(film.scenes, 1)
        if number in words.scenes and not scene.own_picture
    )
    return await drawn(film, redrawn, workshop)


def _scenes(timeline: Timeline, plans: list[PlannedScene], speeches: Mapping[int, SceneSpeech]) -> list[Scene]:
    ids = scene_ids(plan.text for plan in plans)
    last = len(timeline.scenes)
    scenes: list[Scene] = []
    for number, (scene, plan) in enumerate(zip(timeline.scenes, plans, strict=True), 1):
        update: dict[str, object] = {"plan": plan}
        if (speech := speeches.get(number)) is not None:
            update |= {
                "scene_id": ids[number - 1],
                "speech": speech,
                "speech_offset": lead_seconds(),
                "frames": scene_frames(speech, last=number == last),
                # Pictures are chosen by English words above all; what it showed, it shall go on showing.
                "direction": scene.direction or (scene.plan.text if timeline.language.startswith("en") else None),
            }
        scenes.append(scene.model_copy(update=update))
    return scenes


def _marked(text: str, scene: Scene, number: int) -> str:
    """The translation with its heading marked as one again, as it was in the script."""
    first = scene.plan.sentences[0].text
    heading = first == scene.plan.kicker or (number == 1 and first[-1:].isalnum() and len(scene.plan.sentences) > 1)
    if not heading or "\n" not in text or "\n" not in scene.plan.text:
        return text
    return f"{'#' if number == 1 else '##'} {text}"


def _one_scene(plan: ScenePlan) -> PlannedScene:
    """All that was planned as one scene, laid out as its first one: a translated scene is never split."""
    first = plan.scenes[0]
    if len(plan.scenes) == 1:
        return first
    end = plan.scenes[-1].end
    sentences = tuple(sentence for scene in plan.scenes for sentence in scene.sentences)
    return first.model_copy(update={"text": plan.script[first.start : end], "end": end, "sentences": sentences})


def _voice(timeline: Timeline, target: str, *, keep: bool) -> tuple[Voice, tuple[str, ...]]:
    """The voice that speaks ``target``, of the same gender where there is one, and what to say about it."""
    default = choose_voice([], target, None).voice
    try:
        current = find_voice(timeline.voice_id)
    except NotFoundError:
        return default, ("The recorded voice speaks one language only, so a built-in voice narrates now.",)
    if current.language_code.split("-")[0] == target.split("-")[0]:
        return current, ()
    said = f"{current.display_name} does not speak {language_name(target)}, so {{}} narrates." if keep else ""
    alike = [
        voice for voice in voices() if voice.language_code == default.language_code and voice.gender is current.gender
    ]
    found = default if default in alike or not alike else alike[0]
    return found, ((said.format(found.display_name),) if said else ())


def _is_in(language: str, target: str) -> bool:
    return language == target or target == language.split("-")[0]


def language_name(tag: str) -> str:
    """The language's English name; its tag when no voice speaks it."""
    names = {language.language_code.lower(): language.name for language in languages()}
    base = tag.lower().split("-")[0]
    return names.get(tag.lower()) or names.get(base) or ("English" if base == "en" else tag)


def apply(timeline: Timeline, action: TranslateProjectAction, made: Edited) -> Edited:
    """All of it was made beforehand."""
    del timeline, action
    return made


TRANSLATE_PROJECT = Edit(TranslateProjectAction, apply, prepare, check, check_without_model)
