#!/usr/bin/env python3
"""The launcher: what makes it configure and compile anew, what it does on a machine that has nothing,
and whether its help and its errors fit a terminal.

usage: launcher.py FABRIC
"""

import importlib.machinery
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile

WIDTH = 80  # columns of a terminal
VERBS = ["run", "study", "compare", "campaign", "budget", "example", "setup", "build", "test", "bench"]
INSTALLED = {
    "g++": "4:12.2.0-3",
    "cmake": "3.25.1-1",
    "libns3-dev": "3.37-2",
    "libboost-dev": "1.74.0.3",
    "libhdf5-dev": "1.10.8",
    "libtomlplusplus-dev": "3.3.0",
}


def check(condition, what):
    if not condition:
        sys.exit(f"launcher: {what}")


def load(path):
    """The launcher as a module."""
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("fabric", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("fabric", loader))
    loader.exec_module(module)
    return module


class Builds:
    """A launcher whose packages, compiler and CMake are made up."""

    def __init__(self, path, root):
        self.fabric = load(path)
        self.fabric.ROOT = root
        self.fabric.say = lambda text: None
        self.fabric.compiler_version = lambda: self.compiler
        self.fabric.installed_versions = lambda names: {
            name: self.installed[name] for name in names if name in self.installed
        }
        self.fabric.subprocess = self
        self.fabric.shutil.which = lambda name: "/usr/bin/" + name
        self.installed = dict(INSTALLED)
        self.compiler = "c++ 12"
        self.commands = []
        self.folder = os.path.join(root, "build", "release")
        self.objects = {
            part: os.path.join(self.folder, part, "CMakeFiles", "some.dir", "object.o")
            for part in ("", "examples", "test", "bench")
        }

    def run(self, command, **_):
        """Takes the place of subprocess.run."""
        self.commands.append(command)
        os.makedirs(self.folder, exist_ok=True)
        for name in ("build.ninja", "CMakeCache.txt"):
            with open(os.path.join(self.folder, name), "w"):
                pass
        return subprocess.CompletedProcess(command, 0, "", "")

    def compile(self):
        """Makes objects."""
        for path in self.objects.values():
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w"):
                pass

    def configure(self):
        """Whether CMake ran, and the parts whose objects stayed."""
        self.commands = []
        self.fabric.configure("release")
        kept = {part for part, path in self.objects.items() if os.path.exists(path)}
        self.compile()
        return bool(self.commands), kept


def check_configuring(path):
    everything = {"", "examples", "test", "bench"}
    with tempfile.TemporaryDirectory() as root:
        builds = Builds(path, root)
        check(builds.configure() == (True, set()), "the first time CMake has to run")
        check(builds.configure() == (False, everything), "nothing has changed")
        for name in ("python3-h5py", "clang-format-14", "hdf5-tools", "ccache"):
            builds.installed[name] = "1"
            check(builds.configure() == (False, everything), f"{name} is nothing to the build")
        builds.installed["cmake"] = "3.26"
        check(builds.configure() == (False, everything), "CMake watches itself")
        for name in ("python3-sphinx", "libgtest-dev", "libbenchmark-dev", "libsimgrid-dev"):
            builds.installed[name] = "1"
            check(builds.configure() == (True, everything), f"{name} is looked for, no more")
            check(any("-U" in word for word in builds.commands[0]), f"{name} is looked for anew")
        builds.installed["libgtest-dev"] = "2"
        check(builds.configure() == (True, everything - {"test"}), "tests have a new GoogleTest")
        del builds.installed["python3-sphinx"]
        check(builds.configure() == (True, everything), "without Sphinx")
        for name in ("libns3-dev", "libhdf5-dev", "libboost-dev", "libtomlplusplus-dev"):
            builds.installed[name] += "+new"
            check(builds.configure() == (True, set()), f"{name} is another: nothing is worth keeping")
            cache = os.path.join(builds.folder, "CMakeCache.txt")
            check(os.path.exists(cache) and not any("-U" in word for word in builds.commands[0]), name)
        builds.compiler = "c++ 13"
        check(builds.configure() == (True, set()), "another compiler")
        with open(os.path.join(builds.folder, "fabric-state.json")) as text:
            check(json.load(text)["objects"]["compiler"] == "c++ 13", "what was configured is noted")


def check_help(path):
    """Without a terminal argparse takes 80 columns; our own texts must do with them, too."""
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    for words in ([], *([verb] for verb in VERBS)):
        command = [sys.executable, path, *words, "--help"]
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        check(done.returncode == 0, f"{command} ends with {done.returncode}: {done.stderr}")
        for line in done.stdout.splitlines():
            check(len(line) <= WIDTH, f"the help of {words} is too wide: {line}")
        if not words:
            for verb in VERBS:
                check(f"\n  {verb} " in done.stdout, f"the help does not name {verb}")
    done = subprocess.run([sys.executable, path, "example", "no-such"], capture_output=True, text=True)
    check(done.returncode == 2 and "clos-all-to-all" in done.stdout, "examples there are")


# A machine that has nothing: programs of it that note what they are asked, with $HERE for its folder.
MACHINE = {
    "dpkg-query": """for name in "$@"; do
  if grep -qx "$name" $HERE/installed; then echo "$name installed 1"; fi
done
""",
    "sudo": 'echo "sudo $*" >> $HERE/log; shift; "$@"\n',
    "apt-get": """echo "apt-get $*" >> $HERE/log
if [ -e $HERE/broken ]; then exit 100; fi
for name in "$@"; do
  case $name in -*|update|install) ;; *) echo "$name" >> $HERE/installed;; esac
done
for name in cmake ninja c++; do
  if [ ! -e $HERE/bin/$name ] && [ "$2" != update ]; then ln -s $HERE/later/$name $HERE/bin/$name; fi
done
""",
}
# What comes with the packages. This CMake makes programs that say what they were given.
PACKAGED = {
    "ninja": "",
    "c++": "echo c++ 12\n",
    "cmake": """echo "cmake $*" >> $HERE/log
if [ "$1" = -S ]; then mkdir -p "$4/bin"; touch "$4/build.ninja"; exit 0; fi
folder=$2
while [ "$1" != --target ]; do shift; done
shift
for name in "$@"; do
  printf '#!/bin/sh\\necho "%s $*"\\nexit 3\\n' $name > "$folder/bin/$name"
  chmod +x "$folder/bin/$name"
done
""",
}


class Machine:
    """A copy of the launcher on a machine that has Python, the usual small programs, and nothing else."""

    USUAL = ["sh", "grep", "mkdir", "touch", "chmod", "ln", "env"]

    def __init__(self, path, root):
        self.root = root
        for folder in ("bin", "later", "source"):
            os.mkdir(os.path.join(root, folder))
        for folder, programs in (("bin", MACHINE), ("later", PACKAGED)):
            for name, text in programs.items():
                self.write(os.path.join(folder, name), f"#!/bin/sh\n{text.replace('$HERE', root)}", 0o755)
        for name in self.USUAL:
            os.symlink(shutil.which(name), os.path.join(root, "bin", name))
        shutil.copy(path, os.path.join(root, "source", "fabric"))
        shutil.copytree(os.path.join(os.path.dirname(path), "tools"), os.path.join(root, "source", "tools"))
        self.write("installed", "")

    def write(self, name, text, mode=0o644):
        path = os.path.join(self.root, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)

    def fabric(self, *words):
        """Exit status, what was said, and what programs of the machine were asked."""
        self.write("log", "")
        command = [sys.executable, os.path.join(self.root, "source", "fabric"), *words]
        environment = {"PATH": os.path.join(self.root, "bin")}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=self.root)
        check("Traceback" not in done.stderr, f"{words}: {done.stderr}")
        with open(os.path.join(self.root, "log"), encoding="utf-8") as log:
            return done.returncode, done.stdout, log.read().splitlines()


def check_nothing_installed(path):
    packages = load(path).RUN_PACKAGES
    with tempfile.TemporaryDirectory() as root:
        machine = Machine(path, root)
        status, said, asked = machine.fabric("run", "--no-install")
        check(status == 2 and not asked, f"--no-install: {status}, {asked}")
        check(all(name in said for name in packages), f"--no-install names all packages: {said}")
        check("apt-get -q install -y" in said, f"--no-install names the command: {said}")

        machine.write("broken", "")
        status, said, asked = machine.fabric("run")
        check(status == 2 and "could not be installed" in said, f"no network: {status}, {said}")
        os.unlink(os.path.join(root, "broken"))

        # The first run installs what runs need and no more, configures, builds its program, becomes it.
        status, said, asked = machine.fabric("run", "some.toml", "--out", "there")
        check(status == 3, f"the program's status is ours, not {status}: {said}")
        check(said.endswith("run-scenario some.toml --out there\n"), f"arguments are passed on: {said}")
        installs = [line.split() for line in asked if line.startswith("apt-get -q install")]
        check(len(installs) == 1, f"it installs once: {asked}")
        check([word for word in installs[0][3:] if word[0] != "-"] == packages, f"it installs {installs}")
        check("apt-get -q update" in asked, f"it asks what there is first: {asked}")
        check([line.split()[1] for line in asked if line.startswith("cmake")] == ["-S", "--build"], f"{asked}")

        # What the README shows next: nothing is installed or configured again, and no tests are built.
        for verb, program in (
            ("budget", "link-budget"),
            ("campaign", "cloudmatrix-campaign"),
            ("compare", "compare-fabrics"),
            ("run", "run-scenario"),
        ):
            status, said, asked = machine.fabric(verb, "--some=1")
            check(status == 3 and said == f"{program} --some=1\n", f"{verb}: {status}, {said}")
            targets = [line.split("--target ")[1] for line in asked]
            check(targets == [program], f"{verb} builds {program} and nothing else: {asked}")
        status, said, asked = machine.fabric("build")
        check(status == 0 and [line.split("--target ")[1] for line in asked] == ["programs"], f"build: {asked}")

        # Tests need more, which is installed then, and looked for by CMake.
        status, said, asked = machine.fabric("build", "--tests")
        check(status == 0 and any("libgtest-dev" in line for line in asked), f"build --tests: {asked}")
        check(any("-UGTest_*" in line for line in asked), f"GoogleTest is looked for: {asked}")


def check_errors(path):
    """What argparse refuses is said in a line, or in lines that fit where somebody says what fits."""
    command = [sys.executable, path, "study", "some.toml", "--jobs", "2.5", "and", "--more", "than", "that"]
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    said = {}
    for columns in ("", "60"):
        done = subprocess.run(
            command, capture_output=True, text=True, env={**environment, "COLUMNS": columns}
        )
        check(done.returncode == 2, f"{command} ends with {done.returncode}: {done.stderr}")
        said[columns] = done.stderr[done.stderr.index("./fabric study: error:") :]
    check("a whole number, 1 or more" in said[""], f"said {said['']}")
    check(said[""].count("\n") == 1, f"elsewhere an error is one line: {said['']}")
    check(max(map(len, said["60"].splitlines())) <= 60, f"within 60 columns: {said['60']}")
    check(said["60"].split() == said[""].split(), "the same is said within 60 columns")


def main():
    path = os.path.abspath(sys.argv[1])
    check_help(path)
    check_errors(path)
    check_configuring(path)
    check_nothing_installed(path)


if __name__ == "__main__":
    main()
