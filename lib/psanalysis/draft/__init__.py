"""From a plan document to proposed statements: reading, rules, linking, scoring. Offline and deterministic; a person decides."""

from psanalysis.draft.document import Document, DocumentError
from psanalysis.draft.documents import read_document
from psanalysis.draft.drafting import Draft, draft, draft_document, write_draft
from psanalysis.draft.evaluate import evaluate

__all__ = [
    "Document",
    "DocumentError",
    "Draft",
    "draft",
    "draft_document",
    "evaluate",
    "read_document",
    "write_draft",
]
