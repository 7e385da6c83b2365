"""generateImage: an illustration composed for the prompt, with the style, people and products that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from videogen_agents.contract import (
    AspectRatio,
    EntityType,
    FileType,
    GenerateImageRequest,
    ModelQuality,
    ToolType,
    WatermarkMode,
)
from videogen_agents.errors import InputError, UnavailableError
from videogen_engine.assets.asset import Asset, Bench, Desk
from videogen_engine.assets.model import GivenEntity, MadeAsset
from videogen_engine.illustration.model import (
    ILLUSTRATE,
    LONGEST_PROMPT,
    Illustration,
    IllustrationRequest,
    OwnPicture,
)
from videogen_engine.render.size import frame_size

_LINES: Mapping[ModelQuality, int] = {
    ModelQuality.LOW: 720,
    ModelQuality.STANDARD: 1080,
    ModelQuality.HIGH: 1440,
    ModelQuality.MAX: 2160,
}
_WIDE = AspectRatio(width=16, height=9)
_KINDS = (EntityType.ACTOR, EntityType.PRODUCT, EntityType.VISUAL_STYLE)
_DEGRADED = (
    "The picture is an illustration composed of bundled drawings and painted scenery, not made by an image model.",
)


async def _check(request: GenerateImageRequest, desk: Desk) -> None:
    if not request.prompt.strip() or len(request.prompt) > LONGEST_PROMPT:
        raise InputError(f"prompt must have 1 to {LONGEST_PROMPT} characters.", next_step="Say what is to be seen.")
    if request.watermark_mode is WatermarkMode.VIDEO_GEN:
        raise UnavailableError(
            "watermarkMode cannot be honoured: the embedded engine has no VideoGen watermark.",
            code="not_built",
            requirement="hosted_backend",
            next_step="Leave it out.",
        )
    _size(request, None)
    for file_id in request.image_file_ids or ():
        await desk.file("imageFileIds", file_id, FileType.IMAGE)
    for entity_id in request.entity_ids or ():
        await desk.entity("entityIds", entity_id, *_KINDS)


async def _make(request: GenerateImageRequest, variant: int, bench: Bench) -> MadeAsset:
    width, height = _size(request, bench.lines)
    entities = [bench.entity(entity_id) for entity_id in request.entity_ids or ()]
    unseen = [entity.name for entity in entities if entity.entity_type in _KINDS[:2] and not entity.references]
    style = " ".join(entity.look or entity.description for entity in entities if entity.entity_type is _KINDS[2])
    made = await bench.step(
        ILLUSTRATE,
        IllustrationRequest(
            prompt=request.prompt,
            width=width,
            height=height,
            style=style,
            variant=variant,
            pictures=tuple(_pictures(request, entities, bench)),
        ),
        Illustration,
    )
    title = " ".join(request.prompt.split())
    return MadeAsset(
        media=made.media,
        type=FileType.IMAGE,
        name=title if len(title) <= 60 else title[:59].rstrip() + "…",
        description=f"Illustration in the look {made.look}: {', '.join(made.things) or 'scenery'}",
        width=width,
        height=height,
        thumbnail=made.thumbnail,
        made_by=("pictures: built-in illustrator, look " + made.look, *(f"icons: {one}" for one in made.sources)),
        degraded=_DEGRADED,
        warnings=made.notes,
        notes=tuple(f"The entity “{name}” has no reference picture, so it is not shown." for name in unseen),
    )


def _pictures(request: GenerateImageRequest, entities: Sequence[GivenEntity], bench: Bench) -> Iterator[OwnPicture]:
    """The user's own, first those of the request."""
    for file_id in request.image_file_ids or ():
        file = bench.file(file_id)
        yield OwnPicture(media=file.media, name=file.name)
    for entity in entities:
        person = entity.entity_type is EntityType.ACTOR
        shown = next((one.file for one in entity.references if one.file.type is FileType.IMAGE), None)
        if shown is not None and entity.entity_type is not EntityType.VISUAL_STYLE:
            yield OwnPicture(media=shown.media, name=entity.name, person=person)


def _size(request: GenerateImageRequest, lines: int | None) -> tuple[int, int]:
    """Pixels. Raises LimitError for a shape that no picture has."""
    ratio = request.aspect_ratio or _WIDE
    return frame_size(ratio.width, ratio.height, lines or _LINES[request.quality or ModelQuality.STANDARD])


def _without_effect(request: GenerateImageRequest) -> Sequence[str]:
    return ("contentPolicyConfig",) if request.content_policy_config is not None else ()


GENERATE_IMAGE = Asset(ToolType.GENERATE_IMAGE, (ILLUSTRATE,), _make, _check, _without_effect)
