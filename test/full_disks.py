#!/usr/bin/env python3
# Copyright (c) 2026 The optical-fabric authors
#
# SPDX-License-Identifier: GPL-2.0-only
"""What programs do when there is no room for their results.

usage: full_disks.py path/to/run-scenario path/to/compare-fabrics path/to/cloudmatrix-campaign
                     path/to/link-budget path/to/clos-all-to-all

Expected: exit status 1, one line that names the file and the reason, earlier results untouched, and
no unfinished file or new directory left behind. Nobody needs to be root: a limit on the size of
files, and /dev/full, are what a full disk is to a program.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

SCENARIO = """name = "small"
[fabric]
nodes = 1
scale_out = false
[[collective]]
name = "first"
kind = "all-reduce"
bytes = "64KiB"
[[collective]]
name = "second"
kind = "all-gather"
bytes = "1KiB"
"""
SKIPPED = 77


def check(condition, what):
    if not condition:
        sys.exit(f"full_disks: {what}")


def run(*command, limit=None, stdout=subprocess.PIPE, user=None):
    def restrict():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    answer = subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, text=True, preexec_fn=restrict, timeout=300, user=user
    )
    return answer.returncode, answer.stdout, answer.stderr


def content(folder):
    """All files below a folder, with their bytes."""
    files = {}
    for where, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(where, name), "rb") as file:
                files[os.path.join(where, name)] = file.read()
    return files


def expect_failure(answer, program, *parts):
    status, _, err = answer
    check(status == 1, f"{program}: status {status}, said {err!r}; expected 1")
    check(err.startswith(program + ": ") and err.count("\n") == 1, f"{program}: said {err!r}")
    for part in parts:
        check(part in err, f"{program}: said {err!r}, without {part!r}")


def check_limits(program):
    """Any of the files may be the one that does not fit."""
    status, _, err = run(program, "small.toml", "--quiet", "--out", "results")
    check(status == 0, f"a good run: status {status}, said {err!r}")
    before = content("results")
    sizes = sorted({len(data) for data in before.values()})
    for limit in [0, 1, *(size - 1 for size in sizes)]:
        change = ["--set", "random.seed=2", "--force"]
        answer = run(program, "small.toml", *change, "--quiet", "--out", "results", limit=limit)
        expect_failure(answer, "run-scenario", ".partial failed: File too large")
        check(content("results") == before, f"limit {limit}: earlier results were touched")
        answer = run(program, "small.toml", "--quiet", "--out", "new/deep", limit=limit)
        expect_failure(answer, "run-scenario", "File too large")
        check(not os.path.exists("new"), f"limit {limit}: left {content('new')}")


def check_locked(program):
    """A folder that nobody may write to: root may, and so asks for somebody else."""
    os.chmod(".", 0o755)
    os.mkdir("locked", 0o555)
    user = 65534 if os.geteuid() == 0 else None
    try:
        answer = run(program, "small.toml", "--quiet", "--out", "locked/in", user=user)
    except PermissionError:
        return  # somebody else may not see the program
    expect_failure(answer, "run-scenario", "locked cannot be written to")
    check(os.listdir("locked") == [], f"left {os.listdir('locked')} in a locked folder")


def check_system(program):
    """A folder of the system's, where not even root may write."""
    answer = run(program, "small.toml", "--quiet", "--out", "/proc/self/results")
    expect_failure(answer, "run-scenario", "/proc/self cannot be written to")


def check_vanished(program):
    """The folder goes away while the run is under way."""
    endless = SCENARIO.replace("64KiB", "1TiB").replace("nodes = 1", "nodes = 4")
    with open("endless.toml", "w", encoding="utf-8") as file:
        file.write(endless)
    command = [program, "endless.toml", "--out", "vanished"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stderr.readline()
        os.rmdir("vanished")
        with open("vanished", "w", encoding="utf-8"):
            pass  # a file in its place, so that it cannot be made again
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    last = err.splitlines()[-1]
    check(process.returncode == 1, f"vanished: status {process.returncode}, said {err!r}")
    check(last.startswith("run-scenario: results were not written: "), f"vanished: said {err!r}")
    check("Not a directory" in last, f"vanished: said {err!r}")
    check("UNFINISHED" in out, "vanished: tables are there all the same")
    check("\nResults\n" not in out, "vanished: files are listed that are not there")


def check_devices(programs):
    scenario, compare, campaign, budget, example = programs
    years = ["--years=0.1", "--replications=2"]
    with open("/dev/full", "w", encoding="utf-8") as full:
        for command in (
            [scenario, "small.toml", "--out", "a", "--force"],
            [compare, "--accelerators"],
            [campaign, *years],
            [budget],
            [example, "--endpoints=4", "--leaves=2", "--spines=1", "--bytes=1024"],
            *([program, "--help"] for program in programs),
        ):
            status, _, err = run(*command, stdout=full)
            line = err.splitlines()[-1] if err else ""
            what = f"{' '.join(command)}: status {status}, said {err!r}"
            check(status == 1 and line.endswith("the standard output could not be written"), what)
    reason = "write of /dev/full failed: No space left on device"
    expect_failure(
        run(compare, "--accelerators", "--json", "/dev/full"), "compare-fabrics", reason
    )
    expect_failure(
        run(campaign, *years, "--faults=/dev/full"), "cloudmatrix-campaign", reason
    )
    for command in ([compare, "--accelerators", "--json"], [campaign, *years, "--faults"]):
        name = os.path.basename(command[0])
        with open("file", "w", encoding="utf-8") as file:
            file.write("before")
        option = command.pop()
        answer = run(*command, "--force", f"{option}=file", limit=100)
        expect_failure(answer, name, "write of file.partial failed: File too large")
        check(content(".")["./file"] == b"before", f"{name}: an earlier file was touched")
        answer = run(*command, f"{option}=file/below")
        expect_failure(answer, name, "file/below", "Not a directory")


def main():
    os.environ.pop("COLUMNS", None)  # programs would break their lines for it
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    programs = [os.path.abspath(path) for path in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        with open("small.toml", "w", encoding="utf-8") as file:
            file.write(SCENARIO)
        if "cannot read TOML" in run(programs[0], "small.toml", "--out", "probe")[2]:
            print("full_disks: skipped, built without TOML")
            return SKIPPED
        shutil.rmtree("probe")
        check_limits(programs[0])
        check_locked(programs[0])
        if os.path.isdir("/proc/self"):
            check_system(programs[0])
        check_vanished(programs[0])
        if os.path.exists("/dev/full"):
            check_devices(programs)
        os.chdir("/")
    print("full_disks: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
