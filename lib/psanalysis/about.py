"""Version of the library, and the folder that it lies in."""

from pathlib import Path

__version__ = "0.2.0"
LIBRARY = Path(__file__).parent
