"""Runs a command three times; prints the best time, the peak of its memory and the size of its file.

usage: measure.py NAME FILE COMMAND... | measure.py --only-time COMMAND...
"""

import os
import sys
import time
from typing import NamedTuple


class Run(NamedTuple):
    seconds: float
    processor: float
    megabytes: float
    code: int


def once(command):
    """A cold process: seconds of the clock and of the processor, megabytes at the peak, exit code."""
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.execvp(command[0], command)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def main():
    if sys.argv[1] == "--only-time":
        run = once(sys.argv[2:])
        print(f"{run.seconds:.2f} s, exit code {run.code}")
        return
    name, file, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    runs = []
    for _ in range(3):
        # Each build is a first one.
        if os.path.exists(file):
            os.remove(file)
        runs.append(once(command))
    failed = [run.code for run in runs if run.code]
    if failed:
        sys.exit(f"{name} failed with exit code {failed[0]}")
    seconds, processor = min(run.seconds for run in runs), min(run.processor for run in runs)
    megabytes = max(run.megabytes for run in runs)
    print(f"{name:22} {seconds:9.3f} {processor:9.3f} {megabytes:9.1f} {os.path.getsize(file) / 1024:9.0f}")


if __name__ == "__main__":
    main()
