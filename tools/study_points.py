# Copyright (c) 2026 The optical-fabric authors
#
# SPDX-License-Identifier: GPL-2.0-only
"""The points of a study: which there are, which are done, and running those that are not.

A point is a run of run-scenario in a directory of its own, points/NNN. Beside it points/NNN.json is
written when the run is finished, and says what was run: a point without it has not been done. That
is a file beside the directory because run-scenario keeps foreign files out of its results.

A finished point keeps its number, wherever it is in the table: a study with one value more runs the
new points only.
"""

import errno
import fcntl
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

from study_file import StudyError, StudyWriteError, sha256, text_of

MARK = re.compile(r"(\d{3,})\.json")
OURS = re.compile(r"points|(study\.csv|(study|volatile)\.json|[A-Za-z0-9._-]+\.svg)(\.partial)?")
OURS_IN_POINTS = re.compile(r"\d{3,}(\.json(\.partial)?)?")
TO_DO, FINISHED, FAILED = "to do", "finished", "failed"
MOST_DIFFERENCES, MOST_VALUES = 3, 8  # that a message shows
POLL_S = 0.02  # between looks at the processes
PATIENCE_S = 10.0  # for a run that was asked to end


def write_atomically(path, text):
    """Writes a file so that it is there as a whole or as it was before."""
    partial = path + ".partial"
    try:
        with open(partial, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except OSError as problem:
        try:
            os.unlink(partial)
        except OSError:
            pass
        raise StudyWriteError(f"{path} cannot be written: {problem.strerror}") from None


def read_json(path):
    """Content of a JSON file, None if there is none, or none that can be read."""
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return None


def text_of_identity(identity):
    """Something to compare: the same for the same content."""
    return json.dumps(identity, sort_keys=True)


def shown_values(key, points):
    """All values that a key has in the settings of points, in their order, for people."""
    values = list(dict.fromkeys(settings.get(key, "nothing") for settings in points))
    left = len(values) - MOST_VALUES
    more = [f"and {left} more"] if left > 0 else []
    text = ", ".join(values[:MOST_VALUES] + more)
    return f"[{text}]" if len(values) > 1 else text


def shown_differences(before, now):
    """Where the settings of two tables' points differ, for people.

    There is a point in the first that is not in the second.
    """
    keys = list(dict.fromkeys(key for settings in now + before for key in settings))
    told = []
    for key in keys:
        old, new = ({settings.get(key, "nothing") for settings in points} for points in (before, now))
        if old != new:
            told.append(f"{key} = {shown_values(key, before)} there, {shown_values(key, now)} now")
    if not told:
        # The same values of each key, in other combinations.
        lost = next(settings for settings in before if settings not in now)
        varied = [key for key in keys if len({settings.get(key) for settings in before}) > 1]
        point = ", ".join(f"{key} = {lost.get(key, 'nothing')}" for key in varied)
        told = [f"the point {point} there, not now"]
    return "; ".join(told[:MOST_DIFFERENCES])


class Program:
    """The program run-scenario, which must not change while a study runs."""

    def __init__(self, path):
        self.path = os.path.abspath(path)
        folder = os.path.dirname(self.path)
        libraries = os.path.join(os.path.dirname(folder), "lib")
        self.files = [self.path]
        if os.path.isdir(libraries):
            self.files += sorted(
                os.path.join(libraries, name)
                for name in os.listdir(libraries)
                if name.startswith("libns3-optical-fabric")
            )
        self.state = self.look()
        self.sha256 = [sha256(file) for file in self.files]

    def look(self):
        try:
            return [(os.stat(file).st_mtime_ns, os.stat(file).st_size) for file in self.files]
        except OSError:
            return None

    def has_changed(self):
        return self.look() != self.state


class Point:
    """One run of a study."""

    def __init__(self, values, settings, shown):
        self.values = values  # of the axes
        self.shown = shown  # the same with their keys, for messages
        self.settings = settings
        self.number = None
        self.state = TO_DO
        self.problem = ""
        self.summary = None  # what the table wants of it; see study_table

    def name(self):
        return f"{self.number:03}" if self.number is not None else "-"


class Points:
    """The points of a study in its output directory."""

    def __init__(self, study, directory):
        self.study = study
        self.directory = directory
        self.folder = os.path.join(directory, "points")
        self.points = []
        for values in study.axis_values():
            settings = dict(study.settings)
            settings.update(zip(study.axis_keys(), values))
            settings = {key: text_of(value) for key, value in settings.items()}
            shown = ", ".join(f"{key} = {settings[key]}" for key in study.axis_keys())
            self.points.append(Point(values, settings, shown or "no axes"))
        self.made = []
        self.lock = None
        self.kept = 0  # finished points that the study does not have any more

    def path(self, point):
        return os.path.join(self.folder, point.name())

    def check_directory(self):
        """Refuses a directory that holds what no study has written."""
        allowed = "a directory that does not exist, is empty, or holds results of a study"
        for folder, ours in ((self.directory, OURS), (self.folder, OURS_IN_POINTS)):
            try:
                names = os.listdir(folder)
            except FileNotFoundError:
                return
            except OSError as problem:
                raise StudyError(
                    f"output directory {folder}: {problem.strerror}; allowed: {allowed}"
                ) from None
            for name in sorted(names):
                if not ours.fullmatch(name):
                    raise StudyError(
                        f"output directory {self.directory}: holds {os.path.join(folder, name)}, "
                        f"which is no result of a study; allowed: {allowed}; choose with --out DIR"
                    )
        # Names alone do not say that: a run has a volatile.json too.
        summary = read_json(os.path.join(self.directory, "study.json"))
        owner = summary.get("name") if isinstance(summary, dict) else None
        if owner is not None and owner != self.study.name:
            raise StudyError(
                f"output directory {self.directory}: holds the study {owner}; allowed: {allowed} "
                f"of the name {self.study.name}; choose with --out DIR"
            )

    def check_table(self):
        """Refuses to leave out rows that the table has: points of other settings or scenario."""
        before = read_json(os.path.join(self.directory, "study.json"))
        rows = before.get("points") if isinstance(before, dict) else None
        rows = [row for row in rows or [] if isinstance(row, dict)]
        rows = [row["settings"] for row in rows if row.get("state") == FINISHED and "settings" in row]
        if not rows:
            return
        if before.get("scenario_sha256") != self.study.scenario_sha256:
            difference = f"{self.study.scenario_path} was another"
        else:
            now = [point.settings for point in self.points]
            if all(row in now for row in rows):
                return
            difference = shown_differences(rows, now)
        raise StudyError(
            f"output directory {self.directory}: holds results of other settings ({difference}); "
            "allowed: --out DIR for a directory of its own, or --force to replace its table"
        )

    def open(self):
        """Makes the directory and keeps other studies out of it."""
        missing = []
        folder = self.folder
        while folder and not os.path.isdir(folder):
            missing.append(folder)
            folder = os.path.dirname(folder)
        try:
            for folder in reversed(missing):
                os.mkdir(folder)
                self.made.append(folder)
            # Runs inherit the lock: a study that was killed leaves it locked until they have ended.
            self.lock = os.open(self.directory, os.O_RDONLY)
        except OSError as problem:
            self.close()
            if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
                raise StudyWriteError(f"{folder} cannot be made: {problem.strerror}") from None
            raise StudyError(
                f"output directory {self.directory}: {folder}: {problem.strerror}; allowed: one "
                "that can be made and written to; choose with --out DIR"
            ) from None
        if not os.access(self.folder, os.W_OK | os.X_OK):
            raise StudyWriteError(
                f"output directory {self.directory}: cannot be written to; choose another with "
                "--out DIR"
            )
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StudyError(
                f"output directory {self.directory}: a study is running in it, or runs of a study "
                "that was killed; choose another with --out DIR, or wait"
            ) from None

    def close(self):
        """Gives the directory free, and takes it away if nothing came to be in it."""
        if self.lock is not None:
            os.close(self.lock)
            self.lock = None
        for folder in reversed(self.made):
            try:
                os.rmdir(folder)  # refused by the system unless empty
            except OSError:
                break
        self.made = []

    def identity(self, point, program):
        return {
            "settings": dict(sorted(point.settings.items())),
            "scenario_sha256": self.study.scenario_sha256,
            "program_sha256": program.sha256 if program else None,
        }

    def find_finished(self, program):
        """Finds what was done before; without a program, whichever program did it."""
        finished = self.read_marks(program)
        numbers = set()
        for point in self.points:
            number = finished.get(text_of_identity(self.identity(point, program)))
            if number is not None:
                point.number = number
                point.state = FINISHED
                numbers.add(number)
        self.kept = len(set(finished.values()) - numbers)
        # What other settings gave stays, in case they come back; so a study's first points are
        # 1, 2, 3, ... and later ones have the numbers that follow.
        taken = set(finished.values())
        free = (number for number in itertools.count(1) if number not in taken)
        for point in self.points:
            if point.number is None:
                point.number = next(free)

    def read_marks(self, program):
        """Numbers of the finished points of this scenario and program, by what was run."""
        finished = {}
        try:
            names = sorted(os.listdir(self.folder))
        except OSError:
            return finished
        for name in names:
            match = MARK.fullmatch(name)
            mark = read_json(os.path.join(self.folder, name)) if match else None
            if not isinstance(mark, dict):
                continue
            try:
                summary = sha256(os.path.join(self.folder, match[1], "summary.json"))
            except OSError:
                continue
            if program is None:
                mark["program_sha256"] = None
            is_ours = mark.get("scenario_sha256") == self.study.scenario_sha256
            is_ours = is_ours and (program is None or mark.get("program_sha256") == program.sha256)
            if mark.pop("summary_sha256", None) == summary and is_ours:
                finished.setdefault(text_of_identity(mark), int(match[1]))
        return finished

    def unmark(self, point):
        """Takes away the mark of an earlier point that had the number."""
        try:
            os.unlink(self.path(point) + ".json")
        except FileNotFoundError:
            pass
        except OSError as problem:
            path = self.path(point) + ".json"
            raise StudyWriteError(f"{path} cannot be removed: {problem.strerror}") from None

    def mark_finished(self, point, program):
        mark = self.identity(point, program)
        summary = os.path.join(self.path(point), "summary.json")
        try:
            mark["summary_sha256"] = sha256(summary)
        except OSError as problem:
            raise StudyWriteError(f"{summary} cannot be read: {problem.strerror}") from None
        write_atomically(self.path(point) + ".json", json.dumps(mark, indent=1) + "\n")


class Run:
    """A process that runs a point."""

    def __init__(self, points, point, program):
        self.point = point
        self.started = time.monotonic()
        self.is_fresh = not os.path.lexists(points.path(point))
        self.summary = os.path.join(points.path(point), "summary.json")
        self.before = self.stamp()
        self.errors = tempfile.TemporaryFile()
        command = [program.path, points.study.scenario_path, "--quiet", "--force"]
        command += ["--out", points.path(point)]
        for key, value in point.settings.items():
            command += ["--set", f"{key}={value}"]
        # A session of its own: Ctrl-C reaches us, and we end the runs.
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.errors,
            env={name: value for name, value in os.environ.items() if name != "COLUMNS"},
            start_new_session=True,
            pass_fds=(points.lock,),
        )

    def stamp(self):
        """What tells one summary from another one in its place; None if there is none."""
        try:
            found = os.stat(self.summary)
        except OSError:
            return None
        return (found.st_ino, found.st_mtime_ns, found.st_size)

    def has_lost(self):
        """Whether it ran to its end, and failed only as payload was lost, which is a result."""
        if self.process.returncode != 1 or self.stamp() in (None, self.before):
            return False
        summary = read_json(self.summary)
        lost = isinstance(summary, dict) and summary.get("transfers", {}).get("failed_count", 0) > 0
        folder = os.path.dirname(self.summary)
        return lost and not os.path.lexists(os.path.join(folder, "incomplete.txt"))

    def message(self):
        """What the run said last, for people."""
        self.errors.seek(0)
        lines = self.errors.read().decode("utf-8", "replace").strip().splitlines()
        said = lines[-1] if lines else "said nothing"
        status = self.process.returncode
        if status < 0:
            said = f"ended by signal {-status} ({signal.Signals(-status).name}); {said}"
        return said

    def end(self, by):
        if self.process.poll() is None:
            self.process.send_signal(by)

    def close(self):
        self.errors.close()


class Interrupt:
    """Notices Ctrl-C and its like; acting on it is left to the loop, at a time that suits it."""

    SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def __init__(self):
        self.count = 0
        self.before = {}

    def __enter__(self):
        for number in self.SIGNALS:
            # What was ignored stays so: that is how nohup works.
            if signal.getsignal(number) != signal.SIG_IGN:
                self.before[number] = signal.signal(number, self.notice)
        return self

    def __exit__(self, *_):
        for number, handler in self.before.items():
            signal.signal(number, handler)

    def notice(self, *_):
        self.count += 1


class Runner:
    """Runs points, several at a time."""

    def __init__(self, points, program, jobs):
        self.points = points
        self.program = program
        self.jobs = jobs
        self.running = []
        self.waiting = [point for point in points.points if point.state == TO_DO]
        # Refused at its very first point, a study is wrong; later on it may be one value.
        self.first = points.points[0] if len(self.waiting) == len(points.points) else None
        self.durations = []
        self.made = []  # points that this study has run where there was nothing before
        self.is_refused = False

    def eta_s(self):
        """Seconds to go, None if nobody knows."""
        if not self.durations:
            return None
        mean = sum(self.durations) / len(self.durations)
        now = time.monotonic()
        left = len(self.waiting) * mean
        left += sum(max(mean - (now - run.started), 0.0) for run in self.running)
        return left / min(self.jobs, max(1, len(self.waiting) + len(self.running)))

    def run(self, interrupt, on_ended, on_idle):
        """Runs all; True if that was not interrupted. What on_ended raises ends the runs too."""
        unreported = []
        try:
            while self.waiting or self.running:
                if interrupt.count:
                    return False
                ended = [run for run in self.running if run.process.poll() is not None]
                for run in ended:
                    self.running.remove(run)
                    self.settle(run)
                while self.waiting and len(self.running) < self.jobs:
                    self.start(self.waiting.pop(0))
                unreported += [run.point for run in ended]
                # Should the first be refused, there is no point in what the others say, and no
                # table of them is to be written.
                while unreported and not self.is_first_out():
                    on_ended(unreported.pop(0))
                on_idle()
                if not ended:
                    time.sleep(POLL_S)
            return True
        finally:
            self.end_all(interrupt)

    def is_first_out(self):
        return self.first is not None and self.first.state == TO_DO

    def start(self, point):
        self.points.unmark(point)
        self.running.append(Run(self.points, point, self.program))

    def settle(self, run):
        """Notes how a run ended."""
        point = run.point
        status = run.process.returncode
        message = run.message()
        run.close()
        if status == 2 and point is self.first:
            self.is_refused = True
            raise StudyError(f"{self.points.study.path}: the first point is refused: {message}")
        if self.program.has_changed():
            raise StudyError(
                f"{self.program.path} was built anew while the study ran; start the study again"
            )
        if status != 0 and not run.has_lost():
            self.fail(point, message)
            return
        summary = read_json(os.path.join(self.points.path(point), "summary.json"))
        if not isinstance(summary, dict):
            self.fail(point, "wrote no summary.json that can be read")
            return
        inputs = [file.get("sha256") for file in summary.get("run", {}).get("input_files", [])]
        if inputs and self.points.study.scenario_sha256 not in inputs:
            raise StudyError(
                f"{self.points.study.scenario_path} was changed while the study ran; start again"
            )
        self.points.mark_finished(point, self.program)
        point.state = FINISHED
        if run.is_fresh:
            self.made.append(point)
        self.durations.append(time.monotonic() - run.started)

    def fail(self, point, problem):
        point.state = FAILED
        point.problem = problem

    def end_all(self, interrupt):
        """Ends the runs that are left, and keeps those that had finished by then."""
        patience_ends = time.monotonic() + PATIENCE_S
        interrupts = interrupt.count
        for run in self.running:
            run.end(signal.SIGTERM)
        while any(run.process.poll() is None for run in self.running):
            # Whoever presses Ctrl-C again does not want to wait.
            if interrupt.count > interrupts or time.monotonic() > patience_ends:
                for run in self.running:
                    run.end(signal.SIGKILL)
            time.sleep(POLL_S)
        for run in self.running:
            can_stay = run.process.returncode == 0 and not self.is_refused
            if can_stay and not self.program.has_changed():
                try:
                    self.settle(run)
                except StudyError:
                    pass  # another one is under way
            if run.point.state == TO_DO and run.is_fresh:
                # Half a run is of no use, and a study that is refused leaves nothing.
                shutil.rmtree(self.points.path(run.point), ignore_errors=True)
            run.close()
        self.running = []
        for point in self.made if self.is_refused else []:
            # Others may have been quicker than the first.
            self.points.unmark(point)
            shutil.rmtree(self.points.path(point), ignore_errors=True)
