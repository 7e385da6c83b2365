"""Derive the skill's references, and the list of them in SKILL.md, from the guides. Run after changing a guide."""

from __future__ import annotations

import re
from pathlib import Path

from videogen_agents.guides import guide_topics, read_guide

SKILL = Path(__file__).resolve().parents[1] / "skills" / "videogen"
_LIST = re.compile(r"(?<=<!-- guides -->\n).*?(?=<!-- /guides -->)", re.DOTALL)


def skill_files() -> dict[Path, str]:
    """Every derived file with its content."""
    listed = "".join(
        f"- [references/{guide.topic}.md](references/{guide.topic}.md): {guide.summary}\n" for guide in guide_topics()
    )
    page = SKILL / "SKILL.md"
    references = {SKILL / "references" / f"{guide.topic}.md": read_guide(guide.topic) for guide in guide_topics()}
    return {page: _LIST.sub(lambda _: listed, page.read_text(encoding="utf-8")), **references}


def main() -> None:
    """Write them, and remove references without a guide."""
    wanted = skill_files()
    for path in (SKILL / "references").glob("*.md"):
        if path not in wanted:
            path.unlink()
    for path, content in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
