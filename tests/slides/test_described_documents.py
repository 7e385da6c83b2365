"""What is said of documents."""

from __future__ import annotations

from pathlib import Path

from documents import deck, plain, report

from videogen_agents.contract import FileType
from videogen_engine.describing.model import DescribeRequest
from videogen_engine.describing.stage import describe
from videogen_engine.stage import StageContext


def told(content: bytes, suffix: str, ctx: StageContext, tmp_path: Path) -> str:
    path = tmp_path / "document"
    path.write_bytes(content)
    kinds = {
        ".pdf": "application/pdf",
        ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
    media = ctx.store.publish(f"upload/{len(content)}{suffix}", path, kinds[suffix])
    type_ = FileType.PDF if suffix == ".pdf" else FileType.SLIDESHOW
    return describe(DescribeRequest(media=media, type=type_, name=f"a{suffix}"), ctx).description


def test_documents_are_told_by_their_titles_and_words(ctx: StageContext, tmp_path: Path) -> None:
    written = told(report(), ".pdf", ctx, tmp_path)
    assert written.startswith("PDF of 12 pages, titled “"), written
    assert "Words it uses most: " in written
    assert told(deck(), ".pptx", ctx, tmp_path).startswith("PowerPoint file of 10 pages, titled “")
    assert told(plain(1, words=""), ".pdf", ctx, tmp_path).startswith("PDF of 1 page")
