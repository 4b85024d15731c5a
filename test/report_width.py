#!/usr/bin/env python3
# Copyright (c) 2026 The optical-fabric authors
#
# SPDX-License-Identifier: GPL-2.0-only
"""Checks that a run's report and its errors keep within the terminal that they are printed to, or
within COLUMNS, and that neither the report elsewhere nor any file depends on the terminal.

usage: report_width.py path/to/run-scenario [PROGRAM...]

Programs given after run-scenario have a help that is to fit a terminal of 80 columns.

Exits with 1 and says why when something is too wide or differs, with 77 where there are no
terminals, or run-scenario was built without TOML.
"""

import os
import struct
import subprocess
import sys
import tempfile

try:
    import fcntl
    import pty
    import termios
except ImportError:
    print("report_width: skipped, no terminals here")
    sys.exit(77)

SKIPPED = 77
ELSEWHERE = 100  # columns where the output is no terminal
# Wide tables: two collectives at the same time, published figures, faults, energy.
SCENARIO = """description = "a description that is longer than a terminal is wide, as people write them"
[fabric]
nodes = 2
scale_out = false
[faults]
horizon = "10us"
acceleration = 1e13
modes = "module"
[power]
sample_step = "500ns"
region = "US"
[[collective]]
name = "a-name-of-some-length"
kind = "all-reduce"
bytes = "64KiB"
iterations = 2
[[collective]]
name = "another-name-of-some-length"
kind = "all-to-all"
bytes = "64KiB"
concurrent = true
"""


def check(condition, what):
    if not condition:
        sys.exit(f"report_width: {what}")


def environment(columns):
    """The environment with COLUMNS as given; without it for None."""
    variables = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    return variables if columns is None else {**variables, "COLUMNS": str(columns)}


def run_on_terminal(command, width, columns, status=0):
    """What a command prints to a terminal so wide: errors if it is to end with a status, else results."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL if status else theirs,
        stderr=theirs if status else subprocess.DEVNULL,
        env=environment(columns),
    ) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            said += piece
        os.close(ours)
    check(process.returncode == status, f"status {process.returncode}, said {said!r}")
    return said.decode().replace("\r\n", "\n")


def check_width(text, width, what):
    check("Use of links" in text and "Latency" in text, f"{what}: no report, but {text!r}")
    for line in text.split("\nResults\n")[0].splitlines():
        check(len(line) <= width, f"{what}: {len(line)} columns: {line!r}")


def check_errors(program, scratch):
    """A long refusal: in lines that fit, where somebody says what fits; else in one."""
    scenario = os.path.join(scratch, "wide.toml")
    command = [program, scenario, "--set", "network.buffer_bytes=64k", "--out", "refused"]

    def elsewhere(columns):
        done = subprocess.run(command, capture_output=True, text=True, env=environment(columns))
        check(done.returncode == 2, f"status {done.returncode}: {done.stderr!r}")
        return done.stderr

    line = elsewhere(None)
    check(line.count("\n") == 1 and len(line) > 240, f"elsewhere an error is no long line: {line!r}")
    for nonsense in ("", "39", "1001", "80x"):
        check(elsewhere(nonsense) == line, f"COLUMNS={nonsense!r} changes an error")
    for width, text in (
        (80, run_on_terminal(command, 80, None, status=2)),
        (120, run_on_terminal(command, 120, "x", status=2)),
        (72, run_on_terminal(command, 120, 72, status=2)),
        (60, elsewhere(60)),
    ):
        lines = text.splitlines()
        widest = max(map(len, lines))
        check(width - 30 < widest <= width, f"an error within {width} columns: {text!r}")
        check(all(more.startswith("  ") for more in lines[1:]), f"no indentation: {text!r}")
        check(" ".join(text.split()) == line.strip(), f"another error within {width}: {text!r}")


def read_files(folder):
    """Content of all files of a folder that hold no facts of one run."""
    content = {}
    for name in ("results.h5", "faults.csv"):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            with open(path, "rb") as file:
                content[name] = file.read()
    return content


def check_help(programs):
    for program in programs:
        if not os.path.exists(program):  # fabric-bench is built when it is asked for
            print(f"report_width: no {program}, and so no help of it")
            continue
        done = subprocess.run([program, "--help"], capture_output=True, text=True, env=environment(None))
        lines = done.stdout.splitlines()
        check(done.returncode == 0 and len(lines) > 10, f"{program} --help: {done.returncode}, {done.stderr!r}")
        for line in lines:
            check(len(line) <= 80, f"{program} --help: {len(line)} columns: {line!r}")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    check_help(sys.argv[2:])
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        scenario = os.path.join(scratch, "wide.toml")
        with open(scenario, "w", encoding="utf-8") as text:
            text.write(SCENARIO)

        def command(name):
            return [program, scenario, "--out", os.path.join(scratch, name)]

        elsewhere = subprocess.run(
            command("elsewhere"), capture_output=True, text=True, env=environment(None)
        )
        if "cannot read TOML" in elsewhere.stderr:
            print("report_width: skipped, built without TOML")
            return SKIPPED
        check(elsewhere.returncode == 0, f"status {elsewhere.returncode}: {elsewhere.stderr!r}")
        check_width(elsewhere.stdout, ELSEWHERE, "no terminal")
        widest = max(len(line) for line in elsewhere.stdout.splitlines())
        check(widest > 80, "nothing here is wide")
        files = read_files(os.path.join(scratch, "elsewhere"))
        for width, columns in ((80, None), (120, None), (120, 72)):
            name = f"{width}-{columns}"
            text = run_on_terminal(command(name), width, columns)
            check_width(text, columns or width, f"terminal of {width}, COLUMNS {columns}")
            check(read_files(os.path.join(scratch, name)) == files, f"files depend on {name}")
        piped = subprocess.run(
            command("piped"), capture_output=True, text=True, env=environment(72)
        )
        check_width(piped.stdout, 72, "no terminal, COLUMNS 72")
        check(max(map(len, piped.stdout.splitlines())) > 60, "COLUMNS 72 gives far less")
        check_errors(program, scratch)
    print("report_width: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
