"""Sends the briefings the way to paper: Ghostscript and CUPS' filters take them, greys tell things apart, margins hold.

usage: briefing_paper.py BRIEFING.LAYOUT.PAPER.pdf...
"""

import os
import re
import subprocess
import sys
import tempfile
from itertools import combinations
from pathlib import Path

import pymupdf
import yaml
from reading import words
from report import Report

FILTERS = "/usr/lib/cups/filter"
GREETING = re.compile(r"GPL Ghostscript [\d.]+ \(|Copyright|This software|see the file|Processing pages|Page \d+$")
EDGE = 5 * 72 / 25.4  # points at the edge of a sheet that many printers leave white
CONTRAST = 4.5  # WCAG 2.2, 1.4.3
LARGE, LARGE_CONTRAST = 18, 3  # the same for text of this size (points) or more
APART = 4  # steps of L* (CIELAB) between two greys that mean different things; one can just be seen side by side
# Print options of CUPS, the sheet as it is fed, pages of the original on a sheet.
PRINTS = {
    "A4 on Letter": ("PageSize=Letter fitplot", (612, 792), 1),
    "Letter on A4": ("PageSize=A4 fitplot", (595, 842), 1),
    "two pages on a sheet of A4": ("PageSize=A4 number-up=2", (595, 842), 2),
}
THEMES = sorted(Path("templates").glob("briefing/**/*.yaml"))


def ghostscript(device, *arguments):
    """What Ghostscript has to say beyond its greeting; nothing if all is well. -dQUIET would hide warnings."""
    command = ["gs", "-dNOPAUSE", "-dBATCH", "-dSAFER", f"-sDEVICE={device}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    failed = [f"exit code {done.returncode}"] if done.returncode else []
    return failed + [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip() and not GREETING.match(line)]


def cups(name, options, source, target):
    """The warnings and errors of a filter; CUPS marks all that it says, pdftopdf leaves the mark off one remark."""
    command = [f"{FILTERS}/{name}", "1", "somebody", "briefing", "1", options, source]
    with open(target, "wb") as out:
        environment = os.environ | {"CONTENT_TYPE": "application/pdf", "PPD": ""}
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, errors="replace", env=environment)
    failed = [f"{name}: exit code {done.returncode}"] if done.returncode else []
    said = [line for line in done.stderr.splitlines() if not re.match(r"DEBUG2?:|INFO:|PAGE:|STATE:|ATTR:|After Cropping:", line)]
    return failed + [f"{name}: {line}" for line in said]


class Paper:
    def __init__(self, path, folder):
        self.path, self.label = path, Path(path).stem
        self.folder = Path(folder) / self.label
        self.folder.mkdir()
        self.pdf = pymupdf.open(path)

    def file(self, name):
        return str(self.folder / name)


def glyphs(pdf):
    """How many each page has. The later letters of a ligature have no glyph of their own: -1."""
    return [sum(glyph >= 0 for span in page.get_texttrace() for _, glyph, *_ in span["chars"]) for page in pdf]


def text_of(path):
    with pymupdf.open(path) as pdf:
        return sorted(words("\n".join(page.get_text() for page in pdf)))


def sizes(path):
    with pymupdf.open(path) as pdf:
        return [tuple(round(side) for side in page.rect.br) for page in pdf]


def edges(path):
    """How near the edge of its sheet something is drawn, and where: (points, page), by Ghostscript's bounding box."""
    boxes = [line for line in ghostscript("bbox", path) if line.startswith("%%HiResBoundingBox")]
    for number, (box, (width, height)) in enumerate(zip(boxes, sizes(path), strict=True), 1):
        left, bottom, right, top = map(float, box.split()[1:])
        if right > left:
            yield min(left, bottom, width - right, height - top), number


# Each check yields what is wrong, and nothing if all is well.


def grey(paper):
    """To grey, as a laser printer's driver does. Ghostscript 10.00 swaps the bytes of ligatures' texts in the new file
    (fi comes back as U+6600 U+6900), which no paper shows; so glyphs are counted, not words."""
    target = paper.file("grey.pdf")
    yield from ghostscript("pdfwrite", "-sColorConversionStrategy=Gray", "-dProcessColorModel=/DeviceGray", f"-sOutputFile={target}", paper.path)
    with pymupdf.open(target) as pdf:
        if glyphs(pdf) != glyphs(paper.pdf):
            yield f"glyphs on each page: {glyphs(pdf)}, not {glyphs(paper.pdf)}"
        colors = {span["color"] for page in pdf for span in page.get_texttrace()}
    yield from (f"still coloured: {name(color)}" for color in colors if max(color) - min(color) > 0.01)


def postscript(paper):
    """To PostScript and back through the interpreter."""
    target = paper.file("all.ps")
    yield from ghostscript("ps2write", f"-sOutputFile={target}", paper.path)
    yield from ghostscript("nullpage", target)
    pages = re.search(r"^%%Pages: (\d+)", Path(target).read_text("latin-1"), re.M)
    if not pages or int(pages[1]) != len(paper.pdf):
        yield f"{pages and pages[1]} pages of {len(paper.pdf)}"


def margins(paper):
    yield from (f"page {page}: {distance * 25.4 / 72:.1f} mm" for distance, page in edges(paper.path) if distance < EDGE)


def printed(paper, options, size, on_sheet):
    """CUPS' way: pdftopdf puts pages on sheets, pdftops makes PostScript of them."""
    target, last = paper.file("print.pdf"), paper.file("print.ps")
    yield from cups("pdftopdf", options, paper.path, target)
    yield from cups("pdftops", options.split()[0], target, last)
    yield from ghostscript("nullpage", last)
    checked = subprocess.run(["qpdf", "--check", target], capture_output=True, text=True)
    yield from checked.stderr.splitlines()
    if set(sizes(target)) != {size}:
        yield f"sheets of {set(sizes(target))}"
    sheets = -(-len(paper.pdf) // on_sheet)
    if len(sizes(target)) != sheets:
        yield f"{len(sizes(target))} sheets, not {sheets}"
    if text_of(target) != text_of(paper.path):
        yield "the text has changed"
    yield from (f"sheet {sheet}: {distance * 25.4 / 72:.1f} mm from the edge" for distance, sheet in edges(target) if distance < EDGE)


def luminance(color):
    """WCAG 2.2, "relative luminance"."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def name(color):
    return "#" + "".join(f"{round(part * 255):02x}" for part in color)


def legible(paper):
    """Every piece of text against what was painted below it last."""
    seen = set()
    for page in paper.pdf:
        fills = [(drawing["seqno"], drawing["rect"], drawing["fill"]) for drawing in page.get_drawings() if drawing["fill"]]
        for span in page.get_texttrace():
            left, top, right, bottom = span["bbox"]
            middle = pymupdf.Point((left + right) / 2, (top + bottom) / 2)
            below = [fill for number, rect, fill in fills if number < span["seqno"] and middle in rect]
            color = span["color"] if len(span["color"]) == 3 else span["color"][:1] * 3
            pair = color, below[-1] if below else (1, 1, 1)
            ratio = contrast(*pair)
            if ratio < (LARGE_CONTRAST if span["size"] >= LARGE else CONTRAST) and pair not in seen:
                seen.add(pair)
                yield f"{paper.label}, page {page.number + 1}: {name(pair[0])} on {name(pair[1])} is {ratio:.1f}:1"


def greys(colors):
    """Ghostscript's greys for colours, 0 … 255."""
    with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
        parts = [[int(value[start : start + 2], 16) / 255 for start in (1, 3, 5)] for value in colors]
        patches = " ".join(f"{red} {green} {blue} setrgbcolor {x} 0 1 1 rectfill" for x, (red, green, blue) in enumerate(parts))
        said = ghostscript("pgmraw", "-r72", f"-g{len(parts)}x1", f"-sOutputFile={file.name}", "-c", f"{patches} showpage")
        assert not said, said
        return list(file.read()[-len(parts) :])


def lightness(grey):
    """L* of CIELAB."""
    y = luminance([grey / 255] * 3)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def alike(theme):
    """Pairs of colours, each with a meaning of its own, that a grey printer makes one."""
    colors = {"paper": "#ffffff"} | yaml.safe_load(theme.read_text())["colors"]
    light = dict(zip(colors, map(lightness, greys(colors.values()))))
    for first, second in combinations(colors, 2):
        if abs(light[first] - light[second]) < APART:
            yield f"{theme.stem}: {first} and {second}, L* {light[first]:.0f} and {light[second]:.0f}"


def main():
    report = Report("paper")
    with tempfile.TemporaryDirectory() as folder:
        papers = [Paper(path, folder) for path in sys.argv[1:]]

        def ask(what, check, *arguments):
            report.none(what, [f"{paper.label}: {wrong}" for paper in papers for wrong in check(paper, *arguments)])

        ask("Ghostscript makes it grey without a warning", grey)
        ask("Ghostscript makes PostScript of it without a warning", postscript)
        ask("nothing lies within 5 mm of the edge", margins)
        for what, how in PRINTS.items():
            ask(f"CUPS prints {what} without a warning", printed, *how)
        report.none("text has a contrast of 4.5:1, large text 3:1", [wrong for paper in papers for wrong in legible(paper)])
    themes = [theme for theme in THEMES if "colors" in (yaml.safe_load(theme.read_text()) or {})]
    report.none("colours with a meaning differ in grey", [wrong for theme in themes for wrong in alike(theme)])
    report.close()


main()
