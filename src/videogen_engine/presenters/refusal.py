"""What is answered for an actor who cannot be seen speaking, and what is said of those who can."""

from __future__ import annotations

from typing import Final

from videogen_agents.errors import UnavailableError

#: The sentence beside everything in which a drawn presenter speaks.
DRAWN_NOTE: Final = (
    "The presenter is drawn, and its mouth follows the loudness and colour of the sound, not its phones."
)


def cannot_speak(name: str) -> UnavailableError:
    """The answer to an actor called ``name`` who is none of the built-in ones."""
    return UnavailableError(
        f"The actor “{name}” cannot be seen speaking here: the embedded engine animates its built-in, drawn "
        "actors only, not pictures of people.",
        code="not_available",
        requirement="actor_avatar",
        next_step="Name a built-in actor (find entities of type ACTOR), or use VideoGen's hosted backend.",
    )
