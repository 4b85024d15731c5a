#!/usr/bin/env python3
"""What readers are shown works: every command and every block of code in README.md, doc/, the heads of
scenarios and studies, and the help of programs, in the order in which it is shown, in one fresh copy of
the sources, where the results of one are in the way of the next.

Commands run to their end, have to succeed, and may say nothing on the standard error but how far they
are. Those of TOO_LONG do so with smaller settings after those that are shown; nothing is cut off. The
same command runs once. Commands of ./fabric go through the launcher of the copy (shown_launcher.py, which
says what of it is not done). C++ is compiled against the library and run, TOML is given to the program it
is for, a fault schedule to a run, and what a command is said to print is compared with what it prints.

A block that is none of this has to be named in NOT_RUN with the reason, or marked (shown_texts.py).

usage: shown_commands.py SOURCE BUILD LIBRARIES -- COMPILER ARGUMENT...
       LIBRARIES: files to link with, commas between them
"""

import concurrent.futures
import fnmatch
import glob
import json
import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from shown_launcher import NOT_BUILT  # noqa: E402
from shown_lists import FAULTY, NOT_RUN, OWN_FILES, PART, PLACEHOLDERS, PROGRESS, TOO_LONG  # noqa: E402
from shown_texts import CPP, SHELLS, commands_of, head_blocks, help_block, md_blocks, rst_blocks  # noqa: E402

LIMIT_S = 120  # processor time of a process: more than any needs
SKIPPED = 77
TOOLS = ["fabric-bench", "fabric-random-scenarios"]  # other programs fabric-... are runners of tests
VERBS = {"run-scenario": "run", "compare-fabrics": "compare"}  # programs that help calls by their names


def shape(text):
    """Lines without figures, their intervals, stars and blanks; lines of nothing else are left out."""
    text = re.sub(r"[+-]?\d[\d,.]*(e[+-]?\d+)?", "#", text)
    text = re.sub(r"# to #|\+- #", "#", text)
    lines = [" ".join(re.sub(r"[#*]", " ", line).split()) for line in text.splitlines()]
    return [line for line in lines if re.search(r"[A-Za-z]", line)]


class Checker:
    def __init__(self, source, build, libraries, compiler, clone):
        self.source = source
        self.build = build
        self.libraries = libraries
        self.compiler = compiler
        self.clone = clone
        self.problems = []
        self.own = set()  # files of the reader's own that there are
        self.output = {}  # of a command, by what is shown
        self.counts = dict.fromkeys(
            ["commands", "of them smaller", "shown again", "not built", "C++ blocks", "TOML blocks"], 0
        )
        self.counts |= dict.fromkeys(["schedules", "outputs", "blocks not run"], 0)
        self.unused = {pattern for pattern, _, _ in TOO_LONG} | {named[:2] for named in NOT_RUN}

    def fail(self, place, text):
        self.problems.append(f"{place}: {text}")

    def start(self, place, shown, command, folder, allowed=(0,)):
        """Runs a command to its end; its exit status and what it printed."""
        texts = {"mode": "w+", "encoding": "utf-8", "errors": "replace"}
        with tempfile.TemporaryFile(**texts) as out, tempfile.TemporaryFile(**texts) as err:
            process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err)
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (LIMIT_S, LIMIT_S))
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = status = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            printed, told = out.read(), err.read()
        taken = usage.ru_utime + usage.ru_stime
        print(f"shown-commands: {taken:5.1f} s {place}: {shown}", flush=True)
        said = [line for line in re.split(r"[\r\n]+", told) if line and not PROGRESS.search(line)]
        if status not in allowed:
            self.fail(place, f"{shown} ends with {status}: {told[-600:] or printed[-600:]}")
        elif said and status == 0:
            self.fail(place, f"{shown} says on the standard error: {' / '.join(said)[:600]}")
        return status, printed

    def smaller(self, shown):
        """What is added to a command that takes too long, None if it does not."""
        for pattern, words, _ in TOO_LONG:
            if fnmatch.fnmatchcase(shown, pattern):
                self.unused.discard(pattern)
                return words
        return None

    def command(self, place, words):
        """Runs a command that is shown, unless it has run; what it printed."""
        for name, value in PLACEHOLDERS.items():
            words = [re.sub(rf"\b{name}\b", value, word) for word in words]
        if words[:2] == ["perf", "record"]:  # a program of the machine, before one of ours
            words = words[next(i for i, word in enumerate(words) if word.startswith("build/")) :]
        shown = shlex.join(words)
        if shown in self.output:
            self.counts["shown again"] += 1
            return self.output[shown]
        if words[0] == "jq":
            self.jq(place, words)
            return None
        for name in [name for name in OWN_FILES if name in words and name not in self.own]:
            self.own_file(name)
        more = self.smaller(shown)
        run = words + (shlex.split(more) if more else [])
        if words[0] == "./fabric":
            launcher = os.path.join(os.path.dirname(os.path.abspath(__file__)), "shown_launcher.py")
            run[:1] = [sys.executable, launcher, os.path.join(self.clone, "fabric"), self.build]
        elif words[0].startswith("build/release/bin/"):
            run[0] = os.path.join(self.build, "bin", os.path.basename(words[0]))
        else:
            self.fail(place, f"{words[0]} is no command of ours; mark the block, or what it is")
            return ""
        if os.path.basename(words[0]) in TOOLS and not os.path.exists(run[0]):
            self.counts["not built"] += 1
            return None
        # Benchmarks, and some tests, are built when they are asked for.
        allowed = (0, NOT_BUILT) if words[1:2] in (["bench"], ["test"]) else (0,)
        status, printed = self.start(place, shown, run, self.clone, allowed)
        if status == NOT_BUILT:
            self.counts["not built"] += 1
            return None
        self.counts["commands"] += 1
        self.counts["of them smaller"] += more is not None
        self.output[shown] = printed
        return printed

    def jq(self, place, words):
        """jq need not be there: whether there are the keys that its filter names."""
        folder = self.run_folder(words[-1])
        if not folder:
            self.fail(place, f"no run before has left {words[-1]}")
            return
        with open(os.path.join(folder, words[-1]), encoding="utf-8") as file:
            summary = json.load(file)
        for path in re.findall(r"\.([\w.]+)", words[1]):
            part = summary
            for key in path.split("."):
                part = part.get(key) if isinstance(part, dict) else None
            if part is None:
                self.fail(place, f"{words[-1]} has no {path}")

    def run_folder(self, name):
        """A folder of results of some run that was shown before and has left such a file."""
        found = sorted(glob.glob(os.path.join(self.clone, "results", "*", name)))
        return os.path.dirname(found[0]) if found else None

    def own_file(self, name):
        """Writes a file of the reader's own, and what it needs."""
        self.own.add(name)
        text = OWN_FILES[name]
        for needed in [other for other in OWN_FILES if other not in self.own and f'"{other}"' in text]:
            self.own_file(needed)
        original = os.path.join(self.clone, text)
        if "\n" in text:
            self.write(name, text)
        elif os.path.exists(original):
            shutil.copy(original, os.path.join(self.clone, name))

    def write(self, name, text):
        with open(os.path.join(self.clone, name), "w", encoding="utf-8") as file:
            file.write(text)

    def schedule(self, block):
        """Lines of a fault schedule."""
        self.counts["schedules"] += 1
        self.write("shown.csv", block.text)
        self.write("shown.toml", FAULTY)
        self.command(block.place(), ["./fabric", "run", "shown.toml", "--force"])

    def toml(self, block):
        """A study, catalog entries, a scenario, or a part of one."""
        self.counts["TOML blocks"] += 1
        number = self.counts["TOML blocks"]
        path = f"examples/studies/shown-{number}.toml"
        text = block.text
        if "scenario = " in text:
            words = ["study", path]
        elif re.search(r"^\[(fabric|optics|power|faults|engine|network)\]", text, re.M):
            text = text if "[[collective]]" in text else PART + text
            words = ["run", path, "--out", f"results/shown-{number}"]
        else:
            words = ["compare", "--accelerators", "--catalog", path]
        self.write(path, text)
        self.command(block.place(), ["./fabric", *words])
        os.unlink(os.path.join(self.clone, path))

    def python(self, block):
        """Python beside the results of a run, if there are its modules, and HDF5 for the run."""
        folder = self.run_folder("results.h5")
        imports = "; ".join(re.findall(r"^(import .*|from .* import .*)$", block.text, re.M))
        for python in ("/usr/bin/python3", sys.executable):  # Debian's modules are for Debian's Python
            has_modules = subprocess.run([python, "-c", imports], capture_output=True).returncode == 0
            if folder and has_modules:
                _, printed = self.start(block.place(), "Python", [python, "-c", block.text], folder)
                if not printed:
                    self.fail(block.place(), "prints nothing")
                self.counts["commands"] += 1
                return
        self.counts["blocks not run"] += 1

    def printed(self, block):
        """Lines that a command is said to print, or their shape where the command is smaller; there may be
        others between them."""
        self.counts["outputs"] += 1
        words = shlex.split(block.output_of)
        printed = self.command(block.place(), words)
        if printed is None:
            return
        is_whole = self.smaller(block.output_of) is None
        lines = [line.rstrip() for line in printed.splitlines()] if is_whole else shape(printed)
        left = iter(lines)
        for line in block.text.splitlines() if is_whole else shape(block.text):
            if line not in left:  # takes away all before it
                self.fail(block.place(), f"{block.output_of} does not print, or not there: {line}")
                return

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
        # The compiler's cache knows a file by its path.
        folder = os.path.join(self.build, "test-scratch", "shown-blocks")
        os.makedirs(folder, exist_ok=True)
        for source in sources:
            self.compile_and_run(folder, *source)

    def compile_and_run(self, folder, name, blocks, text):
        path = os.path.join(folder, name)
        with open(path + ".cc", "w", encoding="utf-8") as file:
            file.write(text)
        compiling = [*self.compiler, "-c", path + ".cc", "-o", path + ".o"]
        linking = [*self.compiler, path + ".o", "-o", path, *self.libraries]
        linking += ["-Wl,-rpath," + os.path.join(self.build, "lib")]
        for command in (compiling, linking):
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                errors = [line for line in done.stderr.splitlines() if "error:" in line]
                place = blocks[0].place() if len(blocks) == 1 else name
                self.fail(place, "\n  ".join(["no C++"] + errors[:40]))
                return
        with tempfile.TemporaryDirectory() as empty:
            for number, block in enumerate(blocks):
                allowed = (3,) if block.throws else (0,)
                self.start(block.place(), "C++", [path, str(number)], empty, allowed)

    def blocks(self, blocks):
        """Checks blocks in their order, but for those in C++, which are compiled together."""
        for block in blocks:
            named = {
                (page, begin)
                for page, begin, _ in NOT_RUN
                if page == block.path and block.text.startswith(begin)
            }
            self.unused -= named
            if named or block.skip is not None:
                self.counts["blocks not run"] += 1
                if block.skip == "":
                    self.fail(block.place(), "is skipped without a reason, or marked with a word that is none")
            elif block.output_of:
                self.printed(block)
            elif block.language in SHELLS or block.text.startswith(("$ ", "jq ")):
                for place, words in commands_of(block):
                    self.command(place, words)
            elif block.language == "toml":
                self.toml(block)
            elif block.language in CPP:
                if block.path.endswith(".md") and "\nmain()" not in block.text:
                    self.fail(block.place(), "is no whole program, as it should be in a README")
            elif block.language == "python":
                self.python(block)
            elif block.text.startswith("time,kind,"):
                self.schedule(block)
            else:
                self.fail(block.place(), f"is {block.language}: not run, and not in NOT_RUN")

    def help_of(self, command, program):
        """Examples in the help of a program."""
        done = subprocess.run([*command, "--help"], capture_output=True, text=True, cwd=self.clone)
        block = help_block(done.stdout, f"{program} --help", program)
        if block:
            if not program.startswith("./fabric"):
                path = "./fabric " + VERBS[program] if program in VERBS else "build/release/bin/" + program
                block.text = re.sub(rf"^{re.escape(program)}(?= |$)", path, block.text, flags=re.M)
            self.blocks([block])
        else:
            self.fail(program, "its help has no examples")


def copy_sources(source, clone):
    """What a clone of the repository would have, were its changes committed."""
    command = ["git", "-C", source, "ls-files", "-z", "--cached"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        made = {"build", "results"}
        shutil.copytree(source, clone, ignore=lambda folder, _: made if folder == source else set())
        return
    for name in done.stdout.split("\0"):
        if name and os.path.isfile(os.path.join(source, name)):
            os.makedirs(os.path.dirname(os.path.join(clone, name)), exist_ok=True)
            shutil.copy(os.path.join(source, name), os.path.join(clone, name))


def check_all(checker):
    """Texts in their order, heads of scenarios and studies, then the help of launcher and programs."""
    clone = checker.clone
    pages = []
    for path in [os.path.join(clone, "README.md"), *sorted(glob.glob(os.path.join(clone, "doc", "*.rst")))]:
        read = md_blocks if path.endswith(".md") else rst_blocks
        pages.append(read(path, os.path.relpath(path, clone)))
    for path in sorted(glob.glob(os.path.join(clone, "examples", "s*", "*.toml"))):
        pages.append(head_blocks(path, os.path.relpath(path, clone)))
    code = [block for page in pages for block in page if block.language in CPP and block.skip is None]
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        compiled = pool.submit(checker.cpp, code)
        for page in pages:
            checker.blocks(page)
        launcher = [sys.executable, os.path.join(clone, "fabric")]
        checker.help_of(launcher, "./fabric")
        listed = subprocess.run([*launcher, "--help"], capture_output=True, text=True).stdout
        for verb in re.findall(r"^  (\w+)  +\S", listed.partition("Examples:")[0], re.M):
            checker.help_of([*launcher, verb], f"./fabric {verb}")
        for program in sorted(os.listdir(os.path.join(checker.build, "bin"))):
            if program in TOOLS or not program.startswith(("fabric-", "fuzz-", "libfuzzer-")):
                checker.help_of([os.path.join(checker.build, "bin", program)], program)
        compiled.result()
    for unused in sorted(map(str, checker.unused)):
        checker.problems.append(f"{unused} is listed, and nowhere shown")


def main():
    os.environ.pop("COLUMNS", None)  # programs would break their lines for it
    source, build, libraries, _, *compiler = sys.argv[1:]
    source, build = os.path.abspath(source), os.path.abspath(build)
    run = os.path.join(build, "bin", "run-scenario")
    if "cannot read TOML" in subprocess.run([run], capture_output=True, text=True, cwd="/").stderr:
        return SKIPPED
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        clone = os.path.join(scratch, "clone")
        copy_sources(source, clone)
        checker = Checker(source, build, libraries.split(","), compiler, clone)
        check_all(checker)
    for problem in checker.problems:
        print("shown-commands: " + problem)
    print("shown-commands: " + ", ".join(f"{n} {what}" for what, n in checker.counts.items()))
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"shown-commands: {taken.ru_utime + taken.ru_stime:.0f} s of processor time, "
        f"{time.monotonic() - begin:.0f} s on the wall"
    )
    return 1 if checker.problems else 0


if __name__ == "__main__":
    sys.exit(main())
