# ruff: noqa: E501  # path data does not wrap
"""A presenter as SVG: head and shoulders in a square of 400, with a mouth and lids that can be set."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from videogen_engine.presenters.people import Person
from videogen_engine.visuals.colour import BLACK, WHITE, hex_code, mix, rgb_of

#: The side of the square that coordinates count in.
SIDE: Final = 400.0


class Mouth(StrEnum):
    """What a mouth looks like while something is said."""

    CLOSED = "closed"
    SLIGHT = "slight"
    OPEN = "open"
    WIDE = "wide"
    ROUND = "round"
    TEETH = "teeth"


_HEAD: Final = (
    "M136 168 C134 96 158 72 200 72 C242 72 266 96 264 168 C264 222 240 268 200 268 C160 268 136 222 136 168 Z"
)


def body_svg(person: Person) -> str:
    """Shoulders, neck and clothes, and what hangs behind the head."""
    skin = person.skin
    shade = _darker(skin, 0.2)
    cloth, fold, edge = person.clothes, _lighter(person.clothes, 0.12), _darker(person.clothes, 0.2)
    crew = _darker(person.shirt, 0.1)
    parts = [_behind(person)]
    parts.append(
        f'<path d="M148 297 L166 286 L234 286 L252 297 L270 400 L130 400 Z" fill="{person.shirt}"/>'
        f'<path d="M170 236 L167 292 C172 318 228 318 233 292 L230 236 Z" fill="{skin}"/>'
        f'<path d="M170 240 L170 266 C184 288 216 288 230 266 L230 240 Z" fill="{shade}" opacity="0.75"/>'
        f'<path d="M166 290 C172 320 228 320 234 290" fill="none" stroke="{crew}" stroke-width="6" stroke-linecap="round"/>'
        f'<path d="M44 400 C46 332 92 314 150 294 C156 330 168 366 182 400 Z" fill="{cloth}"/>'
        f'<path d="M356 400 C354 332 308 314 250 294 C244 330 232 366 218 400 Z" fill="{cloth}"/>'
        f'<path d="M150 294 L134 336 L152 346 L146 358 L182 400 C168 366 156 330 150 294 Z" fill="{fold}"/>'
        f'<path d="M250 294 L266 336 L248 346 L254 358 L218 400 C232 366 244 330 250 294 Z" fill="{fold}"/>'
        f'<path d="M92 400 C94 374 100 356 108 344" fill="none" stroke="{edge}" stroke-width="4" stroke-linecap="round"/>'
        f'<path d="M308 400 C306 374 300 356 292 344" fill="none" stroke="{edge}" stroke-width="4" stroke-linecap="round"/>'
    )
    if person.headscarf:
        parts.append(_scarf_drape(person.headscarf))
    return "".join(parts)


def head_svg(person: Person, mouth: Mouth, lids: float) -> str:
    """The head; ``lids`` 0 is open eyes, 1 closed ones."""
    skin = person.skin
    shade, light = _darker(skin, 0.14), _lighter(skin, 0.16)
    blush = hex_code(mix(rgb_of(skin), (220, 80, 80), 0.45))
    parts: list[str] = []
    if not person.headscarf:
        for x, turn in ((135, 1), (265, -1)):
            parts.append(
                f'<ellipse cx="{x}" cy="176" rx="13" ry="20" fill="{skin}"/>'
                f'<path d="M{x - 4 * turn} 166 C{x - 9 * turn} 172 {x - 8 * turn} 184 {x - 2 * turn} 188" fill="none" '
                f'stroke="{shade}" stroke-width="3" stroke-linecap="round"/>'
            )
    parts.append(f'<path d="{_HEAD}" fill="{skin}"/>')
    # One side is a little darker than the other: a round head, not a disc.
    parts.append(
        f'<path d="M200 72 C242 72 266 96 264 168 C264 222 240 268 200 268 C226 252 240 212 240 166 C240 112 226 84 200 72 Z" '
        f'fill="{shade}" opacity="0.32"/>'
    )
    parts.append(
        f'<ellipse cx="164" cy="206" rx="17" ry="10" fill="{blush}" opacity="0.28"/>'
        f'<ellipse cx="236" cy="206" rx="17" ry="10" fill="{blush}" opacity="0.28"/>'
    )
    if person.beard:
        parts.append(_beard(person))
    parts += [_eye(person, 171, lids), _eye(person, 229, lids)]
    brow = _darker(person.hair_colour, 0.1) if person.hair_colour != "#a9a6a8" else "#7d7a7c"
    parts.append(
        f'<path d="M152 149 C160 140 178 139 188 145" fill="none" stroke="{brow}" stroke-width="6" stroke-linecap="round"/>'
        f'<path d="M248 149 C240 140 222 139 212 145" fill="none" stroke="{brow}" stroke-width="6" stroke-linecap="round"/>'
    )
    parts.append(
        f'<path d="M201 168 C199 186 193 196 192 203 C195 210 207 210 210 204" fill="none" stroke="{shade}" '
        'stroke-width="4.5" stroke-linecap="round" stroke-linejoin="round"/>'
        f'<ellipse cx="198" cy="198" rx="5" ry="3" fill="{light}" opacity="0.6"/>'
    )
    parts.append(_mouth(person, mouth))
    if person.glasses:
        parts.append(
            '<g fill="#ffffff" fill-opacity="0.12" stroke="#3b3440" stroke-width="4">'
            '<rect x="146" y="153" width="48" height="38" rx="16"/><rect x="206" y="153" width="48" height="38" rx="16"/></g>'
            '<path d="M194 168 C198 164 202 164 206 168 M146 166 L136 163 M254 166 L264 163" fill="none" stroke="#3b3440" '
            'stroke-width="4" stroke-linecap="round"/>'
        )
    parts.append(_hair(person))
    return "".join(parts)


def _eye(person: Person, x: float, lids: float) -> str:
    skin = person.skin
    lid = _darker(skin, 0.3)
    y = 171.0
    if lids >= 0.85:
        return (
            f'<path d="M{x - 13} {y + 2} C{x - 7} {y + 8} {x + 7} {y + 8} {x + 13} {y + 2}" fill="none" stroke="{lid}" '
            'stroke-width="4.5" stroke-linecap="round"/>'
        )
    high = 10.5 * (1 - lids)
    clip = f"eye{round(x)}"
    return (
        f'<clipPath id="{clip}"><ellipse cx="{x}" cy="{y + 10.5 - high}" rx="13" ry="{high:.2f}"/></clipPath>'
        f'<g clip-path="url(#{clip})"><ellipse cx="{x}" cy="{y}" rx="13" ry="10.5" fill="#fdfcfa"/>'
        f'<circle cx="{x}" cy="{y + 0.5}" r="7.6" fill="{person.eyes}"/><circle cx="{x}" cy="{y + 0.5}" r="4" fill="#15100d"/>'
        f'<circle cx="{x + 2.8}" cy="{y - 2.6}" r="2.3" fill="#ffffff"/></g>'
        f'<path d="M{x - 14} {y + 10.5 - high - 0.5} C{x - 8} {y + 10.5 - 2 * high - 1.5} {x + 8} {y + 10.5 - 2 * high - 1.5} '
        f'{x + 14} {y + 10.5 - high - 0.5}" fill="none" stroke="#2b201b" stroke-width="4" stroke-linecap="round"/>'
    )


def _mouth(person: Person, mouth: Mouth) -> str:
    lip = hex_code(mix(rgb_of(_darker(person.skin, 0.16)), (190, 60, 70), 0.5))
    inside, tongue = "#5a1f24", "#c8606a"
    if mouth is Mouth.CLOSED:
        return (
            f'<path d="M178 231 C188 239 212 239 222 231" fill="none" stroke="{lip}" stroke-width="6" '
            'stroke-linecap="round"/>'
        )
    if mouth is Mouth.TEETH:
        return (
            f'<path d="M176 229 C188 226 212 226 224 229 C220 243 180 243 176 229 Z" fill="#fbf8f4" stroke="{lip}" '
            'stroke-width="5" stroke-linejoin="round"/>'
        )
    shapes = {
        Mouth.SLIGHT: "M180 230 C190 227 210 227 220 230 C214 241 186 241 180 230 Z",
        Mouth.OPEN: "M178 229 C188 225 212 225 222 229 C220 250 180 250 178 229 Z",
        Mouth.WIDE: "M176 228 C188 223 212 223 224 228 C224 260 176 260 176 228 Z",
        Mouth.ROUND: "M188 228 C192 223 208 223 212 228 C218 250 182 250 188 228 Z",
    }
    low = {Mouth.SLIGHT: 241.0, Mouth.OPEN: 249.0, Mouth.WIDE: 256.0, Mouth.ROUND: 248.0}[mouth]
    path = shapes[mouth]
    teeth = (
        "" if mouth in {Mouth.SLIGHT, Mouth.ROUND} else '<rect x="180" y="222" width="40" height="10" fill="#fbf8f4"/>'
    )
    return (
        f'<clipPath id="mouth"><path d="{path}"/></clipPath><path d="{path}" fill="{inside}"/>'
        f'<g clip-path="url(#mouth)">{teeth}<ellipse cx="200" cy="{low}" rx="15" ry="7" fill="{tongue}"/></g>'
        f'<path d="{path}" fill="none" stroke="{lip}" stroke-width="5" stroke-linejoin="round"/>'
    )


def _hair(person: Person) -> str:
    if person.headscarf:
        return _scarf(person.headscarf)
    colour, light = person.hair_colour, _lighter(person.hair_colour, 0.14)
    if person.hair == "short":
        return (
            f'<path d="M132 170 C122 96 150 48 206 50 C262 50 280 100 268 170 C264 150 260 132 250 120 C226 124 196 118 176 102 '
            f'C168 116 146 124 140 140 C136 150 134 160 132 170 Z" fill="{colour}"/>'
            f'<path d="M170 70 C190 58 226 58 246 78" fill="none" stroke="{light}" stroke-width="7" stroke-linecap="round" '
            'opacity="0.7"/>'
        )
    if person.hair == "bob":
        return (
            f'<path d="M128 236 C104 130 132 46 204 46 C276 46 296 130 272 236 C268 244 254 244 252 236 C260 190 258 150 246 122 '
            f'C214 124 182 112 166 96 C158 120 146 132 146 160 C146 196 146 216 148 236 C146 244 132 244 128 236 Z" fill="{colour}"/>'
            f'<path d="M160 72 C182 54 226 54 250 82" fill="none" stroke="{light}" stroke-width="8" stroke-linecap="round" '
            'opacity="0.6"/>'
        )
    if person.hair == "curls":
        dots = ((140, 128, 24), (146, 98, 26), (168, 74, 27), (200, 64, 29), (232, 74, 27), (254, 98, 26), (260, 128, 24),
                (184, 88, 22), (216, 88, 22), (132, 154, 18), (268, 154, 18))  # fmt: skip
        return "".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}"/>' for x, y, r in dots) + "".join(
            f'<path d="M{x - 9} {y - 4} C{x - 5} {y - 11} {x + 5} {y - 11} {x + 9} {y - 4}" fill="none" stroke="{light}" '
            'stroke-width="4" stroke-linecap="round" opacity="0.7"/>'
            for x, y, _ in dots[1:6]
        )
    return (
        f'<path d="M132 172 C126 100 150 56 200 56 C250 56 274 100 268 172 C262 148 252 128 236 112 C214 104 186 104 164 112 '
        f'C148 128 138 148 132 172 Z" fill="{colour}"/>'
        f'<path d="M160 100 C176 84 224 84 240 100" fill="none" stroke="{light}" stroke-width="5" stroke-linecap="round" opacity="0.8"/>'
    )


def _behind(person: Person) -> str:
    colour = _darker(person.hair_colour, 0.12)
    if person.headscarf:
        return (
            f'<path d="M122 180 C112 90 150 44 200 44 C250 44 288 90 278 180 C286 250 300 300 270 330 L130 330 C100 300 114 250 122 180 Z" '
            f'fill="{_darker(person.headscarf, 0.2)}"/>'
        )
    if person.hair == "bob":
        return f'<path d="M126 236 C106 140 130 60 200 60 C270 60 294 140 274 236 C270 256 130 256 126 236 Z" fill="{colour}"/>'
    if person.hair == "bun":
        return f'<circle cx="200" cy="48" r="34" fill="{colour}"/><circle cx="200" cy="46" r="30" fill="{person.hair_colour}"/>'
    if person.hair == "curls":
        return (
            f'<ellipse cx="200" cy="140" rx="84" ry="86" fill="{colour}"/><circle cx="128" cy="182" r="20" fill="{colour}"/>'
            f'<circle cx="272" cy="182" r="20" fill="{colour}"/>'
        )
    return ""


def _scarf(colour: str) -> str:
    light, dark = _lighter(colour, 0.16), _darker(colour, 0.16)
    return (
        f'<path fill-rule="evenodd" d="M200 40 C262 40 290 92 282 172 C280 226 262 282 200 292 C138 282 120 226 118 172 '
        f'C110 92 138 40 200 40 Z M200 100 C164 100 146 128 146 172 C146 222 166 262 200 264 C234 262 254 222 254 172 C254 128 236 100 200 100 Z" '
        f'fill="{colour}"/>'
        f'<path d="M142 120 C156 82 184 66 214 64" fill="none" stroke="{light}" stroke-width="7" stroke-linecap="round" opacity="0.7"/>'
        f'<path d="M262 128 C274 178 264 236 236 268" fill="none" stroke="{dark}" stroke-width="5" stroke-linecap="round" opacity="0.7"/>'
    )


def _scarf_drape(colour: str) -> str:
    dark = _darker(colour, 0.16)
    return (
        f'<path d="M130 262 C116 306 132 342 206 352 C262 346 290 318 270 262 C250 300 150 300 130 262 Z" fill="{colour}"/>'
        f'<path d="M140 300 C166 330 230 334 262 300" fill="none" stroke="{dark}" stroke-width="5" stroke-linecap="round" opacity="0.8"/>'
        f'<path d="M150 322 C180 344 226 344 250 326" fill="none" stroke="{dark}" stroke-width="4" stroke-linecap="round" opacity="0.6"/>'
    )


def _beard(person: Person) -> str:
    colour = person.hair_colour
    return (
        f'<path d="M137 186 C142 200 156 208 168 210 C180 206 190 215 200 215 C210 215 220 206 232 210 C244 208 258 200 263 186 '
        f'C264 236 240 282 200 282 C160 282 136 236 137 186 Z" fill="{colour}"/>'
        f'<path d="M178 227 C188 221 212 221 222 227 C219 246 181 246 178 227 Z" fill="{person.skin}" opacity="0.55"/>'
    )


def _darker(code: str, share: float) -> str:
    return hex_code(mix(rgb_of(code), BLACK, share))


def _lighter(code: str, share: float) -> str:
    return hex_code(mix(rgb_of(code), WHITE, share))
