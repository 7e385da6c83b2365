"""generateAvatar: a drawn presenter speaks the user's audio."""

from __future__ import annotations

from collections.abc import Sequence

from videogen_agents.contract import EntityType, FileType, GenerateAvatarRequest, ToolType
from videogen_agents.contract.shared import WatermarkMode
from videogen_agents.errors import InternalError, LimitError, UnavailableError
from videogen_engine.assets.asset import Asset, Bench, Desk
from videogen_engine.assets.model import MadeAsset
from videogen_engine.listening.model import HeardRecording, ListenRequest
from videogen_engine.presenters.model import PRESENT, PresenterClip, PresenterRequest
from videogen_engine.presenters.people import person_of
from videogen_engine.presenters.refusal import DRAWN_NOTE, cannot_speak
from videogen_engine.render.size import frame_size

_LISTEN = "listen"
_LINES = 1080
#: Seconds; a film of a presenter alone gets no longer.
_LONGEST = 600.0


async def _check(request: GenerateAvatarRequest, desk: Desk) -> None:
    actor = await desk.entity("actorEntityId", request.actor_entity_id, EntityType.ACTOR)
    audio = await desk.file("audioFileId", request.audio_file_id, FileType.AUDIO, FileType.VIDEO)
    if person_of(request.actor_entity_id) is None:
        raise cannot_speak(actor.name)
    if request.watermark_mode is WatermarkMode.VIDEO_GEN:
        raise UnavailableError(
            "watermarkMode cannot be honoured: the embedded engine has no VideoGen watermark.",
            code="not_built",
            requirement="hosted_backend",
            next_step="Leave it out.",
        )
    if audio.seconds is not None and audio.seconds > min(_LONGEST, desk.limits.max_duration_seconds):
        raise LimitError(
            f"The audio lasts {audio.seconds:.0f} s; a presenter speaks at most {_LONGEST:.0f} s.",
            next_step="Cut it, or make several clips.",
        )


async def _make(request: GenerateAvatarRequest, variant: int, bench: Bench) -> MadeAsset:
    del variant
    person = person_of(request.actor_entity_id)
    if person is None:
        raise InternalError(f"The entity {request.actor_entity_id!r} is no presenter.")
    audio = bench.file(request.audio_file_id)
    heard = await bench.step(_LISTEN, ListenRequest(media=audio.media, max_seconds=_LONGEST), HeardRecording)
    width, height = frame_size(16, 9, bench.lines or _LINES)
    clip = await bench.step(
        PRESENT,
        PresenterRequest(
            sound=heard.sound,
            samples=heard.samples,
            person=person.key,
            width=width,
            height=height,
            encoding=bench.encoding,
        ),
        PresenterClip,
    )
    return MadeAsset(
        media=clip.media,
        type=FileType.VIDEO,
        name=f"{person.name}: {audio.name}"[:80],
        description=f"{person.name} speaks “{audio.name}”. {person.description}",
        seconds=clip.seconds,
        width=width,
        height=height,
        thumbnail=clip.thumbnail,
        made_by=("avatar: built-in drawn presenter", f"sound: your file “{audio.name}”"),
        degraded=(DRAWN_NOTE,),
    )


def _without_effect(request: GenerateAvatarRequest) -> Sequence[str]:
    return ("avatarQuality",) if request.avatar_quality is not None else ()


GENERATE_AVATAR = Asset(
    ToolType.GENERATE_AVATAR, (_LISTEN, PRESENT), _make, _check, without_effect=_without_effect, quick=False
)
