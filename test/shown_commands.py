#!/usr/bin/env python3
"""What readers are shown works: every command and every block of code in README.md, doc/, the heads of
scenarios and studies, and the help of programs, in the order in which it is shown, in a fresh copy of
the sources.

Commands of ./fabric go through the launcher, which finds everything built; they are ended after a few
seconds, and runs after a microsecond of simulated time: what counts is that they begin, and are not
refused. C++ is compiled against the library and run, TOML is given to the program it is for.

What precedes a block says what is to be done with it, in a comment that no reader sees. In .rst:

  .. shown: skip REASON          it is not run
  .. shown: may throw            its last line shows a refusal
  .. shown: given                followed by lines of C++, indented: they come before the block
  .. shown: then                 the same for what comes after it

usage: shown_commands.py SOURCE BUILD LIBRARIES -- COMPILER ARGUMENT...
       LIBRARIES: files to link with, commas between them
"""

import concurrent.futures
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

PATIENCE_S = 2.0
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


def be_fabric(launcher, build, words):
    """The launcher of a copy of the sources, for which everything is built in a folder elsewhere."""
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("fabric", launcher)
    fabric = importlib.util.module_from_spec(importlib.util.spec_from_loader("fabric", loader))
    loader.exec_module(fabric)
    become = fabric.replace_by

    def compile_targets(_, targets, jobs=None):
        for target in targets:
            is_there = os.path.exists(os.path.join(build, "bin", target))
            if not is_there and target not in (fabric.PROGRAMS, "all", "fabric-bench"):
                raise fabric.Stop(f"no target {target}")

    def replace_by(program, arguments):
        if program.endswith("fabric-bench") and not os.path.exists(os.path.join(build, program)):
            sys.exit(0)  # it is built when it is asked for
        if program.endswith("run-scenario") and "--help" not in arguments:
            arguments = [*arguments, "--set", "engine.time_limit=1us", "--quiet"]
        become(program, arguments)

    def pass_all(*arguments):
        arguments[-1].passed += 1

    fabric.folder_of = lambda _: build
    fabric.ensure_packages = lambda *_: None
    fabric.configure = lambda _: None
    fabric.compile_targets = compile_targets
    fabric.replace_by = replace_by
    fabric.run_ctest = pass_all
    fabric.run_in_tree = pass_all
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
        self.counts = {"commands": 0, "C++ blocks": 0, "TOML blocks": 0, "skipped": 0}

    def fail(self, place, text):
        self.problems.append(f"{place}: {text}")

    def start(self, command, folder, patience=PATIENCE_S):
        """Runs a command, for a while; its exit status, None if it had to be ended, and its errors."""
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace"
        )
        for by in (signal.SIGINT, signal.SIGKILL, None):
            try:
                _, err = process.communicate(timeout=patience)
                return (process.returncode if by == signal.SIGINT else None), err
            except subprocess.TimeoutExpired:
                process.send_signal(by)
        return None, ""

    def fabric(self, place, words):
        """Runs a command of the launcher."""
        me = os.path.abspath(__file__)
        command = [sys.executable, me, "--as-fabric", os.path.join(self.clone, "fabric"), self.build]
        status, err = self.start(command + words, self.clone)
        self.counts["commands"] += 1
        # A run that was cut off has not finished, as every run here.
        cut_off = status == 1 and ("time_limit" in err or "points failed" in err)
        if status not in (None, 0, 130) and not cut_off:
            self.fail(place, f"./fabric {shlex.join(words)} ends with {status}: {err[-600:]}")

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
            endings = (".toml", ".json") if words[1] == "bench" else (".toml",)
            files = [word for word in words[2:] if word.endswith(endings) and "=" not in word]
            own = [word for word in files if not word.startswith(("examples/", "doc/"))]
            if any(not os.path.exists(os.path.join(self.clone, word)) for word in own):
                continue  # a file of the reader's own
            self.fabric(place, words[1:])

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
            status, err = self.start([path, str(number)], folder, 2 * PATIENCE_S)
            if status not in (None, 0) and not (block.may_throw and status == 3):
                self.fail(block.place(), f"ends with {status}: {err[-600:]}")

    def blocks(self, blocks):
        """Checks blocks in their order, but for those in C++, which are compiled together."""
        for block in blocks:
            if block.skip is not None:
                self.counts["skipped"] += 1
                if not block.skip:
                    self.fail(block.place(), "is skipped without a reason")
            elif block.language in SHELLS:
                self.commands(block)
            elif block.language == "toml":
                self.toml(block)
            elif block.language in CPP:
                if block.path.endswith(".md") and "\nmain()" not in block.text:
                    self.fail(block.place(), "is no whole program, as it should be in a README")
            elif block.language == "python":
                self.fail(block.place(), "is Python; mark it")

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


def copy_sources(source, clone):
    """What a clone of the repository would have."""
    command = ["git", "-C", source, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
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
        return be_fabric(sys.argv[2], sys.argv[3], sys.argv[4:])
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
    for problem in checker.problems:
        print("shown-commands: " + problem)
    print("shown-commands: " + ", ".join(f"{n} {what}" for what, n in checker.counts.items()))
    return 1 if checker.problems else 0


if __name__ == "__main__":
    sys.exit(main())
