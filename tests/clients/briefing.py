"""Reads the briefing with qpdf and poppler: is the file sound, and does its text hold all of the dossier?

usage: briefing.py DOSSIER.yaml A4.pdf LETTER.pdf
"""

import re
import subprocess
import sys

from reading import find, fits, sections, seen, words
from report import Report
from source import load

# Poppler may read a table one column after the other; there the order of drawing, row by row, counts as well.
TABLES = ["concepts"]
MARGIN = 60  # points at the top and bottom of a page that hold only its header and footer


def tool(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def info(pdf):
    lines = tool("pdfinfo", "-f", "1", "-l", "-1", pdf).splitlines()
    return dict((part.strip() for part in line.split(":", 1)) for line in lines if ":" in line)


def sizes(facts):
    """The sizes of the pages in whole points, such as {(595, 842)}."""
    pages = [value for key, value in facts.items() if re.fullmatch(r"Page +\d+ size", key)]
    return {tuple(round(float(number)) for number in re.findall(r"[\d.]+", value)[:2]) for value in pages}


def check_file(report, paper, pdf):
    done = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True)
    clean = done.returncode == 0  # qpdf says 3 when there were warnings
    report.check(f"qpdf --check is clean, {paper}", clean, "" if clean else done.stderr.splitlines())


def check_fonts(report, pdf):
    fonts = [line.split() for line in tool("pdffonts", pdf).splitlines()[2:]]
    report.check("there are fonts", len(fonts) > 0, f"{len(fonts)}")
    for column, what in [(-5, "embedded"), (-4, "a subset"), (-3, "with ToUnicode")]:
        report.none(f"every font is {what}", [font[0] for font in fonts if font[column] != "yes"])


def check_pages(report, dossier, pdf, letter):
    facts = info(pdf)
    title, job = facts.get("Title", ""), dossier["job"]
    report.check("the title names the company and the role", job["company"] in title and job["role"] in title, title)
    report.check("the paper is A4", sizes(facts) == {(595, 842)}, sizes(facts))
    report.check("--paper letter is Letter", sizes(info(letter)) == {(612, 792)}, sizes(info(letter)))

    total = int(facts["Pages"])
    strip = lambda page, top: tool("pdftotext", "-f", str(page), "-l", str(page), "-x", "0", "-y", str(top), "-W", "596", "-H", str(MARGIN), pdf, "-")
    numbered = [bool(re.search(rf"\b{page}\s*(/|of)\s*{total}\b", strip(page, 842 - MARGIN))) for page in range(1, total + 1)]
    report.none("every footer says which page of how many", [f"page {i}" for i, found in enumerate(numbered, 1) if not found])
    # The first page has its title in place of a header.
    report.none("every later page has a header", [f"page {page}" for page in range(2, total + 1) if not strip(page, 0).strip()])


def check_text(report, dossier, pdf):
    """Each section of the file, in file order, after the one before it."""
    text, drawn = words(tool("pdftotext", pdf, "-")), words(tool("pdftotext", "-raw", pdf, "-"))
    position = 0
    for name, section in sections(dossier):
        found, lost = find(section, text, position)
        if not fits(found, section) and name in TABLES:
            found, lost = find(section, drawn, 0)
        elif found:
            position = found[1]
        holds = fits(found, section)
        report.check(f"{name}: its {len(section)} words and signs are there in order", holds, "" if holds else seen(found, lost))


def main():
    dossier, (pdf, letter) = load(sys.argv[1]), sys.argv[2:4]
    report = Report("briefing")
    check_file(report, "A4", pdf)
    check_file(report, "Letter", letter)
    check_fonts(report, pdf)
    check_pages(report, dossier, pdf, letter)
    check_text(report, dossier, pdf)
    report.close()


main()
