"""`python -m psanalysis.cli`."""

from psanalysis.cli import main

main()
