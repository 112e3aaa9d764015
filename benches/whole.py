#!/usr/bin/env python3
"""Times the whole program, a cold process each run, and its peak memory.

Usage: benches/whole.py [FILE] [RUNS]. The binary is $DOSSIER or target/release/dossier.
"""

import os
import statistics
import sys
import tempfile
import time

binary = os.environ.get("DOSSIER", "target/release/dossier")
source = sys.argv[1] if len(sys.argv) > 1 else "input/fintech-innovators.yaml"
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 40


def once(arguments):
    """Wall-clock milliseconds and peak resident megabytes of one run."""
    start = time.perf_counter()
    child = os.spawnv(os.P_NOWAIT, binary, [binary, *arguments])
    _, status, usage = os.wait4(child, 0)
    elapsed = (time.perf_counter() - start) * 1000
    if status != 0:
        sys.exit(f"{binary} ended with {os.waitstatus_to_exitcode(status)}")
    return elapsed, usage.ru_maxrss / 1024


print(f"{'':24}{'median':>10}{'least':>10}{'memory':>10}")
for name, only in [
    ("all three, new", []),
    ("all three, again", []),
    ("briefing", ["--only", "briefing"]),
    ("deck", ["--only", "deck"]),
    ("calendar", ["--only", "calendar"]),
]:
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["build", source, "--today", "2026-11-23", "--quiet", *only]
        results = []
        for run in range(runs):
            # "again" builds into one folder, so that the earlier outputs are read as memory.
            place = folder if name.endswith("again") else os.path.join(folder, str(run))
            results.append(once([*arguments, "-o", place]))
    times = [time for time, _ in results]
    memory = max(memory for _, memory in results)
    print(f"{name:24}{statistics.median(times):7.1f} ms{min(times):7.1f} ms{memory:7.1f} MB")
