"""The type of the fixture that runs the command line."""

from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]
