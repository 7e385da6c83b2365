"""What the measured films say."""

from __future__ import annotations

#: Twelve scenes, one minute.
ONE_MINUTE = """\
Every city hides a second city under its streets.

Below the pavement run pipes for water, tunnels for trains, and cables for light and data.

About eighty percent of what keeps a city alive is out of sight.

Water comes first. A single broken main can empty a whole district before breakfast.

Engineers now listen to pipes with small microphones, because a leak sings long before it bursts.

Old maps are often wrong, so crews dig carefully and compare what they find with what they were told.

Trains need space, air, and silence.

A new metro line takes ten years to plan and only six to dig.

Why does planning take longer than digging? Because every metre above belongs to somebody.

Cables are the easy part. They bend, they share ducts, and they can be pulled through in one night.

The result is a hidden machine that works best when nobody thinks about it.

Next time you wait at a crossing, listen for the city that runs below your feet.
"""

#: One sentence of it, and what it becomes in the measured edit.
EDIT = ("Trains need space, air, and silence.", "Trains need space, fresh air, and a lot of silence.")

_CHANGED = ("city", "town", "harbour", "valley", "island", "village", "campus", "district", "region", "capital")


def script(minutes: int, *, edited: bool = False) -> str:
    """A script of that many minutes, at most ten; no two of its scenes are the same. ``edited`` changes one."""
    parts = []
    for number, word in enumerate(_CHANGED[:minutes]):
        text = (ONE_MINUTE.replace(*EDIT) if edited else ONE_MINUTE).replace("city", word)
        # Sentences without the changed word would be found in the cache from the second minute on.
        parts.append(text if number == 0 else text.replace(".", f", {word} {number + 1}.", 12))
    return "\n".join(parts)
