#!/usr/bin/env python3
"""No value of any option of any program ends it by a signal, and what is refused ends with 2.

Options are those that --help lists; each gets values that are no number, too small, too large, or
not quite one. A program that is still running after a while has accepted its value, and is ended.

usage: option_values.py PROGRAM...
"""

import concurrent.futures
import os
import re
import signal
import subprocess
import sys
import tempfile

WIDTH = 80  # columns of a terminal
PATIENCE_S = 4.0
VALUES = ["-1", "0", "1e30", "-1e30", "nan", "inf", "", "text", "1e2", "64k", "0x10", "1.5", "1e-300"]
VALUES += ["18446744073709551616", "18446744073709551615", "4294967296", " 1", "1 ", "1,", "1;", "%s"]
NEVER_ALLOWED = ["64k", "nan", "inf", "0x10", "18446744073709551616", "-1e30"]  # as numbers

FILES = ["", "0", "text", " 1", "1;", "%s", "/no/such/folder/text"]  # as names of files

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SMALL_SCENARIO = os.path.join(ROOT, "examples", "scenarios", "clos-all-to-all.toml")

# What keeps a program short.
SHORT = {
    "cloudmatrix-campaign": ["--years=0.01", "--replications=2", "--inputReplications=0"],
    "compare-fabrics": ["--no-times", "--replications=0"],
    "run-scenario": [SMALL_SCENARIO, "--set", "engine.time_limit=1us", "--quiet"],
    "clos-all-to-all": ["--bytes=1024"],
    "cloudmatrix-all-reduce": ["--bytes=1024", "--nodes=2"],
}
# Refused, with the range that the message has to name.
RANGES = [
    ("link-budget", "--ageH=-5", "0 to 10000000"),
    ("link-budget", "--ageH=1e12", "0 to 10000000"),
    ("link-budget", "--rinDbPerHz=1", "-200 to 0"),
    ("link-budget", "--modes=0.5", "--modes=0.5: allowed: below 0, 0, or 1 to 1000"),
    ("link-budget", "--caseC=-300", "-40 to 125"),
    ("link-budget", "--caseC=2000", "-40 to 125"),
    ("link-budget", "--connectors=2.5", "--connectors=2.5 is not allowed; allowed: a whole number, "),
    ("cloudmatrix-campaign", "--spares=384", "--spares=384 is not allowed; allowed: a whole number, 0 to 383"),
    ("cloudmatrix-campaign", "--years=0", "--years=0 is not allowed; allowed: a number, 0.001 to 1000"),
    ("cloudmatrix-campaign", "--temperatures=module", "allowed: KIND=DEGREES"),
    ("cloudmatrix-campaign", "--temperatures=chip=70", "of kinds lane, connector"),
    ("cloudmatrix-campaign", "--temperatures=module=151", "-40 to 150 degrees Celsius"),
    ("cloudmatrix-campaign", "--temperatures=ocs=70", "temperature of ocs, of which nothing can"),
    ("cloudmatrix-campaign", "--replications=64k", "1 to 10000"),
    ("cloudmatrix-campaign", "--spareCounts=0,384", "0 to 383"),
    ("cloudmatrix-campaign", "--spareCounts=0,3.5", "no number; allowed: whole numbers"),
    ("cloudmatrix-campaign", "--spareCounts=0,3.84e2", "0 to 383"),
    ("compare-fabrics", "--replications=1e0", "0, 2 to 10000"),
    ("compare-fabrics", "--replications=1.00001e4", "0, 2 to 10000"),
    ("compare-fabrics", "--length=0x10", "0 to 100000"),
    ("clos-all-to-all", "--bytes=64k", "with a unit: B, kB, MB, GB, TB, PB, KiB, MiB, GiB, TiB, PiB"),
    ("clos-all-to-all", "--bytes=1PiB", "PiB; 1 to 1TiB"),
    ("clos-all-to-all", "--endpoint=4", "did you mean --endpoints?"),
    ("clos-all-to-all", "--RngRun=1e2", "no value of ns-3's global value RngRun"),
    ("clos-all-to-all", "--PrintAttributes=none", "no such type"),
]


def run(program, arguments, folder):
    """Exit status, output and errors; status 0 for what is still running."""
    process = subprocess.Popen(
        [program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        cwd=folder,
    )
    try:
        out, err = process.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return 0, "", ""
    return process.returncode, out, err


def options_in(text):
    """Options that a help lists, and whether their values are numbers."""
    found = re.findall(r"^  (--[A-Za-z][\w-]*)(?:[ =]([A-Z][A-Z.=]*))?", text, re.M)
    return sorted({(name, placeholder) for name, placeholder in found if name != "--help"})


def problem_with(program, arguments, must_refuse, folder):
    name = os.path.basename(program)
    status, out, err = run(program, SHORT.get(name, []) + arguments, folder)
    shown = f"{name} {arguments}"
    if status < 0:
        return f"{shown} is ended by {signal.Signals(-status).name}: {err[-300:]}"
    if status not in (0, 1, 2):
        return f"{shown} ends with {status}: {err[-300:]}"
    if status == 2 and (out or err.count("\n") != 1 or not err.startswith(name + ": ")):
        return f"{shown} is refused with more, or less, than a line: {out[-300:]!r} {err[-300:]!r}"
    if must_refuse and status != 2:
        return f"{shown} ends with {status}, and is to be refused"
    return None


def problems_with_output(programs, folder):
    """What a reader gets fits a terminal, and one replication yields no interval."""
    campaign = ["--years=0.2", "--replications=1"]
    shown = [("link-budget", []), ("cloudmatrix-campaign", campaign)]
    shown += [("cloudmatrix-campaign", ["--years=0.2", "--replications=2"])]
    shown += [("cloudmatrix-campaign", [*campaign, "--compare"])]
    problems = []
    for name, arguments in shown:
        if name not in programs:
            continue
        done = subprocess.run([programs[name], *arguments], capture_output=True, text=True, cwd=folder)
        if done.returncode == 2 and "TOML" in done.stderr:
            continue
        text = done.stdout
        if done.returncode != 0:
            problems.append(f"{name} {arguments} ends with {done.returncode}: {done.stderr}")
        problems += [f"{name} prints too wide: {line}" for line in text.splitlines() if len(line) > WIDTH]
        is_single = "--replications=1" in arguments
        if is_single and ("no interval from one replication" not in text or "+-" in text):
            problems.append(f"{name} {arguments} shows an interval of one replication")
    # Whole numbers may be written in any way.
    if "cloudmatrix-campaign" in programs:
        texts = {
            subprocess.run(
                [programs["cloudmatrix-campaign"], "--years=0.1", f"--replications={number}"],
                capture_output=True,
                text=True,
                cwd=folder,
            ).stdout
            for number in ("10", "1e1")
        }
        if len(texts) != 1:
            problems.append("cloudmatrix-campaign: 1e1 replications are not 10")
    return problems


def problems_on_terminal(programs, folder):
    """Refusals are broken to fit a terminal, and say the same as in a line."""
    try:
        import pty
        import termios
    except ImportError:
        return []  # no terminals here
    if not hasattr(termios, "tcsetwinsize"):  # Python 3.11
        return []
    problems = []
    for name, argument, _ in RANGES:
        if name not in programs:
            continue
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, WIDTH))
        command = [programs[name], argument]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, cwd=folder)
        os.close(theirs)
        text = os.read(ours, 65536).decode()
        os.close(ours)
        line = run(programs[name], [argument], folder)[2]
        widest = max(map(len, text.splitlines()))
        if done.returncode != 2 or widest > WIDTH or text.split() != line.split():
            problems.append(f"{name} {argument} says on a terminal: {text!r}")
    return problems


def main():
    os.environ.pop("COLUMNS", None)  # programs would break their lines for it
    programs = {os.path.basename(path): os.path.abspath(path) for path in sys.argv[1:]}
    problems = []
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        for name, program in programs.items():
            status, out, err = run(program, ["--help"], folder)
            options = options_in(out)
            if status != 0 or err or not options:
                problems.append(f"{name} --help ends with {status}: {err}")
            status, _, err = run(program, SHORT.get(name, []), folder)
            if status not in (0, 1) and "TOML" not in err:
                problems.append(f"{name} is refused whatever its options: {err}")
            problems += [
                f"{name} --help is too wide: {line}" for line in out.splitlines() if len(line) > WIDTH
            ]
            for option, placeholder in options:
                for value in FILES if placeholder in ("FILE", "DIR") or option == "--faults" else VALUES:
                    must_refuse = placeholder == "N" and value in NEVER_ALLOWED
                    cases.append((program, [f"{option}={value}"], must_refuse))
                cases.append((program, [option], placeholder in ("N", "SIZE", "TEXT")))
            for arguments in (["--no-such"], ["--no-such=1"], ["stray"], [""], ["-x"], ["--=1"]):
                if name != "run-scenario" or arguments[0] != "stray":
                    cases.append((program, arguments, True))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            found = pool.map(lambda case: problem_with(*case, folder), cases)
            problems += [problem for problem in found if problem]
        for name, argument, words in RANGES:
            if name in programs:
                status, out, err = run(programs[name], [argument], folder)
                if status != 2 or words not in err:
                    problems.append(f"{name} {argument} ends with {status} and says {err!r}")
        problems += problems_with_output(programs, folder)
        problems += problems_on_terminal(programs, folder)
    for problem in problems:
        print("option-values: " + problem)
    print(f"option-values: {len(cases)} command lines, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
