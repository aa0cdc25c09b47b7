"""Drafts statements from a plan document: reading, rules, linking to indicators, confidence.

Works offline and is deterministic. A draft is a proposal: a person decides on each row.
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
