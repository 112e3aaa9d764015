"""Runs a command three times; prints the best time, the peak of its memory and the size of its file.

usage: measure.py NAME FILE COMMAND... | measure.py --only-time COMMAND...
"""

import os
import sys
import time


def once(command):
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.execvp(command[0], command)
    _, status, usage = os.wait4(child, 0)
    return time.perf_counter() - start, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


if sys.argv[1] == "--only-time":
    seconds, _, code = once(sys.argv[2:])
    print(f"{seconds:.2f} s, exit code {code}")
else:
    name, file, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    runs = []
    for _ in range(3):
        # Each build is a first one.
        if os.path.exists(file):
            os.remove(file)
        runs.append(once(command))
    failed = [code for _, _, code in runs if code]
    if failed:
        sys.exit(f"{name} failed with exit code {failed[0]}")
    print(f"{name:22} {min(run[0] for run in runs):9.3f} {max(run[1] for run in runs):9.1f} {os.path.getsize(file) / 1024:9.0f}")
