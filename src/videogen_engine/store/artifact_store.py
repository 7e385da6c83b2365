"""Finished work by content key, over the media store. It needs only the media URL, so any process has it."""

from __future__ import annotations

import time
from pathlib import Path

from videogen_agents.errors import InternalError
from videogen_engine.stage import MediaRef
from videogen_engine.store.media_store import MediaStore
from videogen_engine.store.media_types import media_type_of

PREFIX = "artifacts/"
#: Use is noted at most this often (seconds); ``gc`` counts on no finer grain.
TOUCH_SECONDS = 600.0


class MediaArtifactStore:
    """The stages' ``ArtifactStore``. A ``MediaRef.key`` is a key of the media store, ready to be served."""

    def __init__(self, media: MediaStore | str) -> None:
        self._media = MediaStore(media) if isinstance(media, str) else media

    def find(self, key: str) -> MediaRef | None:
        """The artifact at ``key``, or None. Finding it keeps it from being dropped soon."""
        info = self._media.head(PREFIX + key)
        if info is None:
            return None
        if time.time() - info.modified > TOUCH_SECONDS:
            self._media.touch(info.key)
        return MediaRef(key=info.key, media_type=media_type_of(key), size=info.size)

    def publish(self, key: str, file: Path, media_type: str) -> MediaRef:
        """Move ``file`` into the store; the first writer's bytes stay.

        Raises InternalError when ``media_type`` is not what ``find`` will derive from the suffix.
        """
        if media_type_of(key) != media_type:
            raise InternalError(
                f"An artifact of type {media_type!r} cannot have the key {key!r}; "
                f"its suffix says {media_type_of(key)!r}.",
                next_step="Give the key that type's suffix, or add the suffix to store/media_types.py.",
            )
        self._media.publish(PREFIX + key, file)
        info = self._media.head(PREFIX + key)
        if info is None:
            raise InternalError(f"The artifact {key!r} vanished while it was being published.")
        return MediaRef(key=info.key, media_type=media_type, size=info.size)

    def path(self, ref: MediaRef) -> Path:
        """A readable local path. Raises NotFoundError when the bytes are gone."""
        return self._media.path(ref.key)
