"""The document says what the matrix has found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .cases import STAGES, harmless_table, start_table

TEXT = (Path(__file__).parents[2] / "docs" / "reliability.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "table"), [("starts", start_table()), ("harmless", harmless_table())])
def test_each_table_of_the_document_is_that_of_the_cases(name: str, table: str) -> None:
    found = re.search(rf"<!-- {name}: [^>]*-->\n(.*?)\n<!-- end -->", TEXT, re.DOTALL)
    assert found is not None
    assert found[1] == table, f"put this between the markers:\n{table}"


def test_the_document_counts_the_stages_that_there_are() -> None:
    assert len(STAGES) == 9 and "nine stages" in TEXT
