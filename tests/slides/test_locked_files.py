"""Which files are locked, told apart from those that are broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from videogen_agents.errors import InputError
from videogen_engine.slides.pdf import pdf_document

from . import documents


def test_a_file_without_pages_is_not_taken_for_locked_after_one_that_was(tmp_path: Path) -> None:
    codes: list[str] = []
    for name, data in (("locked", documents.pdf([documents.Page()], encrypt=True)), ("empty", documents.pdf([]))):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(data)
        with pytest.raises(InputError) as caught, pdf_document(path):
            pass
        codes.append(caught.value.code)
    assert codes == ["encrypted_document", "damaged_media"]
