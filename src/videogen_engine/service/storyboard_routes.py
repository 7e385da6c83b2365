"""Starting films of storyboards."""

from __future__ import annotations

from videogen_agents.contract import AspectRatio, StoryboardToVideoRequest, WireModel
from videogen_engine.planning.first_title import first_title
from videogen_engine.service.call import Call
from videogen_engine.service.cast import cast_of
from videogen_engine.service.export_size import check_ratio
from videogen_engine.service.film_start import start_film
from videogen_engine.service.storyboard_rules import check_storyboard, storyboard_fields_without_effect
from videogen_engine.speech.language_choice import choose_voice
from videogen_engine.workflows.storyboard_cast import StoryboardRun
from videogen_engine.workflows.storyboard_scenes import language_of, story_scenes

_WIDE = AspectRatio(width=16, height=9)


async def storyboard_to_video(call: Call) -> WireModel:
    body = await call.body(StoryboardToVideoRequest)
    check_storyboard(body, call.engine.settings.limits)
    cast = await cast_of(call, body)
    run = StoryboardRun.model_validate({**body.to_wire(), "cast": [member.to_wire() for member in cast]})
    call.ignore(*storyboard_fields_without_effect(body))
    scenes = story_scenes(run)
    said = [scene.said for scene in scenes if scene.said]
    if said:
        # Raises now what the speech stage would raise only once the job runs.
        choose_voice(said, language_of(scenes), None)
    ratio = check_ratio(body.aspect_ratio or _WIDE)
    title = next((scene.title for scene in scenes if scene.title), "") or scenes[0].prompt
    return await start_film(call, "storyboard_to_video", run, title=first_title(title), ratio=ratio)


STORYBOARD = {"storyboardToVideo": storyboard_to_video}
