#!/usr/bin/env python3
# Copyright (c) 2026 The optical-fabric authors
#
# SPDX-License-Identifier: GPL-2.0-only
"""Runs a study: a scenario many times, with different settings. `./fabric study` calls it."""

import argparse
import os
import sys
import time

from output_width import Parser, find_width, fitted, line_width
from study_figures import draw
from study_file import StudyError, StudyWriteError, read_study
from study_points import FAILED, FINISHED, Interrupt, Points, Program, Runner
from study_table import WIDTH, printed_table, printed_warnings, take_in, write_tables

DESCRIPTION = """\
Runs a study: one scenario many times, with different settings, a table at the
end. What is finished is kept: after Ctrl-C, a crash, or a value more in the
study, the same command runs the rest only."""

HELP = """\
a study in short:
  name = "load"
  scenario = "../scenarios/clos-all-to-all.toml"  # relative to the study's file
  [set]                                  # settings of all runs
  "collective.all-to-all.iterations" = 10
  [[axis]]                               # what changes; each value is run with
  key = "network.routing"                # each value of the other axes
  values = ["Spray", "Ecmp"]
  [[axis]]
  key = "fabric.oversubscription"
  from = 1
  to = 2
  step = 1
  [[column]]                             # what of each run's summary.json goes
  name = "p99_s"                         # into the table
  value = "latency.packet.p99_s"

results, in DIR:
  study.csv        the table: a row a point; the same bytes each time
  study.json       the same, with the study's text, versions and hashes
  volatile.json    what differs from run to run: host, date, wall-clock time
  points/NNN/      what run-scenario wrote at each point
  NAME.svg         figures, if the study has any and python3-matplotlib is there

examples:
  ./fabric study examples/studies/routing.toml
  ./fabric study examples/studies/routing.toml --list
  ./fabric study my-study.toml --out results/seed-2 --jobs 8 --set random.seed=2

exit status: 0 all points finished; 1 some failed, or results could not be
             written; 2 the study was refused; 130 interrupted

All about studies: doc/studies.rst"""


def make_parser():
    parser = Parser(
        prog="./fabric study",
        description=DESCRIPTION,
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("study", metavar="STUDY.toml", help="the study")
    parser.add_argument(
        "--out", metavar="DIR", help="where results go (default: results/studies/NAME)"
    )
    parser.add_argument(
        "--jobs", type=job_count, metavar="N", help="runs at a time (default: number of processors)"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        dest="overrides",
        metavar="KEY=VALUE",
        help="change a setting of all runs; may be given several times",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace a table of other settings that is there; finished points stay",
    )
    parser.add_argument("--list", action="store_true", help="show the points, run nothing")
    parser.add_argument(
        "--any-build",
        action="store_true",
        help="keep finished points that another build of run-scenario ran, instead of running "
        "them again",
    )
    # For the launcher, which takes it before we see it.
    parser.add_argument(
        "--no-install",
        action="store_true",
        help="install nothing: if packages are missing, print the command that would install "
        "them and end with status 2",
    )
    return parser


def job_count(text):
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text}: allowed: a whole number, 1 or more")
    return int(text)


def processors():
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def tell(text):
    print(fitted("fabric study: " + text, sys.stderr), file=sys.stderr, flush=True)


def shown_duration(seconds):
    seconds = int(seconds + 0.5)
    if seconds < 90:
        return f"{seconds} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    if seconds < 48 * 3600:
        return f"{seconds / 3600:.1f} h"
    return f"{seconds / 86400:.1f} days"


class Progress:
    """Tells how far the study is: on a terminal in a line that changes, else in a line a point."""

    def __init__(self, runner, points):
        self.runner = runner
        self.points = points
        self.width = line_width(sys.stderr)  # None where it is no terminal
        self.last = 0.0

    def text(self):
        states = [point.state for point in self.points]
        parts = [f"{states.count(FINISHED)} of {len(states)} points done"]
        if FAILED in states:
            parts.append(f"{states.count(FAILED)} failed")
        parts.append(f"{len(self.runner.running)} running")
        eta = self.runner.eta_s()
        if eta is not None and (self.runner.running or self.runner.waiting):
            parts.append(f"about {shown_duration(eta)} left")
        return ", ".join(parts)

    def clear(self):
        if self.width:
            sys.stderr.write("\r\x1b[K")

    def ended(self, point):
        if point.state == FAILED:
            self.clear()
            tell(f"point {point.name()} ({point.shown}) failed: {point.problem}")
        if not self.width:
            tell(self.text())

    def idle(self):
        if self.width and time.monotonic() - self.last > 0.5:
            self.last = time.monotonic()
            sys.stderr.write("\r\x1b[K" + ("fabric study: " + self.text())[: self.width - 1])
            sys.stderr.flush()


def list_points(points):
    """Shows the points and which are done."""
    points.find_finished(None)
    for point in points.points:
        print(f"{point.name()}  {point.state:8}  {point.shown}")
    done = sum(point.state == FINISHED for point in points.points)
    print(f"{len(points.points)} points, {done} done, in {points.directory}")


def run_points(study, points, program, jobs, any_build):
    """Runs what is to be run and writes the tables; returns the exit status."""
    points.find_finished(None if any_build else program)
    before = [point for point in points.points if point.state == FINISHED]
    lacking = [point for point in before if not take_in(study, points, point)]
    if lacking and len(lacking) == len(before):
        raise StudyError(f"{study.path}: {lacking[0].problem}")
    done = len(before) - len(lacking)
    tell(f"{study.name}: {len(points.points)} points, {done} done before; to {points.directory}")
    if points.kept:
        tell(f"finished points of other settings are kept in points/: {points.kept}")

    for point in lacking:
        tell(f"point {point.name()} ({point.shown}) failed: {point.problem}")

    runner = Runner(points, program, jobs)
    progress = Progress(runner, points.points)
    has_columns = done > 0

    def ended(point):
        nonlocal has_columns
        if point.state == FINISHED:
            if not take_in(study, points, point) and not has_columns:
                # The columns are wrong, rather than this point: no use in running the others.
                progress.clear()
                raise StudyError(f"{study.path}: {point.problem}")
            has_columns = True
            write_tables(study, points)
        progress.ended(point)

    with Interrupt() as interrupt:
        is_done = runner.run(interrupt, ended, progress.idle)
    progress.clear()
    for point in points.points:
        if point.state == FINISHED and point.summary is None:
            take_in(study, points, point)  # finished while the others were being ended
    states = [point.state for point in points.points]
    if FINISHED in states:
        write_tables(study, points)
    if not is_done:
        tell(
            f"interrupted with {states.count(FINISHED)} of {len(states)} points done; "
            "the same command runs the rest"
        )
        return 130
    return report(study, points)


def report(study, points):
    """Prints the table and draws the figures."""
    failed = sum(point.state == FAILED for point in points.points)
    if failed == len(points.points):
        tell(f"all {failed} points failed")
        return 1
    width = find_width(sys.stdout) or WIDTH
    print(f"{study.name}" + (f": {study.description}" if study.description else ""))
    print()
    print(printed_table(study, points.points, max(width, 60)))
    print(printed_warnings(points.points, max(width, 60)))
    print("Results")
    for name in ("study.csv", "study.json", "volatile.json"):
        print("  " + os.path.join(points.directory, name))
    for told in draw(study, points.points, points.directory):
        print("  " + told)
    sys.stdout.flush()
    if failed:
        tell(f"{failed} of {len(points.points)} points failed; the same command tries them again")
    return 1 if failed else 0


def main(arguments, get_program):
    """Does what the command line says; get_program builds run-scenario and returns its path."""
    options = make_parser().parse_args(arguments)
    try:
        study = read_study(options.study, options.overrides)
        directory = options.out
        if directory == "":
            raise StudyError('--out "": no directory; allowed: one that can be made and written to')
        if directory is None:
            directory = os.path.join("results", "studies", study.name)
        points = Points(study, directory)
        points.check_directory()
        if options.list:
            list_points(points)
            return 0
        if not options.force:
            points.check_table()
        program = Program(get_program())
        points.open()
        try:
            return run_points(
                study, points, program, options.jobs or processors(), options.any_build
            )
        finally:
            points.close()
    except StudyWriteError as problem:
        tell(str(problem))
        return 1
    except StudyError as problem:
        tell(str(problem))
        return 2
    except BrokenPipeError:
        # Nobody reads the table any more, as in `| head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or not os.path.isfile(sys.argv[1]):
        sys.exit("usage: fabric_study.py path/to/run-scenario [arguments of ./fabric study]")
    sys.exit(main(sys.argv[2:], lambda: sys.argv[1]))
