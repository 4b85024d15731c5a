#!/usr/bin/env python3
# Copyright (c) 2026 The optical-fabric authors
#
# SPDX-License-Identifier: GPL-2.0-only
"""Runs run-scenario as a user would, and checks what it does with good, bad and broken input.

usage: scenario_refusals.py path/to/run-scenario

Refusals: exit status 2, one line on the standard error, nothing on the standard output, and no
directory left behind. Good scenarios: the same bytes from the same input.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time

GOOD = """name = "good"
[fabric]
nodes = 1
scale_out = false
[[collective]]
name = "first"
kind = "all-reduce"
bytes = "64KiB"
[[collective]]
name = "second"
kind = "moe-dispatch"
[collective.moe]
tokens = 16
"""
ENDLESS = GOOD.replace("64KiB", "1TiB").replace("nodes = 1", "nodes = 4")
LOSS = """[fabric]
kind = "clos"
endpoints = 4
leaves = 1
spines = 0
[faults]
schedule = "loss.csv"
[[collective]]
name = "c"
kind = "all-to-all"
bytes = "64KiB"
"""
CATALOG = """[fibre.Mine]
like = { value = "OM4", source = "a test", mark = "M" }
"""
VOLATILE = ("wall_s", "packet_hops_per_s", "peak_rss_bytes")
SKIPPED = 77

# arguments after the good scenario; part of the message
REFUSED = [
    (["--set", "fabric.nods=1"], "did you mean nodes?"),
    (["--set", "fabrik.nodes=1"], "did you mean fabric?"),
    (["--set", "fabric.nodes=0"], "--set fabric.nodes=0 is not allowed; allowed: a whole number, from 1 to 4096"),
    (["--set", "fabric.nodes=some"], "whole number"),
    (["--set", "fabric.l1_latency=200"], "unit"),
    (["--set", "fabric.nodes"], 'no "="'),
    (["--set", "fabric..nodes=1"], "no path"),
    (["--set", ".".join("a" * 33) + "=1"], "the path has 33 parts; allowed: at most 32"),
    (["--set", "a=" + "[" * 60000 + "]" * 60000], "lists within lists; allowed: 32 levels"),
    (["--set", "collective.third.bytes=1"], "there are: first, second"),
    (["--set", "collective.first.bytes=-1"], "--set collective.first.bytes=-1 is not allowed"),
    (["--set", "collective.first.bytes=1EiB"], "GiB, TiB, PiB; from 1 to 1PiB"),
    (["--set", "collective.first.start=9300000s"], "s; from 0s to 9200000s"),
    (["--set", "collective.first.start=9200000s"], "start = 9200000s is not allowed; allowed: from 0s to before 9200000s"),
    (["--set", "engine.time_limit=10000000s"], "s; from 0s to 9200000s"),
    (
        ["--set", "collective.first.gap=4700000s", "--set", "collective.first.iterations=3"],
        "gap = 4700000s is not allowed; allowed: from 0s to before 4600000s with 3 iterations",
    ),
    (["--set", "engine.scheduler=ns3::CalendarScheduler"], "ns3::MapScheduler"),
    (["--set", "collective.first.ranks=0,99"], "endpoint = 99"),
    (["--set", "collective.first.ranks=0,0"], "at most once"),
    (["--set", "collective.first.ranks=0"], "number of ranks = 1"),
    (["--set", "collective.first.algorithm=bruck"], "halving-doubling"),
    (["--set", "network.buffer_bytes=100"], "BufferBytes"),
    (["--set", "engine.fidelity=hybird"], "packet, flow, hybrid"),
    (["--set", "engine.packets=Every"], 'allowed: only with fidelity = "hybrid"'),
    (["--set", "engine.fidelity=hybrid", "--set", "engine.packets=every"], "did you mean Every?"),
    (["--set", "engine.fidelity=hybrid", "--set", "engine.packet_every=0"], "from 1 to"),
    (["--set", "engine.fidelity=hybrid", "--set", "engine.packet_max_bytes=-1"], "a whole number of bytes"),
    (["--set", "engine.fidelity=hybrid", "--set", "engine.packet_evry=2"], "did you mean packet_every?"),
    (["--set", "optics.transceiver=laser"], "there is no transceiver"),
    (["--set", "optics.connector=glue"], "there is no connector"),
    (["--set", "optics.fibre=SMF", "--set", "fabric.nodes=2"], "does not go with Transceiver"),
    (
        ["--set", "optics.fibre=SMF", "--set", "optics.transceiver=400G-DR4"],
        "optics.ub.connector: Connector MPO-MM does not go with Fibre SMF: it is multimode, and the "
        "fibre is single-mode; allowed: MPO, MPO-standard",
    ),
    (["--set", "optics.extra_loss_db=-1"], "0 to 100"),
    (["--set", "optics.extra_loss_module=3"], "the network has no modules"),
    (["--set", "optics.catalog_files=missing.toml"], "missing.toml cannot be read"),
    (["--set", "survey.draws=3"], "no optics to survey"),
    (["--set"], "a value is missing"),
    (["--out"], "a value is missing"),
    (["--out="], "no directory"),
    (["--sett=a"], "did you mean --set?"),
    (["another.toml"], "a second scenario"),
]

# content of a scenario file; part of the message
REFUSED_FILES = [
    ("", "collective is missing"),
    ("[fabric\n", "bad.toml:1: not valid TOML"),
    (GOOD[: GOOD.index("64KiB")], "bad.toml:8: not valid TOML"),
    (GOOD.replace("nodes", "nods"), "bad.toml:3: unknown key"),
    (GOOD.replace("nodes = 1", "nodes = true"), "bad.toml:3: fabric.nodes = true"),
    (GOOD.replace('"64KiB"', '"64KB/s"'), "bad.toml:8: collective.first.bytes"),
    (GOOD.replace('"good"', '"go\\u0000od"'), 'bad.toml:1: name = "go\\u0000od" is not allowed; allowed: letters'),
    (GOOD.replace('"first"', '"\\u001b[2J"'), 'name = "\\u001b[2J" is not allowed'),
    (GOOD.replace("nodes", '"no\\ndes"'), "unknown key fabric.no\\u000ades"),
]


def check(condition, what):
    if not condition:
        sys.exit(f"scenario_refusals: {what}")


def run(program, *arguments):
    answer = subprocess.run(
        [program, *arguments], capture_output=True, text=True, timeout=300, check=False
    )
    return answer.returncode, answer.stdout, answer.stderr


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def expect_refusal(program, arguments, part):
    before = sorted(os.listdir("."))
    status, out, err = run(program, *arguments)
    what = f"run-scenario {' '.join(arguments)}: status {status}, said {err!r}"
    check(status == 2, f"{what}; expected status 2")
    check(part in err, f"{what}; expected {part!r}")
    check(err.startswith("run-scenario: ") and err.count("\n") == 1, f"{what}; expected one line")
    check(out == "", f"{what}; and on the standard output {out!r}")
    check(sorted(os.listdir(".")) == before, f"{what}; left {os.listdir('.')}")


def check_refusals(program):
    for arguments, part in REFUSED:
        expect_refusal(program, ["good.toml", *arguments], part)
        if "--out" not in arguments:
            expect_refusal(program, ["good.toml", "--out", "deep/in", *arguments], part)
    for text, part in REFUSED_FILES:
        write("bad.toml", text)
        expect_refusal(program, ["bad.toml"], part)
        os.unlink("bad.toml")
    expect_refusal(program, ["missing.toml"], "missing.toml: cannot be read")
    expect_refusal(program, ["."], ".: cannot be read")
    os.mkfifo("pipe.toml")  # nobody writes to it
    expect_refusal(program, ["pipe.toml"], "pipe.toml: cannot be read: no regular file")
    os.unlink("pipe.toml")
    if os.path.exists("/dev/zero"):
        expect_refusal(program, ["/dev/zero"], "/dev/zero: cannot be read: no regular file")

    os.mkdir("mine")
    write("mine/thesis.tex", "years of work")
    expect_refusal(program, ["good.toml", "--out", "mine"], "thesis.tex")
    check(read("mine/thesis.tex") == b"years of work", "a foreign file was touched")
    expect_refusal(program, ["good.toml", "--out", "good.toml"], "is a file")


def check_good(program):
    status, out, err = run(program, "--help")
    check(status == 0 and "examples:" in out and err == "", "--help")
    for directory in ("one", "two"):
        status, out, err = run(program, "good.toml", "--out", directory)
        check(status == 0, f"a good scenario: status {status}, said {err!r}")
        check("Collectives" in out and "packet-hops" in out, f"a good scenario printed {out!r}")
    for part in ("", "parts/first/", "parts/second/"):
        summaries = []
        for directory in ("one", "two"):
            summary = json.loads(read(f"{directory}/{part}summary.json"))
            for key in VOLATILE:
                del summary["engine"][key]
            summaries.append(summary)
        check(summaries[0] == summaries[1], f"{part}summary.json differs")
        if os.path.exists(f"one/{part}results.h5"):
            same = read(f"one/{part}results.h5") == read(f"two/{part}results.h5")
            check(same, f"{part}results.h5 differs")
    summary = json.loads(read("one/summary.json"))
    check(summary["fabric"]["endpoints"] == 20, "endpoints")
    check([c["name"] for c in summary["collectives"]] == ["first", "second"], "collectives")
    check(all(c["time_s"] > 0 for c in summary["collectives"]), "times")
    check(summary["latency"]["packet"]["count"] == summary["engine"]["packets"], "packets")
    check(summary["run"]["input_files"][0]["name"] == "good.toml", "input file")

    # What was resolved is a scenario of its own, and the same one.
    write("again.toml", summary["run"]["scenario"])
    status, out, err = run(program, "again.toml", "--quiet", "--out", "three")
    check(status == 0 and out == "" and err == "", f"the resolved scenario said {err!r}")
    again = json.loads(read("three/summary.json"))
    check(again["latency"] == summary["latency"], "the resolved scenario has other results")

    status, out, err = run(program, "good.toml", "--set", "engine.time_limit=2us", "--force", "--out", "one")
    check(status == 1 and "cut off by engine.time_limit" in err, f"time limit: {status}, {err!r}")
    check(b"cut off" in read("one/incomplete.txt"), "incomplete.txt")
    check("UNFINISHED" in out, "a run that was cut off looks finished")
    status, out, err = run(program, "good.toml", "--force", "--out", "one")
    check(status == 0 and not os.path.exists("one/incomplete.txt"), "incomplete.txt stayed")
    # 4 MiB of a rank at one bit a second take 388 days.
    slow = ["good.toml", "--set", "collective.first.reduce_rate=1bps", "--out", "slow"]
    slow += ["--set", "collective.first.bytes=64MiB"]
    for fidelity in ("packet", "flow"):
        status, out, err = run(program, *slow, "--set", f"engine.fidelity={fidelity}", "--force")
        ends = "where simulated time ends"
        check(status == 1 and ends in err, f"{fidelity}, {ends}: {status}, {err!r}")


def contents(directory):
    """What is in a directory: names and bytes."""
    return {
        os.path.join(folder, name): read(os.path.join(folder, name))
        for folder, _, names in os.walk(directory)
        for name in names
    }


def check_earlier_results(program):
    """Results of other settings stay, unless told otherwise; the same settings replace theirs."""
    write("before.toml", GOOD)
    status, out, err = run(program, "before.toml", "--quiet", "--out", "before")
    check(status == 0, f"before: status {status}, said {err!r}")
    before = contents("before")
    for change, words in (
        (["random.seed=2"], ["random.seed = 1 there, 2 now"]),
        (["network.routing=Ecmp"], ['network.ub.routing = "Spray" there, "Ecmp" now', "--force"]),
        (["collective.second.moe.tokens=8"], ["collective.second.moe.tokens = 16 there, 8 now"]),
        (["collective.first.bytes=1KiB", "random.seed=3", "random.run=4", "engine.time_limit=1s"], ["; and 1 more", "before"]),
    ):
        settings = [word for setting in change for word in ("--set", setting)]
        for word in words:
            expect_refusal(program, ["before.toml", *settings, "--out", "before"], word)
    check(contents("before") == before, "a run that was refused touched results")

    # Comments and a description decide nothing, and neither does where the scenario is.
    write("commented.toml", '# A comment.\ndescription = "other words"\n' + GOOD)
    status, out, err = run(program, "commented.toml", "--quiet", "--out", "before")
    check(status == 0, f"the same settings: status {status}, said {err!r}")
    status, out, err = run(program, "before.toml", "--set", "random.seed=2", "--force", "--quiet", "--out", "before")
    check(status == 0, f"--force: status {status}, said {err!r}")
    check(json.loads(read("before/summary.json"))["run"]["rng_seed"] == 2, "--force replaces")

    os.unlink("before/summary.json")
    expect_refusal(program, ["before.toml", "--out", "before"], "no summary.json that tells")

    # Without --out, too: the folder has the scenario's name.
    status, out, err = run(program, "good.toml", "--quiet")
    check(status == 0, f"results/good: status {status}, said {err!r}")
    expect_refusal(program, ["good.toml", "--set", "fabric.nodes=2"], "results/good: holds results")


def check_interrupt_keeps(program):
    """A run that is interrupted leaves what a finished one has left."""
    write("kept.toml", ENDLESS.replace("1TiB", "256MiB"))
    quick = ["--set", "engine.fidelity=flow"]
    status, out, err = run(program, "kept.toml", *quick, "--quiet", "--out", "kept")
    check(status == 0, f"kept: status {status}, said {err!r}")
    before = contents("kept")
    command = [program, "kept.toml", "--force", "--out", "kept"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    check(process.returncode == 130, f"interrupted again: {process.returncode}, said {err!r}")
    check("left as they were" in out, f"interrupted again: printed {out!r}")
    check(contents("kept") == before, "an interrupted run replaced finished results")


def check_faults(program):
    """A schedule that was drawn and written gives the same results; a wrong one is refused."""
    base = GOOD.replace("nodes = 1", "nodes = 2")
    drawn = '[faults]\nmodes = "module"\nhorizon = "20us"\nacceleration = 1e13\n'
    write("drawn.toml", base + drawn)
    write("given.toml", base + '[faults]\nschedule = "drawn/faults.csv"\n')
    summaries = []
    for name in ("drawn", "given"):
        status, out, err = run(program, f"{name}.toml", "--out", name)
        check(status == 0, f"faults: status {status}, said {err!r}")
        check("What they did to collectives" in out, f"faults printed {out!r}")
        summaries.append(json.loads(read(f"{name}/summary.json")))
        del summaries[-1]["run"]
        for key in VOLATILE:
            del summaries[-1]["engine"][key]
    check(len(summaries[0]["faults"]) > 0, "no faults were drawn")
    check(summaries[0] == summaries[1], "faults from a file differ from those that were drawn")
    check(read("drawn/faults.csv") == read("given/faults.csv"), "faults.csv differs")
    status, out, err = run(program, "good.toml", "--quiet", "--force", "--out", "given")
    check(status == 0 and not os.path.exists("given/faults.csv"), "faults.csv stayed")
    write("drawn/faults.csv", read("drawn/faults.csv").decode() + "1us,module,nowhere,down,1us\n")
    status, out, err = run(program, "given.toml", "--out", "given")
    place = f"drawn/faults.csv:{len(summaries[0]['faults']) + 2}: "
    check(status == 2 and place in err, f"a wrong fault: status {status}, said {err!r}")


def check_losses(program):
    """Payload that is lost for good: status 1, all results, and no bandwidth of what was lost."""
    write("loss.csv", "time,kind,component,effect,lasts\n1us,link,endpoint-1--leaf-0,down,500us\n")
    write("loss.toml", LOSS)
    lossy = ["--set", "network.max_resends=0", "--set", "network.detection_delay=20us"]
    for options, status in ((lossy, 1), (lossy[2:], 0)):
        ended, out, err = run(program, "loss.toml", *options, "--force", "--out", "loss")
        check(ended == status, f"{options}: status {ended}, said {err!r}; expected {status}")
        summary = json.loads(read("loss/summary.json"))
        one = summary["collectives"][0]
        lost = summary["transfers"]["failed_bytes"]
        check((lost > 0) == (status == 1), f"{options}: lost {lost} bytes")
        for key in ("algbw_Bps", "busbw_Bps", "efficiency"):
            check((one[key] is None) == (status == 1), f"{options}: {key} is {one[key]}")
        check(one["time_s"] > 0, f"{options}: no time")
        check(("FAILED" in out) == (status == 1), f"{options}: printed {out!r}")
        check(("payload lost for good" in err) == (status == 1), f"{options}: said {err!r}")
        check(not os.path.exists("loss/incomplete.txt"), f"{options}: not finished")
        check("wall-clock time: " in out and " to build and set up, " in out, f"printed {out!r}")
        facts = json.loads(read("loss/volatile.json"))
        check(facts["setup_s"] > 0 and facts["wall_s"] > 0, f"{facts}")


def check_survey(program):
    examples = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples")
    text = read(os.path.join(examples, "scenarios", "link-survey.toml")).decode()
    os.mkdir("study")
    write("study/survey.toml", text.replace("[optics] ", '[optics]\ncatalog_files = "my.toml"\n#'))
    write("study/my.toml", CATALOG)
    small = ["--set", "fabric.nodes=2", "--set", "survey.draws=2", "--set", "optics.fibre=Mine"]
    summaries = []
    for directory in ("first", "second"):
        status, out, err = run(program, "study/survey.toml", *small, "--out", directory)
        check(status == 0, f"a survey: status {status}, said {err!r}")
        check("Link survey" in out and "Collectives" not in out, f"a survey printed {out!r}")
        summaries.append(json.loads(read(f"{directory}/summary.json")))
        for key in VOLATILE:
            del summaries[-1]["engine"][key]
    check(summaries[0] == summaries[1], "a survey differs from itself")
    if os.path.exists("first/results.h5"):
        check(read("first/results.h5") == read("second/results.h5"), "results.h5 of a survey differs")
    names = [file["name"] for file in summaries[0]["run"]["input_files"]]
    check(names == ["study/survey.toml", "study/my.toml"], f"input files of a survey: {names}")
    survey = summaries[0]["survey"]["networks"][0]
    check(survey["links"] == 224 and survey["draws"] == 2, "size of a survey")
    check(sum(survey["margin_histogram"]["counts"]) == 2 * 2 * 224, "histogram of a survey")
    check(summaries[0]["optics"][0]["modules"] == 224, "modules of a survey")


def check_interrupt(program):
    write("endless.toml", ENDLESS)
    command = [program, "endless.toml", "--out", "long"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stderr.readline()
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    check(process.returncode == 130, f"interrupted: status {process.returncode}, said {err!r}")
    check("interrupted at" in err and "not begun: second" in err, f"interrupted: said {err!r}")
    check("UNFINISHED" in out, "an interrupted run looks finished")
    check(b"interrupted" in read("long/incomplete.txt"), "interrupted: incomplete.txt")
    summary = json.loads(read("long/summary.json"))
    check(summary["collectives"][0]["unfinished_iterations"] == 1, "interrupted: unfinished")
    check(summary["engine"]["packets"] > 0, "interrupted: packets")


def main():
    os.environ.pop("COLUMNS", None)  # programs would break their lines for it
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        write("good.toml", GOOD)
        if "cannot read TOML" in run(program, "good.toml")[2]:
            print("scenario_refusals: skipped, built without TOML")
            return SKIPPED
        for entry in os.listdir("."):
            if entry != "good.toml":
                subprocess.run(["rm", "-r", entry], check=True)
        check_refusals(program)
        check_good(program)
        check_faults(program)
        check_losses(program)
        check_survey(program)
        check_interrupt(program)
        check_earlier_results(program)
        check_interrupt_keeps(program)
        os.chdir("/")
    print("scenario_refusals: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
