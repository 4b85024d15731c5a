"""Which C++ files belong to the repository."""

import os
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOMS = ("model", "helper", "examples", "test", "bench")


def cpp_files():
    """The .cc and .h files git knows or would add; in a tree without git, those in our folders."""
    command = ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        names = [
            os.path.relpath(os.path.join(folder, name), ROOT)
            for room in ROOMS
            for folder, _, files in os.walk(os.path.join(ROOT, room))
            for name in files
        ]
    return sorted(
        name
        for name in set(names)
        if name.endswith((".cc", ".h")) and os.path.exists(os.path.join(ROOT, name))
    )
