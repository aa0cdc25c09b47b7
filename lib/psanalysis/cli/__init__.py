"""The command line.

Heavy modules are imported inside the commands, so that --help comes at once.
"""

from psanalysis.cli import of_curation, of_data, of_site
from psanalysis.cli.group import main

__all__ = ["main", "of_curation", "of_data", "of_site"]
