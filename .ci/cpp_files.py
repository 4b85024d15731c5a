"""Which C++ files, and which files of the component catalog, belong to the repository."""

import os
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOMS = ("model", "helper", "examples", "test", "bench")
CATALOG = "catalog"


def files(endings):
    """The files with such endings git knows or would add; without git, those in our folders."""
    command = ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        names = [
            os.path.relpath(os.path.join(folder, name), ROOT)
            for room in ROOMS + (CATALOG,)
            for folder, _, found in os.walk(os.path.join(ROOT, room))
            for name in found
        ]
    return sorted(
        name
        for name in set(names)
        if name.endswith(endings) and os.path.exists(os.path.join(ROOT, name))
    )


def cpp_files():
    """The .cc and .h files."""
    return files((".cc", ".h"))


def catalog_files():
    """The files that are compiled into the library as its component catalog."""
    return [name for name in files((".toml",)) if name.split("/")[0] == CATALOG]
