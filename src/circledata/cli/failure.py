"""Turns whatever stops a command into one plain sentence and an exit code."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable

import click

from circledata.cli.help import Wrong
from circledata.cli.words import Words

WRONG_USE = 2
FAILED = 3
INTERRUPTED = 130
DEBUG = "CIRCLEDATA_DEBUG"


def guarded(action: Callable[[], object], words: Words) -> int:
    """Run `action` and return its exit code; nothing but the exit of the interpreter passes through.

    Characters that the terminal's encoding lacks are replaced from here on: a console in GBK must not stop a report.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = action()
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.UsageError as error:
        return _wrong_use(error, words)
    except (KeyboardInterrupt, click.Abort):
        _tell(words("interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_left()
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.EPIPE:
            return _reader_left()
        return _failed(error, words)


def _tell(sentence: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        click.echo(sentence, err=True)


def _reader_left() -> int:
    """Whoever read our output has stopped reading: say nothing, and keep Python from complaining when it closes."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


def _wrong_use(error: click.UsageError, words: Words) -> int:
    _tell(words("error", text=word_usage(error, words)))
    if error.ctx is not None:
        _tell(words("see-help", command=f"{error.ctx.command_path} --help"))
    return WRONG_USE


def word_usage(error: click.UsageError, words: Words) -> str:
    """Say what was wrong with the command line, in the chosen language where click tells the kind of mistake."""
    if isinstance(error, Wrong):
        return error.message
    if isinstance(error, click.NoSuchOption):
        near = error.possibilities
        hint = words("did-you-mean", names=", ".join(near)) if near else ""
        return words("no-option", name=error.option_name) + hint
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = error.param.opts[0] if isinstance(error.param, click.Option) else _metavar(error)
        return words("missing", name=name)
    if isinstance(error, click.BadOptionUsage):
        return words("bad-option", name=error.option_name)
    return error.format_message()


def _metavar(error: click.MissingParameter) -> str:
    assert error.param is not None
    return error.param.metavar or str(error.param.name)


def _failed(error: Exception, words: Words) -> int:
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exc()
    code = getattr(error, "exit_code", None)
    worded = getattr(error, "in_language", None)
    if isinstance(code, int) and callable(worded):
        _tell(words("error", text=worded(words.language)))
        return code
    _tell(words("error", text=_sentence(error, words)))
    return FAILED


def _sentence(error: Exception, words: Words) -> str:
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        return words("out-of-memory")
    if isinstance(error, OSError):
        if error.errno == errno.ENOSPC:
            return words("disk-full")
        reason = error.strerror or type(error).__name__
        if error.filename:
            return words("system-error-file", path=error.filename, reason=reason)
        return words("system-error", reason=reason)
    return words("unexpected", kind=type(error).__name__, variable=DEBUG)
