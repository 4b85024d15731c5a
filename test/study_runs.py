#!/usr/bin/env python3
# Copyright (c) 2026 The optical-fabric authors
#
# SPDX-License-Identifier: GPL-2.0-only
"""Runs studies as a user would: good ones, twice and resumed, broken ones, and interrupted ones.

usage: study_runs.py path/to/tools/fabric_study.py path/to/run-scenario

Refusals: exit status 2, one line on the standard error, nothing on the standard output, and no
directory left behind. Good studies: the same bytes in study.csv, whatever happened in between.
"""

import contextlib
import csv
import importlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SCENARIO = """[fabric]
kind = "clos"
endpoints = 8
leaves = 2
spines = 2
[[collective]]
name = "exchange"
kind = "all-to-all"
bytes = "64KiB"
iterations = 2
"""
STUDY = """name = "two"
scenario = "small.toml"
[set]
collective.exchange.iterations = 3
[[axis]]
key = "network.routing"
values = ["Spray", "Ecmp"]
[[column]]
name = "time_s"
value = "collectives[name=exchange].time_s"
[[column]]
name = "last_s"
value = "collectives[0].iterations[2].time_s"
[[column]]
name = "queue_share"
value = "latency.breakdown.mean.queue_s"
per = "latency.breakdown.mean.total_s"
"""
AXIS = STUDY[STUDY.index("[[axis]]") : STUDY.index("[[column]]")]
RANGE = '[[axis]]\nkey = "random.seed"\n'
JOINT = '[[axis]]\nvalues = [{ "random.seed" = 1, "random.run" = 1 }, '
FIGURE = '[[figure]]\nname = "f"\n'
SKIPPED = 77

# Stands in for run-scenario: the first point is refused, but not before there is the file AFTER in
# points/. Then the second, which ends well, has been quicker, however busy the machine is.
QUICKER = """#!/bin/sh
while [ "$1" != --out ]; do shift; done
cd "${2%/*}" || exit 3
end_well() {
  mkdir 002 && echo '{"collectives": [{"name": "exchange", "time_s": 1}]}' > 002/summary.json
  exit
}
case "$2" in
*/001)
  tries=0
  until [ -e AFTER ]; do
    sleep 0.01
    tries=$((tries + 1))
    [ $tries -lt 3000 ] || exit 3
  done
  echo "run-scenario: no such value" >&2
  exit 2 ;;
esac
SECOND
"""
# AFTER and SECOND: the second point has been settled; it ends while the refusal is dealt with.
QUICKER_POINTS = [
    ("002.json", "end_well"),
    ("begun", "trap 'rm begun; end_well' TERM; touch begun; while :; do sleep 0.01; done"),
]

# content of a study file; part of the message
REFUSED_FILES = [
    ("", "name is missing; allowed: a text"),
    ("name = \n", "bad.toml: not valid TOML"),
    (STUDY.replace('"two"', '"two/three"'), 'name = "two/three"; allowed: letters'),
    (STUDY.replace('"two"', "2"), "name = 2; allowed: a text"),
    (STUDY.replace("scenario", "scenery"), "scenario is missing"),
    (STUDY.replace("small", "smal"), 'scenario = "smal.toml": smal.toml cannot be read'),
    (STUDY.replace("[set]", "[sets]"), "sets: unknown key; did you mean set?; allowed: name,"),
    (STUDY.replace("[[axis]]", "[axis]"), "allowed: tables, each begun with [[axis]]"),
    (STUDY.replace("= 3", "= {}"), "set.collective.exchange.iterations = {}"),
    (STUDY.replace("= 3", '= ""'), 'set.collective.exchange.iterations = ""; allowed: a text'),
    (STUDY.replace("= 3", "= nan"), "set.collective.exchange.iterations"),
    (STUDY.replace("= 3", "= 1979-05-27"), "set.collective.exchange.iterations"),
    (STUDY.replace("= 3", '= 3\n"network.routing" = "Ecmp"'), "set.network.routing is an axis too"),
    (STUDY.replace("collective.exchange.iterations", '"a b"'), "allowed: a key of the scenario"),
    (STUDY.replace('"Spray", "Ecmp"', ""), "axis[0].values = []; allowed: at least one value"),
    (STUDY.replace('"Ecmp"', '"Spray"'), "axis[0].values[1] = Spray; allowed: each value once"),
    (STUDY.replace('"Ecmp"', "{ a = 1 }"), "axis[0].values[1]"),
    (STUDY.replace('key = "network.routing"', ""), "axis[0].key is missing"),
    (STUDY.replace("values =", "value ="), "axis[0].from is missing; allowed: values = [...]"),
    (STUDY.replace('"Ecmp"]', '"Ecmp"]\nlable = "x"'), "did you mean label?; allowed: key, values"),
    (STUDY + AXIS, "axis: network.routing is on two axes"),
    (STUDY + RANGE + "from = 1\nto = 2\n", "axis[1].step is missing"),
    (STUDY + RANGE + "from = 1\nto = 2\nstep = 0\n", "axis[1].step = 0; allowed: a step that"),
    (STUDY + RANGE + "from = 1\nto = 2\nstep = 0.3\n", 'axis[1].step = "0.3"'),
    (STUDY + RANGE + "from = 2\nto = 1\nstep = 1\n", "axis[1].step = 1"),
    (STUDY + RANGE + "from = 1\nto = 2\nstep = 1e-9\n", "at most 10000 values"),
    (STUDY + RANGE + "from = 1\nto = 9999\nstep = 1\n", "19998 points; allowed: at most 10000"),
    (STUDY + RANGE + 'from = "1"\nto = 2\nstep = 1\n', 'axis[1].from = "1"; allowed: a number'),
    (STUDY + JOINT + '{ "random.seed" = 2 }]\n', "with the same keys: random.seed, random.run"),
    (STUDY.replace('"time_s"', '"last_s"'), 'column[1].name = "last_s"'),
    (STUDY.replace('"time_s"', '"network.routing"'), "that no other column and no axis has"),
    (STUDY.replace("[2]", "[2"), "column[1].value"),
    (STUDY.replace("[0].it", "[0]it"), "allowed: a path into summary.json"),
    (STUDY.replace("breakdown.mean.queue_s", ""), 'column[2].value = "latency."'),
    (STUDY.replace("latency.breakdown.mean.queue_s", "engine.wall_s"), "volatile.json has the"),
    (STUDY.replace("per =", "pre ="), "column[2].pre: unknown key; did you mean per?"),
    (STUDY + FIGURE + 'x = "time_s"\ny = ["time_s"]\n', "a key of an axis: network.routing"),
    (STUDY + FIGURE + 'x = "network.routing"\ny = ["p"]\n', "time_s, last_s, queue_share"),
    (STUDY + FIGURE + 'x = "network.routing"\n', "figure[0].y = []"),
    (STUDY + FIGURE + 'x = "network.routing"\ny = ["time_s"]\nlog_y = 1\n', "true or false"),
    # What only the program can know, it says at the first point.
    (STUDY.replace("network.routing", "network.ruting"), "did you mean routing?"),
    (STUDY.replace('"Spray"', '"Spry"'), "the first point is refused: run-scenario: --set network"),
    (STUDY.replace("small.toml", "bad.toml"), "first point is refused: run-scenario: --set coll"),
]

# arguments after the good study; part of the message
REFUSED = [
    (["--set", "random.seed"], "--set random.seed: no setting; allowed: KEY.PATH=VALUE"),
    (["--set", "=1"], "no setting"),
    (["--set", "network.routing=Ecmp"], "an axis of two.toml"),
    (["--set", "random.sed=1"], "did you mean seed?"),
    (["--out="], "no directory"),
    (["--out", "two.toml"], "two.toml"),
    (["--out", "mine"], "thesis.tex"),
]


def check(condition, what):
    if not condition:
        sys.exit(f"study_runs: {what}")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Tool:
    """The study runner, with a program to run."""

    def __init__(self, tool, program):
        self.program = program
        self.command = [sys.executable, tool, program]
        sys.path.insert(0, os.path.dirname(tool))
        self.main = importlib.import_module("fabric_study").main

    def start(self, *arguments):
        # Sessions of their own, so that a signal is for the study alone.
        return subprocess.Popen(
            [*self.command, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments):
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        return process.returncode, out, err

    def expect(self, status, *arguments):
        result, out, err = self.run(*arguments)
        what = f"study {' '.join(arguments)}: status {result}, said {out!r} and {err!r}"
        check(result == status, f"{what}; expected status {status}")
        check("Traceback" not in err, what)
        return out, err

    def expect_refusal(self, arguments, part):
        before = sorted(os.listdir("."))
        # As the launcher calls it: there are many refusals, and Python takes its time to start.
        with contextlib.redirect_stdout(io.StringIO()) as out:
            with contextlib.redirect_stderr(io.StringIO()) as err:
                status = self.main(arguments, lambda: self.program)
        out, err = out.getvalue(), err.getvalue()
        check(status == 2, f"study {' '.join(arguments)}: status {status}, said {err!r}")
        what = f"study {' '.join(arguments)} said {err!r}"
        last = err.splitlines()[-1]
        check(part in last and last.startswith("fabric study: "), f"{what}; expected {part!r}")
        check("points done" not in err, f"{what}; and ran something")
        check(out == "", f"{what}; and on the standard output {out!r}")
        check(sorted(os.listdir(".")) == before, f"{what}; left {os.listdir('.')}")

    def expect_locked(self, directory):
        _, err = self.expect(2, "short.toml", "--out", directory)
        check("a study is running in it" in err, f"a second study in {directory}: said {err!r}")


def check_refusals(tool):
    for text, part in REFUSED_FILES:
        write("bad.toml", text)
        tool.expect_refusal(["bad.toml", "--out", "deep/in"], part)
        os.unlink("bad.toml")
    os.mkdir("mine")
    write("mine/thesis.tex", "years of work")
    for arguments, part in REFUSED:
        tool.expect_refusal(["two.toml", *arguments], part)
    check(read("mine/thesis.tex") == b"years of work", "a foreign file was touched")
    tool.expect_refusal(["missing.toml"], "missing.toml: cannot be read")
    studies = os.path.join("examples", "studies") + ": circuit-switches.toml, connector"
    tool.expect_refusal(["no/missing.toml"], studies)
    tool.expect_refusal(["."], ".: cannot be read: Is a directory")
    os.mkfifo("pipe.toml")  # nobody writes to it
    tool.expect_refusal(["pipe.toml"], "pipe.toml: cannot be read: no regular file")
    os.unlink("pipe.toml")
    with open("bad.toml", "wb") as file:
        file.write(b"# one\n# two \xff\n")
    tool.expect_refusal(["bad.toml"], "bad.toml:2: byte 0xff is no UTF-8")
    os.unlink("bad.toml")
    os.environ["COLUMNS"] = "50"
    _, err = tool.expect(2, "two.toml", "--set", "random.seed=1", "--out", "")
    widest = max(map(len, err.splitlines()))
    check(30 < widest <= 50 and "\n  " in err, f"with COLUMNS=50: said {err!r}")
    del os.environ["COLUMNS"]
    out, err = tool.expect(2, "two.toml", "--jobs", "0")
    check("1 or more" in err, f"--jobs 0 said {err!r}")
    out, err = tool.expect(0, "--help")
    check("[[axis]]" in out and "examples:" in out, "--help")


def check_quicker_points(tool):
    """A study that is refused leaves nothing of points that were quicker than the first."""
    write("quicker.toml", STUDY[: STUDY.rindex("[[column]]", 0, STUDY.index("last_s"))])
    for after, second in QUICKER_POINTS:
        write("stand-in", QUICKER.replace("AFTER", after).replace("SECOND", second))
        os.chmod("stand-in", 0o755)
        stand_in = Tool(tool.command[1], os.path.abspath("stand-in"))
        arguments = ["quicker.toml", "--out", "q", "--jobs", "2"]
        stand_in.expect_refusal(arguments, "first point is refused: run-scenario: no such value")
        os.unlink("stand-in")
    os.unlink("quicker.toml")


def check_good(tool):
    """A study that runs, does nothing when run again, and goes on when something is lost."""
    out, err = tool.expect(0, "two.toml", "--list", "--out", "a")
    check("network.routing = Ecmp" in out and not os.path.exists("a"), f"--list said {out!r}")
    out, err = tool.expect(0, "two.toml", "--out", "a", "--jobs", "2")
    check("Ecmp" in out and "time (us)" in out, f"a good study printed {out!r}")
    check("2 of 2 points done" in err, f"a good study said {err!r}")
    rows = list(csv.DictReader(io.StringIO(read("a/study.csv").decode())))
    check([row["network.routing"] for row in rows] == ["Spray", "Ecmp"], "order of points")
    for number, row in enumerate(rows, 1):
        summary = json.loads(read(f"a/points/{number:03}/summary.json"))
        collective = summary["collectives"][0]
        mean = summary["latency"]["breakdown"]["mean"]
        check(float(row["time_s"]) == collective["time_s"], "time_s")
        check(float(row["last_s"]) == collective["iterations"][2]["time_s"], "last_s, or [set]")
        check(float(row["queue_share"]) == mean["queue_s"] / mean["total_s"], "queue_share")
    study = json.loads(read("a/study.json"))
    check(study["study"] == STUDY and study["name"] == "two", "study.json: text")
    check([p["state"] for p in study["points"]] == ["finished"] * 2, "study.json: states")
    time_s = study["points"][1]["columns"]["time_s"]
    check(time_s == float(rows[1]["time_s"]), "study.json: columns")
    versions = study["versions"]
    check(len(versions) == 1 and versions[0]["ns3_version"], "study.json: versions")
    check(json.loads(read("a/volatile.json"))["points"]["002"]["wall_s"] >= 0, "volatile.json")

    tool.expect(0, "two.toml", "--out", "b", "--jobs", "1")
    for name in ("study.csv", "study.json"):
        check(read(f"a/{name}") == read(f"b/{name}"), f"{name} differs between two runs")

    before = {name: os.stat(f"a/points/{name}/summary.json").st_mtime_ns for name in ("001", "002")}
    out, err = tool.expect(0, "two.toml", "--out", "a")
    check("2 done before" in err and "1 of 2" not in err, f"nothing to do, but said {err!r}")
    os.unlink("a/points/001.json")
    write("a/points/002/summary.json", "{}")
    os.unlink("a/study.csv")
    out, err = tool.expect(0, "two.toml", "--out", "a")
    check("0 done before" in err, f"lost points: said {err!r}")
    check(read("a/study.csv") == read("b/study.csv"), "study.csv differs after points were lost")
    for name, stamp in before.items():
        check(os.stat(f"a/points/{name}/summary.json").st_mtime_ns > stamp, f"{name} was not run")
    out, err = tool.expect(0, "two.toml", "--list", "--out", "a")
    check(out.count("finished") == 2, f"--list of a finished study said {out!r}")


def check_warnings(tool):
    """What runs warn of stands below the table, once, with the number of points."""
    beside = '[[collective]]\nname = "beside"\nkind = "barrier"\nconcurrent = true\n'
    write("beside.toml", SCENARIO + beside)
    study = STUDY[: STUDY.rindex("[[column]]")].replace("small.toml", "beside.toml")
    write("warned.toml", study + '[[axis]]\nkey = "engine.fidelity"\nvalues = ["packet", "flow"]\n')
    out, err = tool.expect(0, "warned.toml", "--out", "w")
    line = "warning: times of exchange, beside: approximate in 2 of 4 points: they ran at once"
    check(" ".join(out.split()).count(line) == 1, f"warnings: printed {out!r}")
    warnings = [p["warnings"] for p in json.loads(read("w/study.json"))["points"]]
    # Transfers of few packets meet, too.
    check([len(w) for w in warnings] == [0, 2, 0, 2], f"warnings in study.json: {warnings}")


def check_failing_writes(tool):
    """Results that cannot be written end a study with one line; what was there stays."""
    for name in ("study.csv", "points/001.json"):
        taken = f"full/{name}"
        os.makedirs(f"{taken}/in-the-way")
        out, err = tool.expect(1, "two.toml", "--out", "full", "--jobs", "1")
        last = err.strip().splitlines()[-1]
        check(f"{taken} cannot be" in last, f"no {name}: said {err!r}")
        check(not os.path.exists(taken + ".partial"), f"no {name}: left a partial file")
        shutil.rmtree("full")


def check_withheld(tool):
    """Packet latencies that a hybrid run does not give are empty in the default table."""
    axes = '[[axis]]\nkey = "engine.packet_every"\nvalues = [1, 3]\n'
    head = 'name = "some"\nscenario = "small.toml"\n[set]\nengine.fidelity = "hybrid"\n'
    write("some.toml", head + axes)
    tool.expect(0, "some.toml", "--out", "h")
    rows = list(csv.DictReader(io.StringIO(read("h/study.csv").decode())))
    check([bool(row["packet_p50_s"]) for row in rows] == [True, False], "packets among flows")
    check(all(row["collective_mean_s"] for row in rows), "collectives of a hybrid run")
    os.unlink("some.toml")


def check_shown_differences(tool):
    """What is said of two tables: values of each key, or a point, if the values are the same."""
    shown = importlib.import_module("study_points").shown_differences

    def points(*pairs):
        return [{"a": first, "b": second} for first, second in pairs]

    square = [(first, second) for first in "12" for second in "34"]
    for before, now, expected in (
        (points("13", "14"), points("13", "15"), "b = [3, 4] there, [3, 5] now"),
        (points("13"), points("14"), "b = 3 there, 4 now"),
        (points("13", "24"), points("14", "23"), "the point a = 1, b = 3 there, not now"),
        (points(*square), points("13", "24"), "the point a = 1, b = 4 there, not now"),
        (
            [{"a": str(number)} for number in range(11)],
            [{}],
            "a = [0, 1, 2, 3, 4, 5, 6, 7, and 3 more] there, nothing now",
        ),
    ):
        check(shown(before, now) == expected, f"said {shown(before, now)!r}, not {expected!r}")


def check_changes(tool):
    """What changed is run again, what did not change is not."""
    write("three.toml", STUDY.replace('"Spray", "Ecmp"', '"Spray", "Adaptive", "Ecmp"'))
    out, err = tool.expect(0, "three.toml", "--out", "a")
    check("2 done before" in err, f"a value more: said {err!r}")
    rows = list(csv.DictReader(io.StringIO(read("a/study.csv").decode())))
    routings = [row["network.routing"] for row in rows]
    check(routings == ["Spray", "Adaptive", "Ecmp"], f"a value more: {routings}")
    table = read("a/study.csv")
    seed = ["three.toml", "--out", "a", "--set", "random.seed=7"]
    tool.expect_refusal(seed, "(random.seed = nothing there, 7 now); allowed: --out DIR")
    shown = "(network.routing = [Spray, Adaptive, Ecmp] there, [Spray, Ecmp] now)"
    tool.expect_refusal(["two.toml", "--out", "a"], shown)
    write("other.toml", STUDY.replace('"Spray", "Ecmp"', '"Spray", "Hash"'))
    shown = "(network.routing = [Spray, Adaptive, Ecmp] there, [Spray, Hash] now)"
    tool.expect_refusal(["other.toml", "--out", "a"], shown)
    check_shown_differences(tool)
    check(read("a/study.csv") == table, "a study that was refused changed a table")
    out, err = tool.expect(0, *seed, "--force")
    check("0 done before" in err, f"another seed: said {err!r}")
    out, err = tool.expect(0, "two.toml", "--out", "a", "--force")
    check("2 done before" in err and "kept" in err, f"the first seed again: said {err!r}")
    check(read("a/study.csv") == read("b/study.csv"), "study.csv differs after a detour")

    write("other.toml", STUDY.replace('"two"', '"other"'))
    tool.expect_refusal(["other.toml", "--out", "a"], "holds the study two")
    write("small.toml", SCENARIO + "gap = \"1us\"\n")
    tool.expect_refusal(["two.toml", "--out", "a"], "small.toml was another); allowed: --out DIR")
    out, err = tool.expect(0, "two.toml", "--out", "a", "--force")
    check("0 done before" in err, f"another scenario: said {err!r}")
    write("small.toml", SCENARIO)

    write(
        "axes.toml",
        'name = "axes"\nscenario = "small.toml"\n[[axis]]\nkey = "random.seed"\n'
        'from = 1\nto = 2\nstep = 1\n[[axis]]\nlabel = "size and start"\nvalues = [\n'
        ' { "collective.0.bytes" = "8KiB", "collective.0.ranks" = [0, 1, 2] },\n'
        ' { "collective.0.ranks" = "0-3", "collective.0.bytes" = "16KiB" },\n]\n',
    )
    tool.expect(0, "axes.toml", "--out", "c")
    rows = list(csv.reader(io.StringIO(read("c/study.csv").decode())))
    head = ["random.seed", "collective.0.bytes", "collective.0.ranks", "packets"]
    check(rows[0][:4] == head, f"heading {rows[0]}")
    expected = [[seed, *row] for seed in "12" for row in (["8KiB", "[0,1,2]"], ["16KiB", "0-3"])]
    check([row[:3] for row in rows[1:]] == expected, f"rows {rows}")

    # Steps are exact: ten times 0.1 is 1.
    tenths = '[[axis]]\nkey = "a.b"\nfrom = 0\nto = 1\nstep = 0.1\n'
    write("tenths.toml", STUDY.replace(AXIS, tenths))
    out, err = tool.expect(0, "tenths.toml", "--list", "--out", "d")
    check("a.b = 0.3\n" in out and out.count("to do") == 11, f"tenths: {out!r}")


def check_failures(tool):
    """A point that fails does not keep the others from running; wrong columns end the study."""
    write("fails.toml", STUDY.replace('"Spray", "Ecmp"', '"Spray", "Spry", "Ecmp"'))
    for before in ("0 done before", "2 done before"):
        out, err = tool.expect(1, "fails.toml", "--out", "f", "--jobs", "1")
        check(before in err and "point 002 (network.routing = Spry) failed: run-sc" in err, err)
        check("1 of 3 points failed" in err, f"a failing point: said {err!r}")
        rows = list(csv.reader(io.StringIO(read("f/study.csv").decode())))
        check(rows[2] == ["Spry", "", "", ""] and rows[3][1] != "", f"a failing point: {rows}")
        points = json.loads(read("f/study.json"))["points"]
        states = [point["state"] for point in points]
        check(states == ["finished", "failed", "finished"], f"a failing point: {states}")
    write("cut.toml", STUDY.replace("= 3", '= 3\nengine.time_limit = "1us"'))
    out, err = tool.expect(1, "cut.toml", "--out", "g")
    check("cut off" in err and "all 2 points failed" in err, f"cut off: said {err!r}")

    for path, part in (
        ("collectives[name=exchang].time_s", "did you mean exchange?"),
        ("collectives[7].time_s", "none with the number 7"),
        ("latency.packet.p98_s", "summary.json.latency.packet has no p98_s"),
        ("latency.packet", "is no single value; it has: count"),
    ):
        write("column.toml", STUDY.replace("collectives[name=exchange].time_s", path))
        shutil.rmtree("h", ignore_errors=True)
        out, err = tool.expect(2, "column.toml", "--out", "h", "--jobs", "1")
        check("column time_s: " in err and part in err, f"{path}: said {err!r}")
        check(not os.path.exists("h/points/002"), f"{path}: the study went on")
        out, err = tool.expect(0, "two.toml", "--out", "h", "--jobs", "1")
        check("1 done before" in err, f"{path} put right: said {err!r}")


def check_lacking_column(tool):
    """A column that some summaries have and others lack is a failure of these."""
    text = STUDY.replace('"network.routing"', '"collective.exchange.iterations"')
    text = text.replace("collective.exchange.iterations = 3\n", "")
    write("lacking.toml", text.replace('"Spray", "Ecmp"', "3, 2"))
    for before in ("0 done before", "1 done before"):
        out, err = tool.expect(1, "lacking.toml", "--out", "l", "--jobs", "1")
        check(before in err and "none with the number 2" in err, f"a lacking column: said {err!r}")
        check("1 of 2 points failed" in err, f"a lacking column: said {err!r}")


def check_losses(tool):
    """A run that lost payload for good has finished: what it lost is a result."""
    text = STUDY.replace('"network.routing"', '"network.max_resends"')
    text = text.replace('"Spray", "Ecmp"', "0, 100")
    text = text.replace('"small.toml"', '"lossy.toml"')
    text += '[[column]]\nname = "lost"\nvalue = "transfers.failed_bytes"\n'
    text += '[[column]]\nname = "busbw"\nvalue = "collectives[0].busbw_Bps"\n'
    write("loss.toml", text)
    write("lossy.toml", SCENARIO + '[network]\ndetection_delay = "20us"\n[faults]\nschedule = "loss.csv"\n')
    write("loss.csv", "time,kind,component,effect,lasts\n1us,link,endpoint-1--leaf-0,down,500us\n")
    tool.expect(0, "loss.toml", "--out", "lost")
    rows = list(csv.DictReader(io.StringIO(read("lost/study.csv").decode())))
    check(int(rows[0]["lost"]) > 0 and rows[0]["busbw"] == "", f"a lossy point: {rows[0]}")
    check(rows[1]["lost"] == "0" and float(rows[1]["busbw"]) > 0, f"no lossy point: {rows[1]}")


def running_in(directory):
    """Whether the second of two points, the endless one, has begun."""
    points = f"{directory}/points"
    return os.path.exists(f"{points}/001.json") and os.path.isdir(f"{points}/002")


def check_interrupts(tool):
    """Ctrl-C and SIGKILL leave what was finished, and a study that can go on."""
    long = STUDY.replace('"network.routing"', '"collective.exchange.iterations"')
    long = long.replace("collective.exchange.iterations = 3\n", "")
    long = long.replace("iterations[2]", "iterations[1]")
    write("long.toml", long.replace('"Spray", "Ecmp"', "2, 10000000"))
    write("short.toml", long.replace('"Spray", "Ecmp"', "2, 3"))
    for directory, number, status in (
        ("i", signal.SIGINT, 130),
        ("j", signal.SIGTERM, 130),
        ("k", signal.SIGKILL, -signal.SIGKILL),
    ):
        process = tool.start("long.toml", "--out", directory, "--jobs", "1")
        patience_ends = time.monotonic() + 60
        while not running_in(directory) and time.monotonic() < patience_ends:
            time.sleep(0.02)
        check(running_in(directory), f"{number}: the second point never began")
        if number == signal.SIGINT:
            tool.expect_locked(directory)
        if number == signal.SIGKILL:
            runs = children_of(process.pid)
            check(len(runs) == 1, f"runs of the study: {runs}")
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        check(process.returncode == status, f"{number}: status {process.returncode}, said {err!r}")
        if number == signal.SIGKILL:
            # Its run lives on, and keeps others out until it ends.
            tool.expect_locked(directory)
            os.kill(runs[0], signal.SIGKILL)
            time.sleep(0.2)
        else:
            check("1 of 2 points done; the same command runs the rest" in err, f"said {err!r}")
            check(os.path.exists(f"{directory}/study.csv"), "interrupted: no study.csv")
        check(not os.path.exists(f"{directory}/points/002.json"), "interrupted: 002 is marked done")
        out, err = tool.expect(0, "short.toml", "--out", directory)
        check("1 done before" in err, f"after signal {number}: said {err!r}")
    check(read("i/study.csv") == read("j/study.csv") == read("k/study.csv"), "study.csv differs")


def children_of(pid):
    """Processes that a process started, as Linux tells."""
    return [int(child) for child in read(f"/proc/{pid}/task/{pid}/children").split()]


def main():
    os.environ.pop("COLUMNS", None)  # programs would break their lines for it
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    if sys.version_info < (3, 11):
        print("study_runs: skipped, this Python cannot read TOML")
        return SKIPPED
    script, program = map(os.path.abspath, sys.argv[1:])
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    tool = Tool(script, program)
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        write("small.toml", SCENARIO)
        write("two.toml", STUDY)
        answer = subprocess.run(
            [program, "small.toml", "--quiet", "--out", "probe"], capture_output=True, text=True
        )
        if "cannot read TOML" in answer.stderr:
            print("study_runs: skipped, built without TOML")
            return SKIPPED
        check(answer.returncode == 0, f"the scenario itself: {answer.stderr!r}")
        shutil.rmtree("probe")
        check_refusals(tool)
        check_quicker_points(tool)
        check_good(tool)
        check_warnings(tool)
        check_failing_writes(tool)
        check_withheld(tool)
        check_changes(tool)
        check_failures(tool)
        check_lacking_column(tool)
        check_losses(tool)
        check_interrupts(tool)
        os.chdir("/")
    print("study_runs: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
