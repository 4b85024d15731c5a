#!/usr/bin/env python3
"""What readers are shown works: every command and every block of code in README.md, doc/, the heads of
scenarios and studies, and the help of programs, in the order in which it is shown, in a fresh copy of
the sources.

Commands of ./fabric go through the launcher of the copy, which finds everything built. They are run to
their end, and have to succeed, but for those that LONG names: these are ended after a moment, or after a
microsecond of simulated time, and what counts is that they begin, and are not refused. What the launcher
does besides becoming a program is done, too, as far as it is cheap: the copy is configured into a folder
of its own, what would be compiled is listed (by ninja or make with -n), what would be tested is listed
(by ctest with -N). STUBS names what is not. C++ is compiled against the library and run, TOML is given to
the program it is for, a fault schedule to a run.

A block that is none of this has to be named in NOT_RUN, or marked, with the reason.

What precedes a block says what is to be done with it, in a comment that no reader sees. In .rst:

  .. shown: skip REASON          it is not run
  .. shown: may throw            its last line shows a refusal
  .. shown: given                followed by lines of C++, indented: they come before the block
  .. shown: then                 the same for what comes after it

usage: shown_commands.py SOURCE BUILD LIBRARIES -- COMPILER ARGUMENT...
       LIBRARIES: files to link with, commas between them
"""

import concurrent.futures
import fnmatch
import glob
import importlib.machinery
import importlib.util
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE_S = 2.0  # processor time of what need not end
WHOLE_S = 60.0  # and of what has to: those of today take 5 s at most
SHELLS = ("bash", "console", "sh")
CPP = ("cpp", "c++")
SKIPPED = 77

BASE = """name = "shown"
[fabric]
nodes = 2
[[collective]]
name = "all-reduce"
kind = "all-reduce"
bytes = "64KiB"
"""
# What a fault schedule that is shown is for: its components have to be there.
FAULTY = BASE.replace("nodes = 2", "nodes = 16") + """[faults]
schedule = "shown.csv"
"""
STUDY = """name = "mine"
scenario = "my.toml"
[[axis]]
key = "collective.all-reduce.bytes"
values = ["1KiB", "2KiB"]
"""


# Commands that take longer than some 5 s, as patterns, each with the reason. A command that is not
# among them is run to its end.
LONG = {
    "run": "the default study by packets takes 25 s",
    "run --set power.region=China *": "as the default study",
    "run --set engine.fidelity=hybrid *": "as the default study",
    "run --set network.routing=Ecmp *": "as the default study",
    "run --set fabric.l1_latency=300ns *": "as the default study",
    "run examples/scenarios/nvl72.toml": "5 GB by packets take 20 s",
    "compare": "collectives of many sizes on both systems take a minute",
    "compare --optics all": "collectives of five systems take minutes",
    "compare --tornado": "a cost for each input at both of its ends takes minutes",
    "campaign --compare": "five tolerances under the same 100 replications take minutes",
    "campaign --years=5 --replications=100 *": "500 years take a minute",
    "study examples/studies/*": "from 6 to 40 runs",
}

# Blocks that are not run: page, how the block begins, why not.
NOT_RUN = [
    ("doc/benchmarks.rst", "endpoints       ", "figures that ./fabric bench measured in ten minutes"),
    ("doc/benchmarks.rst", "The machine: time of a load", "figures that ./fabric bench measured in ten minutes"),
    ("doc/economics.rst", "catalog ------>", "a drawing"),
    ("doc/economics.rst", "CloudMatrix384 (Ascend-910C, 400G-SR8-LPO) and", "output of ./fabric compare, of a minute"),
    ("doc/economics.rst", "CloudMatrix384 (Ascend-910C, LPO) in China", "output of ./fabric compare --tornado"),
    ("doc/economics.rst", "Accelerators of the catalog", "output of ./fabric compare --accelerators"),
    ("doc/flow-engine.rst", "$ build/release/bin/fabric-random-scenarios", "takes hours; the test random-scenarios runs 250"),
    ("doc/optical-fabric.rst", "    C++ script ", "a drawing"),
    ("doc/optical-fabric.rst", "source              ", "a drawing"),
    ("doc/optical-fabric.rst", "node 0              ", "a drawing"),
    ("doc/physical-layer.rst", "catalog             ", "a drawing"),
    ("doc/reliability.rst", "f.csv:4: there is no module", "a message; the unit tests of fault schedules have it"),
    ("doc/reliability.rst", "stream = (kind * 16", "a formula; the unit tests of fault samplers have it"),
    ("doc/reliability.rst", "tolerance of faults ", "output of ./fabric campaign --compare, of minutes"),
    ("doc/results-schema.rst", "jq 'del(", "jq is a program of the reader's, and need not be there"),
]

# What of the launcher is not done.
STUBS = {
    "ensure_packages": "installs packages; test/launcher.py has what it looks for and prints",
    "run_in_tree": "takes minutes, and the sources of ns-3; ./fabric test runs it",
    "fabric-bench": "is compiled when it is asked for; where it is not, its commands are not run",
}

# Files of the reader's own that commands name, and what stands in for them.
OWN_FILES = {
    "my.toml": BASE,
    "my-study.toml": STUDY,
}


class Block:
    def __init__(self, path, line, language, text):
        self.path = path
        self.line = line  # of its first line
        self.language = language
        self.text = text
        self.skip = None
        self.may_throw = False
        self.given = ""
        self.then = ""

    def place(self):
        return f"{self.path}:{self.line}"


def dedent(lines):
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines).strip("\n") + "\n"


def read_lines(path):
    with open(path, encoding="utf-8") as text:
        return text.read().split("\n")


def indented(lines, at, indent):
    """End of the lines from `at` on that are empty or indented by more than `indent`."""
    while at < len(lines) and (not lines[at].strip() or len(lines[at]) - len(lines[at].lstrip()) > indent):
        at += 1
    return at


def rst_blocks(path, shown):
    """Blocks of an .rst file, with what their comments say."""
    lines = read_lines(path)
    blocks = []
    highlight = "none"
    marks = []
    at = 0
    while at < len(lines):
        line = lines[at]
        indent = len(line) - len(line.lstrip())
        mark = re.match(r"\s*\.\. shown: (given|then|skip|may throw)\s*(.*)", line)
        directive = re.match(r"\s*\.\. (highlight|code-block|sourcecode)::\s*(\S*)", line)
        literal = line.rstrip().endswith("::") and not line.lstrip().startswith("..")
        if mark:
            end = indented(lines, at + 1, indent)
            marks.append((mark[1], mark[2], dedent(lines[at + 1 : end])))
            at = end
            continue
        if directive and directive[1] == "highlight":
            highlight = directive[2]
        elif directive or literal:
            end = indented(lines, at + 1, indent)
            body = lines[at + 1 : end]
            first = next((i for i, text in enumerate(body) if text.strip()), 0)
            language = directive[2] if directive else highlight
            block = Block(shown, at + 2 + first, language, dedent(body))
            for name, reason, text in marks:
                block.skip = reason if name == "skip" else block.skip
                block.may_throw = block.may_throw or name == "may throw"
                block.given += text if name == "given" else ""
                block.then += text if name == "then" else ""
            marks = []
            blocks.append(block)
            at = end
            continue
        at += 1
    return blocks


def md_blocks(path, shown):
    """Blocks of an .md file: fenced ones, and indented ones, which are commands."""
    lines = read_lines(path)
    blocks = []
    at = 0
    while at < len(lines):
        fence = re.match(r"```(\S*)", lines[at])
        if fence:
            end = lines.index("```", at + 1)
            blocks.append(Block(shown, at + 2, fence[1], dedent(lines[at + 1 : end])))
            at = end + 1
        elif lines[at].startswith("    ") and (at == 0 or not lines[at - 1].strip()):
            end = indented(lines, at, 3)
            blocks.append(Block(shown, at + 1, "console", dedent(lines[at:end])))
            at = end
        else:
            at += 1
    return blocks


def head_block(path, shown):
    """Commands at the head of a scenario or a study."""
    head = []
    for line in read_lines(path):
        if not line.startswith("#"):
            break
        head.append(line[1:])
    found = re.findall(r"^ *\./fabric (?:.*\\\n)*.*$", "\n".join(head), re.M)
    return Block(shown, 1, "console", dedent("\n".join(found).split("\n")))


# The launcher ---------------------------------------------------------------------------------------


def be_fabric(launcher, build, is_long, words):
    """The launcher of a copy of the sources, for which everything is built in a folder elsewhere."""
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("fabric", launcher)
    fabric = importlib.util.module_from_spec(importlib.util.spec_from_loader("fabric", loader))
    loader.exec_module(fabric)
    configured = fabric.folder_of

    def replace_by(program, arguments):
        path = os.path.join(build, program)
        if program.endswith("fabric-bench") and not os.path.exists(path):
            sys.exit(0)
        if is_long and program.endswith("run-scenario") and "--help" not in arguments:
            arguments = [*arguments, "--set", "engine.time_limit=1us", "--quiet"]
        fabric.folder_of = lambda _: build
        become(program, arguments)

    def list_only(command):
        """A command that would compile or test, as one that lists what it would do."""
        if command[:2] == ["cmake", "--build"] and "help" not in command:
            return command + ["--", "-n"]
        if command[0] == "ctest":
            # Tests that programs list themselves are known where those are built.
            at = command.index("--test-dir") + 1
            return command[:at] + [build] + command[at + 1 :] + ["-N"]
        return command

    class Subprocess:
        """subprocess, but for what would take long."""

        PIPE, STDOUT = subprocess.PIPE, subprocess.STDOUT

        @staticmethod
        def run(command, **how):
            if command[0] != "ctest":
                return subprocess.run(list_only(command), **how)
            done = subprocess.run(list_only(command), stdout=subprocess.PIPE, text=True, **how)
            is_listed = re.search(r"^Total Tests: [1-9]", done.stdout, re.M)
            return subprocess.CompletedProcess(command, 0 if is_listed and done.returncode == 0 else 1)

        @staticmethod
        def Popen(command, **how):
            return subprocess.Popen(list_only(command), **how)

    def run_in_tree(pattern, tally):
        is_there = os.access(os.path.join(fabric.ROOT, ".ci", "in-tree"), os.X_OK)
        (tally.skipped if is_there else tally.failed).append("in-tree")

    fabric.subprocess = Subprocess
    fabric.ensure_packages = lambda *_: None
    fabric.replace_by = replace_by
    fabric.run_in_tree = run_in_tree
    if words[0] == "study":
        # It wants the path of the program, which is not in the folder that would be configured.
        fabric.compile_targets = lambda *_: None
        fabric.folder_of = lambda _: build
    sys.argv = [launcher, *words]
    return fabric.main()


class Checker:
    def __init__(self, source, build, libraries, compiler, clone):
        self.source = source
        self.build = build
        self.libraries = libraries
        self.compiler = compiler
        self.clone = clone
        self.problems = []
        self.times = []
        self.counts = {"commands": 0, "of them ended early": 0, "C++ blocks": 0}
        self.counts |= {"TOML blocks": 0, "schedules": 0, "not run": 0}
        self.unused = set(LONG) | {(page, begin) for page, begin, _ in NOT_RUN}

    def fail(self, place, text):
        self.problems.append(f"{place}: {text}")

    def start(self, command, folder, limit_s):
        """Runs a command, ended after some processor time: exit status, None if so, and errors."""
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            process = subprocess.Popen(
                command, cwd=folder, stdout=subprocess.DEVNULL, stderr=said, preexec_fn=os.setpgrp
            )
            status = wait_for(process, limit_s)
            said.seek(0)
            return status, said.read()

    def fabric(self, place, words):
        """Runs a command of the launcher."""
        shown = shlex.join(words)
        pattern = next((one for one in LONG if fnmatch.fnmatchcase(shown, one)), None)
        self.unused.discard(pattern)
        me = os.path.abspath(__file__)
        command = [sys.executable, me, "--as-fabric", os.path.join(self.clone, "fabric"), self.build]
        command += ["long" if pattern else "whole", *words]
        begin = time.monotonic()
        status, err = self.start(command, self.clone, PATIENCE_S if pattern else WHOLE_S)
        self.times.append((time.monotonic() - begin, shown))
        self.counts["commands"] += 1
        self.counts["of them ended early"] += pattern is not None
        # A run that was cut off has not finished, as every run of those that take long.
        cut_off = status == 1 and "time_limit" in err
        if status != 0 and not (pattern and (status in (None, 130) or cut_off)):
            self.fail(place, f"./fabric {shown} ends with {status}: {err[-600:]}")

    def commands(self, block):
        text = block.text.replace("\\\n", " ")
        for i, line in enumerate(text.splitlines()):
            words = shlex.split(re.sub(r"^\s*\$ ", "", line), comments=True)
            place = f"{block.path}:{block.line + i}"
            if not words:
                continue
            if words[0] == "run-scenario":
                words[:1] = ["./fabric", "run"]
            if words[0] != "./fabric":
                self.fail(place, f"{words[0]} is no command of ours; mark the block, or what it is")
                continue
            for name in OWN_FILES.keys() & set(words):
                for needed in OWN_FILES if name == "my-study.toml" else [name]:
                    self.write(needed, OWN_FILES[needed])
            self.fabric(place, words[1:])

    def write(self, name, text):
        with open(os.path.join(self.clone, name), "w", encoding="utf-8") as file:
            file.write(text)

    def schedule(self, block):
        """Lines of a fault schedule."""
        self.counts["schedules"] += 1
        self.write("shown.csv", block.text)
        self.write("shown.toml", FAULTY)
        self.fabric(block.place(), ["run", "shown.toml", "--force"])

    def toml(self, block):
        """A study, catalog entries, a scenario, or a part of one."""
        self.counts["TOML blocks"] += 1
        folder = os.path.join(self.clone, "examples", "studies")
        path = os.path.join(folder, "shown.toml")
        if "scenario = " in block.text:
            text, words = block.text, ["study", path, "--list"]
        elif re.search(r"^\[(fabric|optics|power|faults|engine|network)\]", block.text, re.M):
            is_whole = "[[collective]]" in block.text
            text, words = (block.text if is_whole else BASE + block.text), ["run", path, "--force"]
        else:
            text, words = block.text, ["compare", "--accelerators", "--catalog", path]
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        self.fabric(block.place(), words)
        os.unlink(path)

    def cpp(self, blocks):
        """Compiles fragments together, each in a function of its own, and runs them one by one."""
        self.counts["C++ blocks"] += len(blocks)
        whole = [block for block in blocks if re.search(r"^main\(", block.text, re.M)]
        parts = [block for block in blocks if block not in whole]
        sources = []
        for number, block in enumerate(whole):
            sources.append((f"whole{number}", [block], f'#line {block.line} "{block.path}"\n{block.text}'))
        text = f'#include "{self.source}/test/shown_blocks.h"\n'
        for number, block in enumerate(parts):
            # Lines and braces that stand for what a reader puts there.
            code = re.sub(r"^ *\.\.\.$", "", block.text, flags=re.M).replace("{ ... }", "{}")
            code = f'#line {block.line} "{block.path}"\n{code}'
            text += f"namespace block{number}\n{{\n"
            if re.match(r"(///.*\n)*(class|struct) ", block.text):
                text += code
                code = ""
            text += f"void Run()\n{{\n{block.given}\n{code}\n{block.then}\n}}\n}}\n"
        calls = "".join(f"&block{number}::Run, " for number in range(len(parts)))
        text += f"void (*const g_blocks[])() = {{{calls}}};\nint main(int, char* argv[])\n{{\n"
        text += "    return RunBlock(g_blocks[std::atoi(argv[1])]);\n}\n"
        sources.append(("parts", parts, text))
        folder = os.path.join(self.clone, "blocks")
        os.makedirs(folder)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            list(pool.map(lambda source: self.compile_and_run(folder, *source), sources))

    def compile_and_run(self, folder, name, blocks, text):
        path = os.path.join(folder, name)
        with open(path + ".cc", "w", encoding="utf-8") as file:
            file.write(text)
        command = [*self.compiler, path + ".cc", "-o", path, *self.libraries]
        command += ["-Wl,-rpath," + os.path.join(self.build, "lib")]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            errors = [line for line in done.stderr.splitlines() if " error: " in line]
            self.fail(blocks[0].place() if len(blocks) == 1 else name, "\n  ".join(["no C++"] + errors[:40]))
            return
        for number, block in enumerate(blocks):
            status, err = self.start([path, str(number)], folder, WHOLE_S)
            if status != 0 and not (block.may_throw and status == 3):
                self.fail(block.place(), f"ends with {status}: {err[-600:]}")

    def blocks(self, blocks):
        """Checks blocks in their order, but for those in C++, which are compiled together."""
        for block in blocks:
            named = [
                (page, begin)
                for page, begin, _ in NOT_RUN
                if page == block.path and block.text.startswith(begin)
            ]
            self.unused -= set(named)
            if named:
                self.counts["not run"] += 1
            elif block.skip is not None:
                self.counts["not run"] += 1
                if not block.skip:
                    self.fail(block.place(), "is skipped without a reason")
            elif block.language in SHELLS:
                self.commands(block)
            elif block.language == "toml":
                self.toml(block)
            elif block.language in CPP:
                if block.path.endswith(".md") and "\nmain()" not in block.text:
                    self.fail(block.place(), "is no whole program, as it should be in a README")
            elif block.text.startswith("time,kind,"):
                self.schedule(block)
            else:
                self.fail(block.place(), f"is {block.language}: not run, and not in NOT_RUN")

    def fresh(self):
        """Takes away what earlier commands have left."""
        for name in ("results", "faults.csv"):
            path = os.path.join(self.clone, name)
            if os.path.isdir(path):
                shutil.rmtree(path)
            elif os.path.exists(path):
                os.unlink(path)

    def help_of(self, program):
        """Examples in the help of a program, each by itself."""
        path = os.path.join(self.build, "bin", program)
        text = subprocess.run([path, "--help"], capture_output=True, text=True).stdout
        verbs = {"run-scenario": "run", "compare-fabrics": "compare"}
        examples = text[text.find("examples:") :]
        lines = re.findall(r"^  ((?:\./fabric|" + program + r")(?: .*)?)$", examples, re.M)
        if not lines:
            self.fail(program, "its help has no examples")
        for line in lines:
            if program in verbs:
                line = line.replace(program, "./fabric " + verbs[program])
            self.fresh()
            self.commands(Block(program + " --help", 0, "console", line))


def processor_time(first):
    """Processor time of a process and all that came of it, s; None where nobody says."""
    parents, ticks = {}, {}
    try:
        for name in filter(str.isdecimal, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                    fields = file.read().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            parents[int(name)] = int(fields[1])
            ticks[int(name)] = sum(map(int, fields[11:15]))
    except OSError:
        return None
    found = {first}
    while True:
        more = {one for one, parent in parents.items() if parent in found} - found
        if not more:
            return sum(ticks.get(one, 0) for one in found) / os.sysconf("SC_CLK_TCK")
        found |= more


def wait_for(process, limit_s):
    """Waits until a process ends, which it is made to after some processor time; its status or None."""
    begin = time.monotonic()
    while True:
        try:
            return process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            taken = processor_time(process.pid)
        if (time.monotonic() - begin if taken is None else taken) > limit_s:
            break
    for by in (signal.SIGINT, signal.SIGKILL):
        os.killpg(process.pid, by)
        try:
            status = process.wait(timeout=30)
            return status if by == signal.SIGINT and status == 130 else None
        except subprocess.TimeoutExpired:
            pass
    return None


def copy_sources(source, clone):
    """What a clone of the repository would have, were its changes committed."""
    command = ["git", "-C", source, "ls-files", "-z", "--cached"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        shutil.copytree(source, clone, ignore=shutil.ignore_patterns("build", "results", ".git"))
        return
    for name in done.stdout.split("\0"):
        if name and os.path.isfile(os.path.join(source, name)):
            os.makedirs(os.path.dirname(os.path.join(clone, name)), exist_ok=True)
            shutil.copy(os.path.join(source, name), os.path.join(clone, name))


def main():
    os.environ.pop("COLUMNS", None)  # programs would break their lines for it
    if sys.argv[1] == "--as-fabric":
        return be_fabric(sys.argv[2], sys.argv[3], sys.argv[4] == "long", sys.argv[5:])
    source, build, libraries, _, *compiler = sys.argv[1:]
    source, build = os.path.abspath(source), os.path.abspath(build)
    run = os.path.join(build, "bin", "run-scenario")
    if "cannot read TOML" in subprocess.run([run], capture_output=True, text=True, cwd="/").stderr:
        return SKIPPED
    with tempfile.TemporaryDirectory() as scratch:
        clone = os.path.join(scratch, "clone")
        copy_sources(source, clone)
        checker = Checker(source, build, libraries.split(","), compiler, clone)
        files = sorted(glob.glob(os.path.join(clone, "doc", "*.rst")))
        pages = []
        for path in [os.path.join(clone, "README.md")] + files:
            read = md_blocks if path.endswith(".md") else rst_blocks
            pages.append(read(path, os.path.relpath(path, clone)))
        code = [b for page in pages for b in page if b.language in CPP and b.skip is None]
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            compiled = pool.submit(checker.cpp, code)
            for page in pages:
                checker.fresh()
                checker.blocks(page)
            for path in sorted(glob.glob(os.path.join(clone, "examples", "s*", "*.toml"))):
                checker.fresh()
                checker.blocks([head_block(path, os.path.relpath(path, clone))])
            for program in sorted(os.listdir(os.path.join(build, "bin"))):
                if not program.startswith(("fabric-", "fuzz-")):
                    checker.help_of(program)
            compiled.result()
    for unused in sorted(map(str, checker.unused)):
        checker.problems.append(f"{unused} is listed, and nowhere shown")
    for problem in checker.problems:
        print("shown-commands: " + problem)
    print("shown-commands: " + ", ".join(f"{n} {what}" for what, n in checker.counts.items()))
    for taken, shown in sorted(checker.times, reverse=True)[:10]:
        print(f"shown-commands: {taken:.1f} s ./fabric {shown}")
    return 1 if checker.problems else 0


if __name__ == "__main__":
    sys.exit(main())
