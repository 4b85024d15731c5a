# Copyright (c) 2026 The optical-fabric authors
#
# SPDX-License-Identifier: GPL-2.0-only
"""How long lines may be, as the programs have it: COLUMNS, else columns of the terminal."""

import argparse
import os
import sys
import textwrap

LEAST, MOST = 40, 1000  # what is believed of COLUMNS


def find_width(stream):
    """Columns for what goes to a stream, None where lines may be as long as they are."""
    text = os.environ.get("COLUMNS", "")
    if text.isascii() and text.isdecimal() and LEAST <= int(text) <= MOST:
        return int(text)
    try:
        return (os.get_terminal_size(stream.fileno()).columns or 80) if stream.isatty() else None
    except (OSError, ValueError):
        return None


def line_width(stream):
    """Columns for a line that the next one is written over, None where that is no terminal."""
    try:
        terminal = (os.get_terminal_size(stream.fileno()).columns or 80) if stream.isatty() else None
    except (OSError, ValueError):
        return None
    return terminal and min(terminal, find_width(stream))


def fitted(text, stream):
    """A line, broken at blanks where it is too long for a stream."""
    width = find_width(stream)
    if width is None or len(text) <= width:
        return text
    return textwrap.fill(
        text,
        max(width, 20),
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


class Parser(argparse.ArgumentParser):
    """Reads a command line; says what is wrong with it in lines that fit."""

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(2, fitted(f"{self.prog}: error: {message}", sys.stderr) + "\n")
