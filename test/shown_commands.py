#!/usr/bin/env python3
"""Commands that a reader is told to try are not refused: those of the README, of the help, and at
the head of scenario files.

Each is stopped after a microsecond of simulated time; what counts is that it begins.

usage: shown_commands.py RUN_SCENARIO SOURCE_DIRECTORY
"""

import glob
import os
import re
import shlex
import subprocess
import sys
import tempfile


def shown_in(text):
    """Arguments of run-scenario in each command of a text."""
    shown = re.findall(r"^[\s#]*(?:\./fabric run|run-scenario)[ \t]+((?:--|\S+\.toml)[^#\n]*)", text, re.M)
    return [line.strip() for line in shown if "[" not in line]


def main():
    program, source = sys.argv[1:]
    texts = [subprocess.run([program, "--help"], capture_output=True, text=True).stdout]
    files = [os.path.join(source, "README.md")]
    files += sorted(glob.glob(os.path.join(source, "examples/scenarios/*.toml")))
    for path in files:
        with open(path) as text:
            texts.append(text.read())
    commands = sorted({command for text in texts for command in shown_in(text)})
    if len(commands) < 10:
        sys.exit(f"shown-commands: only {len(commands)} found")
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        for command in commands:
            words = [word for word in shlex.split(command) if not word.startswith("results/")]
            words = [word for word in words if word != "--out"]
            out = os.path.join(scratch, "out")
            done = subprocess.run(
                [program, *words, "--set", "engine.time_limit=1us", "--out", out, "--force", "--quiet"],
                cwd=source,
                capture_output=True,
                text=True,
            )
            if "cannot read TOML" in done.stderr:
                sys.exit(77)
            if done.returncode not in (0, 1):
                print(f"shown-commands: {command}: status {done.returncode}: {done.stderr}")
                failures += 1
    print(f"shown-commands: {len(commands)} commands, {failures} refused")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
