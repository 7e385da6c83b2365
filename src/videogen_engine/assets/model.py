"""What an asset is made from, and what is made. Times are seconds, sides are pixels."""

from __future__ import annotations

from videogen_agents.contract import EntityType, FileType, Transcript
from videogen_engine.frozen import Frozen
from videogen_engine.probe_model import Thumbnail
from videogen_engine.stage import MediaRef


class GivenFile(Frozen):
    """A ready file of the user's, as it was when the tool was started."""

    file_id: str
    media: MediaRef
    type: FileType
    name: str
    seconds: float | None = None
    width: int | None = None
    height: int | None = None


class GivenReference(Frozen):
    """A file that shows an entity."""

    file: GivenFile
    description: str
    is_default: bool


class GivenEntity(Frozen):
    """An actor, product, style or theme, as it was when the tool was started.

    ``look`` is a built-in style's name; entities that users made have none. The default reference comes first.
    """

    entity_id: str
    entity_type: EntityType
    name: str
    description: str
    look: str | None = None
    references: tuple[GivenReference, ...] = ()


class MadeAsset(Frozen):
    """One result. ``name`` is what people read, without a suffix; ``description`` says what is in it.

    ``made_by`` names what had a part in it (``speech: flite``). ``degraded`` are sentences about what is simpler
    than a model would do it, ``warnings`` about what was not understood, ``notes`` about what was done.
    """

    media: MediaRef
    type: FileType
    name: str
    description: str | None = None
    seconds: float | None = None
    width: int | None = None
    height: int | None = None
    thumbnail: Thumbnail | None = None
    transcript: Transcript | None = None
    made_by: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
