"""Errors that keep a build from publishing."""

from __future__ import annotations

from psanalysis.errors import PsanalysisError


class SiteError(PsanalysisError):
    """The site cannot be built or published; the published site is as it was."""


class LockedError(SiteError):
    """Another build holds the lock of this site."""


class ContractError(PsanalysisError):
    """A notebook's output has content that the page policy of the site forbids."""
