#!/usr/bin/env python3
"""The launcher of a fresh copy of the sources, for which everything is built in a folder elsewhere.

The copy is configured into a folder of its own, what would be compiled is listed (by ninja or make with
-n), what would be tested is listed (by ctest with -N). All else is as in ./fabric, but for this:

  ensure_packages   installs packages; test/launcher.py has what it looks for and prints
  run_in_tree       takes minutes, and the sources of ns-3; ./fabric test runs it

usage: shown_launcher.py FABRIC BUILD WORD...
       FABRIC: the launcher; BUILD: the folder that has everything; the exit status is that of
       ./fabric WORD..., or 77 if it has become a program that is not in BUILD
"""

import importlib.machinery
import importlib.util
import os
import re
import subprocess
import sys
import xml.etree.ElementTree

NOT_BUILT = 77


def list_only(command):
    """A command that would compile, as one that lists what it would do."""
    is_build = command[:2] == ["cmake", "--build"] and "help" not in command
    return command + ["--", "-n"] if is_build else command


def list_tests(command, build, how):
    """Instead of running tests, lists them, as if all of them passed."""
    # Tests that programs list themselves are known where those are built.
    at = command.index("--test-dir") + 1
    command = [*command[:at], build, *command[at + 1 :]]
    at = command.index("--output-junit") + 1
    report = command[at]
    del command[at - 1 : at + 1]
    done = subprocess.run([*command, "-N"], stdout=subprocess.PIPE, text=True, **how)
    names = re.findall(r"^ *Test +#\d+: (.*)$", done.stdout, re.M)
    if not names:
        everything = ["ctest", "--test-dir", build, "-N"]
        if "NOT_BUILT" in subprocess.run(everything, stdout=subprocess.PIPE, text=True).stdout:
            sys.exit(NOT_BUILT)
    suite = xml.etree.ElementTree.Element("testsuite")
    for name in names:
        xml.etree.ElementTree.SubElement(suite, "testcase", name="listed: " + name, status="run")
    xml.etree.ElementTree.ElementTree(suite).write(report)
    return done


def main():
    launcher, build, *words = sys.argv[1:]
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("fabric", launcher)
    fabric = importlib.util.module_from_spec(importlib.util.spec_from_loader("fabric", loader))
    loader.exec_module(fabric)
    compile_targets = fabric.compile_targets

    def compile_and_find(*arguments):
        """Programs are found where they are built, once the folder of the copy has been asked for them."""
        listed = os.path.join(fabric.ROOT, "build", "listed" + re.sub(r"\W+", "-", str(arguments)))
        if not os.path.exists(listed):
            compile_targets(*arguments)
            with open(listed, "w", encoding="utf-8"):
                pass
        if words[0] != "test":
            fabric.folder_of = lambda _: build

    def replace_by(program, arguments):
        path = os.path.join(build, program)
        if not os.path.exists(path):
            sys.exit(NOT_BUILT)
        sys.stdout.flush()
        os.execv(path, [path, *arguments])

    class Subprocess:
        """subprocess, but for what would take long."""

        PIPE, STDOUT = subprocess.PIPE, subprocess.STDOUT

        @staticmethod
        def run(command, **how):
            if command[0] == "ctest":
                return list_tests(command, build, how)
            return subprocess.run(list_only(command), **how)

        @staticmethod
        def Popen(command, **how):
            return subprocess.Popen(list_only(command), **how)

    def run_in_tree(pattern, tally):
        is_there = os.access(os.path.join(fabric.ROOT, ".ci", "in-tree"), os.X_OK)
        (tally.skipped if is_there else tally.failed).append("in-tree")

    fabric.subprocess = Subprocess
    fabric.ensure_packages = lambda *_: None
    fabric.compile_targets = compile_and_find
    fabric.replace_by = replace_by
    fabric.run_in_tree = run_in_tree
    sys.argv = [launcher, *words]
    return fabric.main()


if __name__ == "__main__":
    sys.exit(main())
