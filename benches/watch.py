#!/usr/bin/env python3
"""Times `dossier watch`: milliseconds from a save (by renaming, as editors do) to the new briefing.

Usage: benches/watch.py [FILE] [SAVES]. The binary is $DOSSIER or target/release/dossier.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

binary = os.path.abspath(os.environ.get("DOSSIER", "target/release/dossier"))
source = sys.argv[1] if len(sys.argv) > 1 else "input/fintech-innovators.yaml"
saves = int(sys.argv[2]) if len(sys.argv) > 2 else 20
LIMIT = 5.0


def changed(file, before):
    """Seconds until a file is another one than before."""
    start = time.perf_counter()
    while time.perf_counter() - start < LIMIT:
        if file.exists() and file.stat().st_mtime_ns != before:
            return time.perf_counter() - start
        time.sleep(0.001)
    sys.exit(f"nothing was built within {LIMIT} s")


with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    dossier, briefing = folder / "prep.yaml", folder / "out" / "prep.pdf"
    text = Path(source).read_text()
    dossier.write_text(text)
    watch = subprocess.Popen([binary, "watch", dossier, "-o", folder / "out"], stderr=subprocess.DEVNULL)
    try:
        changed(briefing, 0)
        times = []
        for number in range(saves):
            time.sleep(0.5)
            before = briefing.stat().st_mtime_ns
            beside = folder / "prep.yaml.tmp"
            beside.write_text(f"{text}# {number}\n")
            beside.rename(dossier)
            times.append(changed(briefing, before) * 1000)
    finally:
        watch.terminate()
    print(f"{saves} saves: median {statistics.median(times):.0f} ms, least {min(times):.0f}, most {max(times):.0f}")
