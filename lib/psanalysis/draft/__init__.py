"""From a plan document to proposed statements: reading, rules, linking, scoring.

Offline and deterministic; a person decides.
"""

from psanalysis.draft.drafting import Draft, draft, draft_document
from psanalysis.draft.evaluate import evaluate
from psanalysis.formats.document import Document, DocumentError
from psanalysis.formats.reader import read_document

__all__ = [
    "Document",
    "DocumentError",
    "Draft",
    "draft",
    "draft_document",
    "evaluate",
    "read_document",
]
