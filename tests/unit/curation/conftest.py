"""What the tests of curation share: the draft of a test's own text, and a copy of the example that
is under review. Yunhe is made up.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis.draft import Document, Draft, draft_document

EXAMPLES = Path(__file__).parents[3] / "notebooks" / "examples"


@pytest.fixture(scope="module")
def result(request: pytest.FixtureRequest, ds: ps.Dataset) -> Draft:
    """The draft of the module's TEXT."""
    document = Document("plan.txt", "text", "utf_8", request.module.TEXT)
    return draft_document(document, "yunhe-14fyp", ds)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """The table of the example, with its text beside it."""
    return Path(shutil.copytree(EXAMPLES, tmp_path / "examples")) / "yunhe.csv"
