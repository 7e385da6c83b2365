"""Icons that never belong in somebody's video unasked, and variants that only cost space.

Left out: flags, clock faces, zodiac signs, religious signs and buildings, weapons, death, rude or intimate signs,
blood, fantasy figures, pictures of one country's places and customs, button letters, and people by gender, age, skin
tone or hair where a neutral figure exists.
"""

from __future__ import annotations

UNWANTED_SUBGROUPS = frozenset(
    {
        "alphanum",
        "country-flag",
        "family",
        "flag",
        "gender",
        "geometric",
        "hair-style",
        "keycap",
        "monkey-face",
        "person-fantasy",
        "place-religious",
        "religion",
        "skin-tone",
        "subdivision-flag",
        "zodiac",
    }
)

#: Members of those subgroups that are wanted all the same.
WANTED = frozenset(
    {
        "atom-symbol",
        "chequered-flag",
        "free-button",
        "information",
        "new-button",
        "ok-button",
        "peace-symbol",
        "sos-button",
        "triangular-flag",
        "large-blue-diamond",
        "large-orange-diamond",
        "keycap-0",
        "keycap-1",
        "keycap-2",
        "keycap-3",
        "keycap-4",
        "keycap-5",
        "keycap-6",
        "keycap-7",
        "keycap-8",
        "keycap-9",
        "keycap-10",
        "keycap-hashtag",
    }
)

UNWANTED_ENDINGS = (
    "-bald",
    "-beard",
    "-blonde-hair",
    "-curly-hair",
    "-facing-right",
    "-oclock",
    "-red-hair",
    "-thirty",
    "-white-hair",
    "-with-skullcap",
    "-with-veil",
    "-with-bunny-ears",
)

UNWANTED_BEGINNINGS = ("japanese-", "man-", "mans-", "mens-", "woman-", "womans-", "womens-")

UNWANTED_NAMES = frozenset(
    {
        # weapons and violence
        "axe",
        "bomb",
        "bow-and-arrow",
        "collision",
        "crossed-swords",
        "dagger",
        "firecracker",
        "kitchen-knife",
        "military-helmet",
        "water-pistol",
        # death and horror
        "alien",
        "alien-monster",
        "coffin",
        "funeral-urn",
        "ghost",
        "goblin",
        "headstone",
        "jack-o-lantern",
        "ogre",
        "skull",
        "skull-and-crossbones",
        "spider-web",
        # rude, intimate or bodily
        "angry-face-with-horns",
        "bikini",
        "biting-lip",
        "breast-feeding",
        "briefs",
        "drop-of-blood",
        "face-vomiting",
        "face-with-symbols-on-mouth",
        "kiss-mark",
        "leg",
        "lipstick",
        "middle-finger",
        "mouth",
        "no-one-under-eighteen",
        "one-piece-swimsuit",
        "person-in-bed",
        "person-taking-bath",
        "pig-nose",
        "pile-of-poo",
        "pinching-hand",
        "pregnant-man",
        "pregnant-person",
        "smiling-face-with-horns",
        "squinting-face-with-tongue",
        "tongue",
        "winking-face-with-tongue",
        "zany-face",
        # smoking, gambling, belief and luck
        "cigarette",
        "slot-machine",
        "baby-angel",
        "crystal-ball",
        "diya-lamp",
        "flower-playing-cards",
        "folded-hands",
        "hamsa",
        "mahjong-red-dragon",
        "nazar-amulet",
        "place-of-worship",
        "prayer-beads",
        "smiling-face-with-halo",
        # one country's
        "carp-streamer",
        "kimono",
        "map-of-japan",
        "moai",
        "moon-viewing-ceremony",
        "mount-fuji",
        "pine-decoration",
        "red-envelope",
        "sari",
        "statue-of-liberty",
        "tanabata-tree",
        "tokyo-tower",
        "chart-increasing-with-yen",
        "person-in-suit-levitating",
        "person-wearing-turban",
        "person-with-crown",
        # variants that differ by gender or age only
        "boy",
        "girl",
        "man",
        "old-man",
        "old-woman",
        "prince",
        "princess",
        "woman",
        # signs without a picture
        "black-small-square",
        "curly-loop",
        "double-curly-loop",
        "love-hotel",
        "part-alternation-mark",
        "wavy-dash",
    }
)


def is_unwanted(name: str, subgroup: str) -> bool:
    """Whether the icon called ``name`` in the emoji subgroup ``subgroup`` stays out of the bundle."""
    if name in WANTED:
        return False
    return (
        subgroup in UNWANTED_SUBGROUPS
        or name in UNWANTED_NAMES
        or name.endswith(UNWANTED_ENDINGS)
        or name.startswith(UNWANTED_BEGINNINGS)
    )


#: Line icons: company marks, filled doubles of the outlines, and the same subjects as above.
UNWANTED_LINE_BEGINNINGS = ("brand-", "gender-", "zodiac-")
UNWANTED_LINE_WORDS = frozenset(
    {
        "alien",
        "ankh",
        "axe",
        "bomb",
        "cannabis",
        "christianity",
        "church",
        "coffin",
        "filled",
        "ghost",
        "grave",
        "menorah",
        "mosque",
        "pentagram",
        "poo",
        "pray",
        "skull",
        "sword",
        "swords",
        "torii",
        "yin",
    }
)


def is_unwanted_line(name: str) -> bool:
    """Whether the line icon called ``name`` stays out of the bundle."""
    return name.startswith(UNWANTED_LINE_BEGINNINGS) or not UNWANTED_LINE_WORDS.isdisjoint(name.split("-"))
