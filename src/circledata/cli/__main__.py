"""Lets `python -m circledata.cli` do what `circledata` does."""

from circledata.cli import main

main()
