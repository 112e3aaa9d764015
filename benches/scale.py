#!/usr/bin/env python3
"""How time and memory grow with pages, notes and days: a table, and docs/benchmarks.svg.

Usage: benches/scale.py [FIGURE.svg]. The binary is $DOSSIER or target/release/dossier. Whole processes, the best of
three; processor time beside the clock's, since it does not grow when others use the machine too.
"""

import json
import os
import subprocess
import sys
import tempfile

from dossiers import days, long, notes
from measure import once

binary = os.path.realpath(os.environ.get("DOSSIER", "target/release/dossier"))
figure = sys.argv[1] if len(sys.argv) > 1 else "docs/benchmarks.svg"

SERIES = [
    ("briefing", "pages", lambda size: long(size), [60, 250, 650, 1300]),
    ("deck", "notes", lambda size: notes(size)[0], [2500, 10_000, 20_000]),
    ("calendar", "days", lambda size: days(size), [30, 90, 180, 365]),
]


def measured(output, yaml):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "bulk.yaml")
        with open(source, "w", encoding="utf-8") as file:
            file.write(yaml)
        command = [binary, "build", source, "--only", output, "--today", "2026-11-23", "--fresh", "-o", folder]
        runs = [once(command) for _ in range(3)]
        told = subprocess.run([*command, "--format", "json"], capture_output=True, text=True, check=True).stdout
        facts = json.loads(told.splitlines()[-1])["outputs"][0]["facts"]
        return min(run.seconds for run in runs), min(run.processor for run in runs), max(run.megabytes for run in runs), facts


rows = {}
print(f"{'':10}{'size':>8}{'seconds':>10}{'processor':>11}{'peak MB':>9}")
for output, unit, make, sizes in SERIES:
    for size in sizes:
        seconds, processor, megabytes, facts = measured(output, make(size))
        size = facts["pages"] if output == "briefing" else size
        rows.setdefault((output, unit), []).append((size, seconds, processor, megabytes))
        print(f"{output:10}{size:>8}{seconds:10.3f}{processor:11.3f}{megabytes:9.0f}", flush=True)

# ---- the figure ------------------------------------------------------------------------------------------------------

WIDTH, HEIGHT, LEFT, TOP, GAP = 240, 120, 46, 26, 74


def panel(x, y, title, unit, points, measure):
    """A curve over a straight axis: points of (size, value)."""
    widest, highest = max(point[0] for point in points), max(point[1] for point in points)
    place = lambda size, value: (x + size / widest * WIDTH, y + HEIGHT - value / highest * HEIGHT)
    spots = [place(*point) for point in points]
    line = " ".join(f"{left:.1f},{top:.1f}" for left, top in spots)
    yield f'<text x="{x}" y="{y - 10}" font-weight="600">{title}</text>'
    yield f'<path d="M{x} {y}V{y + HEIGHT}H{x + WIDTH}" fill="none" stroke="#9aa5b1"/>'
    yield f'<polyline points="{x},{y + HEIGHT} {line}" fill="none" stroke="#c8d0d8" stroke-dasharray="2 3"/>'
    yield f'<polyline points="{line}" fill="none" stroke="#0f4c5c" stroke-width="1.6"/>'
    for left, top in spots:
        yield f'<circle cx="{left:.1f}" cy="{top:.1f}" r="2.6" fill="#0f4c5c"/>'
    yield f'<text x="{x - 6}" y="{y + 4}" text-anchor="end">{measure(highest)}</text>'
    yield f'<text x="{x - 6}" y="{y + HEIGHT + 4}" text-anchor="end">0</text>'
    yield f'<text x="{x + WIDTH}" y="{y + HEIGHT + 16}" text-anchor="end">{widest} {unit}</text>'


parts = []
for column, ((output, unit), points) in enumerate(rows.items()):
    x = LEFT + column * (WIDTH + GAP)
    parts += panel(x, TOP, f"{output}: processor time", unit, [(row[0], row[2]) for row in points], lambda value: f"{value:.2f} s")
    parts += panel(x, TOP + HEIGHT + 66, f"{output}: peak memory", unit, [(row[0], row[3]) for row in points], lambda value: f"{value:.0f} MB")
width, height = LEFT + 3 * WIDTH + 2 * GAP + 12, TOP + 2 * HEIGHT + 90
with open(figure, "w", encoding="utf-8") as file:
    file.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="10" fill="#2d3740">\n')
    file.write(f'<rect width="{width}" height="{height}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n")
