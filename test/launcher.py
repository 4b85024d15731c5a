#!/usr/bin/env python3
"""The launcher: what makes it configure and compile anew, and whether its help fits a terminal.

usage: launcher.py FABRIC
"""

import importlib.machinery
import importlib.util
import json
import os
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


def main():
    path = os.path.abspath(sys.argv[1])
    check_help(path)
    check_configuring(path)


if __name__ == "__main__":
    main()
