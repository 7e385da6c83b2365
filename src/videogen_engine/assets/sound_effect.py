"""generateSoundEffect: a sound synthesised from the prompt's words."""

from __future__ import annotations

from videogen_agents.contract import FileType, GenerateSoundEffectRequest, ToolType
from videogen_engine.assets.asset import Asset, Bench, Desk
from videogen_engine.assets.model import MadeAsset
from videogen_engine.assets.sound_model import SOUND_FILE, SoundFile, SoundFileRequest
from videogen_engine.sounds.model import LICENCE, MADE_BY, EffectRequest, SoundEffect
from videogen_engine.sounds.prompt import read_effect

_EFFECT = "sound_effect"
_MIDDLE = 0.5


async def _check(request: GenerateSoundEffectRequest, desk: Desk) -> None:
    del desk
    read_effect(request.prompt)


async def _make(request: GenerateSoundEffectRequest, variant: int, bench: Bench) -> MadeAsset:
    effect = await bench.step(
        _EFFECT,
        EffectRequest(
            prompt=request.prompt,
            seconds=request.duration_seconds,
            influence=_MIDDLE if request.prompt_influence is None else request.prompt_influence,
            variant=variant,
        ),
        SoundEffect,
    )
    file = await bench.step(SOUND_FILE, SoundFileRequest(media=effect.media, mastered=False), SoundFile)
    unread = ", ".join(f"“{word}”" for word in effect.unread[:8])
    return MadeAsset(
        media=file.media,
        type=FileType.AUDIO,
        name=effect.name,
        description=f"Sound of {effect.name.lower()}",
        seconds=file.seconds,
        thumbnail=file.thumbnail,
        made_by=(f"sound: {MADE_BY}, {', '.join(effect.sounds)} ({LICENCE})",),
        degraded=("The sound is synthesised from models of what makes it, not recorded.",),
        warnings=(f"The synthesiser made nothing of {unread}.",) if unread else (),
    )


GENERATE_SOUND_EFFECT = Asset(ToolType.GENERATE_SOUND_EFFECT, (_EFFECT, SOUND_FILE), _make, _check)
