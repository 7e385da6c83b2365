"""generateMusic: half a minute of instrumental music, composed here."""

from __future__ import annotations

from videogen_agents.contract import FileType, GenerateMusicRequest, ToolType
from videogen_agents.errors import InputError
from videogen_engine.assets.asset import Asset, Bench, Desk
from videogen_engine.assets.model import MadeAsset
from videogen_engine.assets.sound_model import SOUND_FILE, SoundFile, SoundFileRequest
from videogen_engine.music.model import LONGEST_PROMPT, MusicBed, MusicRequest

_MUSIC = "music"


async def _check(request: GenerateMusicRequest, desk: Desk) -> None:
    del desk
    if not request.prompt.strip() or len(request.prompt) > LONGEST_PROMPT:
        raise InputError(
            f"prompt must have 1 to {LONGEST_PROMPT} characters.",
            next_step="Say in a few words how the music should sound, such as “calm piano” or “upbeat, no drums”.",
        )


async def _make(request: GenerateMusicRequest, variant: int, bench: Bench) -> MadeAsset:
    bed = await bench.step(_MUSIC, MusicRequest(prompt=request.prompt, variant=variant), MusicBed)
    file = await bench.step(SOUND_FILE, SoundFileRequest(media=bed.media), SoundFile)
    return MadeAsset(
        media=file.media,
        type=FileType.AUDIO,
        name=bed.name,
        description=f"{bed.name}: {', '.join(bed.instruments)}",
        seconds=file.seconds,
        thumbnail=file.thumbnail,
        made_by=(f"music: {bed.made_by}, {bed.name} ({bed.licence})",),
        warnings=bed.warnings,
    )


GENERATE_MUSIC = Asset(ToolType.GENERATE_MUSIC, (_MUSIC, SOUND_FILE), _make, _check)
