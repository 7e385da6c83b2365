"""Operations done to a film, in order, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, get_args

from videogen_agents.contract import (
    ChangeNarratorAction,
    EnableCaptionsAction,
    RemixActionType,
    TranslateProjectAction,
    VerticalAlignment,
)
from videogen_agents.contract.captions import CaptionStyle
from videogen_agents.errors import InputError, UnavailableError
from videogen_engine.captions.areas import default_font_size
from videogen_engine.planning.model import Pacing, PlanRequest, ScenePlan
from videogen_engine.remix.edit import AnyEdit, Edited
from videogen_engine.remix.plain_language import scene_edits, scene_words
from videogen_engine.remix.plain_language.operations import (
    AddScene,
    AnotherPicture,
    ChangeMusicVolume,
    ChangePace,
    ChangeSpeed,
    ChangeTitle,
    ChangeVoice,
    ContractAction,
    KeepToDuration,
    MoveScenes,
    Operation,
    Redo,
    RemoveScenes,
    ReplacePicture,
    ReplaceWords,
    ResizeCaptions,
    ResizeLogo,
    RestyleScenes,
    ReverseScenes,
    SetWords,
    ShortenScenes,
    StopZoom,
    SwapScenes,
    Undo,
)
from videogen_engine.remix.plain_language.saying import said
from videogen_engine.remix.plain_language.scene_pictures import another_picture, replaced_picture, restyled
from videogen_engine.remix.workshop import Workshop
from videogen_engine.render.size import frame_size
from videogen_engine.timeline.document import Timeline
from videogen_engine.timeline.staging import motion_for
from videogen_engine.visuals.model import StyleKind, StyleRequest

Edits: TypeAlias = Mapping[RemixActionType, AnyEdit]
_CONTRACT: Final = get_args(ContractAction)
_SLOWEST: Final = 0.5
_FASTEST: Final = 2.0
_LINES: Final = 1080


@dataclass
class Numbers:
    """Which scenes the numbers of an edit mean while it goes on: a number keeps meaning the scene that had it."""

    ids: dict[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])

    @classmethod
    def of(cls, timeline: Timeline) -> Numbers:
        return cls({number: (scene.scene_id,) for number, scene in enumerate(timeline.scenes, 1)})

    def there(self, timeline: Timeline, numbers: Sequence[int]) -> tuple[str, ...]:
        """Raises InputError for a scene that is not there, or no longer."""
        have = {scene.scene_id for scene in timeline.scenes}
        found: list[str] = []
        for number in numbers:
            ids = [one for one in self.ids.get(number, ()) if one in have]
            if not ids:
                gone = number in self.ids
                raise InputError(
                    f"Scene {number} was taken out by the same edit." if gone else f"There is no scene {number}.",
                    code="edit_impossible",
                    next_step="Name scenes by their numbers before the edit.",
                )
            found += ids
        return tuple(found)

    def renamed(self, before: Timeline, after: Timeline) -> None:
        """Follow scenes that got other ids in their old places."""
        pairs = zip(before.scenes, after.scenes, strict=True)
        names = {old.scene_id: new.scene_id for old, new in pairs}
        self.ids = {number: tuple(names.get(one, one) for one in ids) for number, ids in self.ids.items()}


async def done(operations: Sequence[Operation], timeline: Timeline, workshop: Workshop, edits: Edits) -> Edited:
    """The film after all of them. ``notes`` says what each did. Raises what the first that cannot be done raises."""
    numbers = Numbers.of(timeline)
    film = timeline
    notes: list[str] = []
    degraded: list[str] = []
    made_by: list[str] = []
    steps_back = 0
    for operation in operations:
        made = await _one(operation, film, numbers, workshop, edits)
        if made.timeline != film or not made.notes:
            notes.append(said(operation))
        notes += made.notes
        if _is_over_headlines(operation):
            notes.append("Pictures keep their lower edge free for captions; elsewhere these may cover headlines.")
        degraded += made.degraded
        made_by += made.made_by
        steps_back = made.steps_back
        if isinstance(operation, TranslateProjectAction):
            numbers.renamed(film, made.timeline)
        film = made.timeline
    return Edited(
        timeline=film,
        notes=tuple(notes),
        degraded=tuple(degraded),
        steps_back=steps_back,
        made_by=tuple(dict.fromkeys(made_by)),
    )


def _is_over_headlines(operation: Operation) -> bool:
    style = operation.caption_style if isinstance(operation, EnableCaptionsAction) else None
    return style is not None and style.vertical_alignment in {VerticalAlignment.TOP, VerticalAlignment.MIDDLE}


async def _one(operation: Operation, film: Timeline, numbers: Numbers, workshop: Workshop, edits: Edits) -> Edited:
    match operation:
        case Undo() | Redo():
            return await _other_version(operation, film, workshop)
        case RemoveScenes() | MoveScenes() | SwapScenes() | ReverseScenes() | KeepToDuration():
            return _of_scenes(operation, film, numbers)
        case ShortenScenes() | AddScene() | SetWords() | ReplaceWords() | ChangePace():
            return await _of_words(operation, film, numbers, workshop)
        case ReplacePicture():
            ids = numbers.there(film, operation.scenes)
            return Edited(timeline=await replaced_picture(film, ids, operation.direction, workshop))
        case AnotherPicture():
            return Edited(timeline=await another_picture(film, numbers.there(film, operation.scenes), workshop))
        case RestyleScenes():
            style = StyleRequest(kind=StyleKind.AI_IMAGE, ai_style=operation.style_prompt)
            return await restyled(film, numbers.there(film, operation.scenes), style, workshop)
        case ChangeVoice():
            return await _by_contract(ChangeNarratorAction(voice_id=operation.voice_id), film, workshop, edits)
        case ChangeSpeed():
            return await _by_contract(_speed(operation, film), film, workshop, edits)
        case ChangeTitle():
            titles = {"title": operation.title, "look_title": film.look_title or film.title}
            return Edited(timeline=film.model_copy(update=titles))
        case ResizeCaptions():
            return await _by_contract(_captions(operation, film), film, workshop, edits)
        case ChangeMusicVolume():
            return _volume(operation, film)
        case ResizeLogo():
            if film.logo is None:
                return Edited(timeline=film, notes=("The film has no logo.",))
            size = round(min(100.0, film.logo.size_percent * operation.factor), 3)
            return Edited(
                timeline=film.model_copy(update={"logo": film.logo.model_copy(update={"size_percent": size})})
            )
        case StopZoom():
            scenes = tuple(scene.model_copy(update={"motion": motion_for(scene.scene_id)}) for scene in film.scenes)
            return Edited(timeline=film.model_copy(update={"scenes": scenes, "zoom": False}))
        case _:
            assert isinstance(operation, _CONTRACT)
            return await _by_contract(operation, film, workshop, edits)


async def _by_contract(
    action: ContractAction | ChangeNarratorAction, film: Timeline, workshop: Workshop, edits: Edits
) -> Edited:
    edit = edits.get(RemixActionType(action.type))
    if edit is None:
        raise UnavailableError(
            f"The remix action {action.type.value} is not built in the embedded engine.",
            code="not_built",
            requirement="hosted_backend",
            next_step="Leave that part out, or use VideoGen's hosted backend by setting VIDEOGEN_API_KEY.",
        )
    edit.check(action)
    return await edit.run(film, action, workshop)


def _of_scenes(
    operation: RemoveScenes | MoveScenes | SwapScenes | ReverseScenes | KeepToDuration, film: Timeline, numbers: Numbers
) -> Edited:
    match operation:
        case RemoveScenes():
            return Edited(timeline=scene_edits.removed(film, numbers.there(film, operation.scenes)))
        case MoveScenes():
            ids = numbers.there(film, operation.scenes)
            anchor = None if operation.before is None else numbers.there(film, (operation.before,))[0]
            return Edited(timeline=scene_edits.moved(film, ids, anchor))
        case SwapScenes():
            first, second = (numbers.there(film, (one,))[0] for one in (operation.first, operation.second))
            return Edited(timeline=scene_edits.swapped(film, first, second))
        case ReverseScenes():
            return Edited(timeline=scene_edits.with_scenes(film, film.scenes[::-1]))
        case KeepToDuration():
            if film.duration <= operation.seconds:
                note = f"The film lasts {film.duration:.1f} s, which is no more than {operation.seconds:g} s."
                return Edited(timeline=film, notes=(note,))
            after = scene_edits.kept_to(film, operation.seconds)
            out = len(film.scenes) - len(after.scenes)
            note = f"Left out {out} of {len(film.scenes)} scenes; the film lasts {after.duration:.1f} s."
            return Edited(timeline=after, notes=(note,))


async def _of_words(
    operation: ShortenScenes | AddScene | SetWords | ReplaceWords | ChangePace,
    film: Timeline,
    numbers: Numbers,
    workshop: Workshop,
) -> Edited:
    match operation:
        case AddScene():
            place = len(film.scenes)
            if operation.before is not None:
                anchor = numbers.there(film, (operation.before,))[0]
                place = [scene.scene_id for scene in film.scenes].index(anchor)
            return Edited(timeline=await scene_words.with_added(film, place, operation.text, workshop))
        case SetWords():
            texts = {numbers.there(film, (operation.scene,))[0]: operation.text}
        case ShortenScenes():
            texts = {
                scene.scene_id: scene_words.shortened_text(scene, operation.seconds, film.frames_per_second)
                for scene in _named(film, numbers.there(film, operation.scenes))
                if operation.seconds is None or scene.frames > operation.seconds * film.frames_per_second
            }
            if not texts:
                return Edited(timeline=film, notes=("Those scenes are no longer than that already.",))
        case ReplaceWords():
            where = None if operation.scenes is None else numbers.there(film, operation.scenes)
            texts = {
                scene.scene_id: scene_words.replaced_words(scene.plan.text, operation.old, operation.new)
                for scene in (film.scenes if where is None else _named(film, where))
            }
            texts = {scene.scene_id: texts[scene.scene_id] for scene in film.scenes
                     if texts.get(scene.scene_id, scene.plan.text) != scene.plan.text}  # fmt: skip
            if not texts:
                return Edited(timeline=film, notes=(f"“{operation.old}” is said nowhere.",))
        case ChangePace():
            return await _paced(film, operation.pacing, numbers, workshop)
    for scene_id, text in texts.items():
        if not any(char.isalnum() for char in text):
            raise InputError(
                "A scene would have nothing left to say.",
                code="edit_impossible",
                next_step="Remove the scene instead.",
            )
        film, ids = await scene_words.reworded(film, scene_id, text, workshop)
        numbers.ids = {
            number: tuple(new for one in have for new in (ids if one == scene_id else (one,)))
            for number, have in numbers.ids.items()
        }
    return Edited(timeline=film)


async def _paced(film: Timeline, pacing: Pacing, numbers: Numbers, workshop: Workshop) -> Edited:
    """The script cut into scenes anew. Scenes that come out the same stay; numbers mean the new ones no longer."""
    if any(scene.own_picture for scene in film.scenes):
        note = "Scenes that show your own slides or clips keep their length, so the pace stays."
        return Edited(timeline=film, notes=(note,))
    plan = await workshop.step(
        "plan", PlanRequest(script=film.script, language=film.language, pacing=pacing), ScenePlan
    )
    if len(plan.scenes) > workshop.limits.max_scenes:
        raise InputError(
            f"At that pace the film would have {len(plan.scenes)} scenes; at most {workshop.limits.max_scenes} "
            "are allowed.",
            code="too_many_scenes",
            next_step="Choose a slower pace.",
        )
    after = await scene_words.recut(film, plan, workshop)
    known = {scene.scene_id for scene in after.scenes}
    numbers.ids = {number: tuple(one for one in ids if one in known) for number, ids in numbers.ids.items()}
    if after == film:
        return Edited(timeline=film, notes=("The film has that pace already.",))
    note = f"{len(after.scenes)} scenes instead of {len(film.scenes)}."
    return Edited(timeline=after, notes=(note,))


def _named(film: Timeline, ids: Sequence[str]):
    return [scene for scene in film.scenes if scene.scene_id in ids]


def _speed(operation: ChangeSpeed, film: Timeline) -> ChangeNarratorAction:
    speed = operation.speed if operation.speed is not None else round(film.voice_speed * (operation.factor or 1.0), 4)
    if not _SLOWEST <= speed <= _FASTEST:
        raise InputError(
            f"The voice speaks at speed {film.voice_speed:g}; {speed:g} is outside {_SLOWEST:g} to {_FASTEST:g}.",
            code="edit_impossible",
            next_step="Ask for less of a change.",
        )
    return ChangeNarratorAction(voice_id=film.voice_id, voice_speed=speed)


def _captions(operation: ResizeCaptions, film: Timeline) -> EnableCaptionsAction:
    style = film.caption_style or film.hidden_caption_style or CaptionStyle()
    now = style.font_size or default_font_size(*frame_size(film.ratio_width, film.ratio_height, _LINES))
    return EnableCaptionsAction(caption_style=CaptionStyle(font_size=max(1.0, round(now * operation.factor, 2))))


def _volume(operation: ChangeMusicVolume, film: Timeline) -> Edited:
    if film.music is None:
        return Edited(timeline=film, notes=("The film has no music.",))
    wanted = operation.volume if operation.volume is not None else film.music.volume * (operation.factor or 1.0)
    volume = round(min(1.0, wanted), 4)
    if volume == film.music.volume:
        return Edited(timeline=film, notes=(f"The music's volume is {volume:.0%} already.",))
    return Edited(timeline=film.model_copy(update={"music": film.music.model_copy(update={"volume": volume})}))


async def _other_version(operation: Undo | Redo, film: Timeline, workshop: Workshop) -> Edited:
    """Raises InputError when there is nothing to undo or redo."""
    if isinstance(operation, Undo):
        before = await workshop.earlier(operation.steps)
        if before is None:
            raise InputError(
                "There are not so many changes to undo." if operation.steps > 1 else "There is nothing to undo.",
                code="nothing_to_undo",
                next_step="List the project's versions to see what there is.",
            )
        return Edited(timeline=before, steps_back=operation.steps)
    if operation.steps > 1:
        raise InputError(
            "One change is redone at a time.", code="edit_impossible", next_step="Say “redo”, then once more."
        )
    after = await workshop.later()
    if after is None:
        raise InputError(
            "There is nothing to redo.",
            code="nothing_to_redo",
            next_step="List the project's versions to see what there is.",
        )
    return Edited(timeline=after)
