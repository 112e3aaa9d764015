"""Sits at a terminal: answers what the program asks, and looks at what it did.

usage: terminal.py DOSSIER_BINARY
"""

import os
import pty
import re
import select
import sys
import tempfile
import time

import yaml

from report import Report

BINARY = os.path.abspath(sys.argv[1])
NOTES = "# Interview prep: Acme – Engineer\n\n## Interview\n\n- Date: {}\n\n## Questions\n\n- What is a goroutine?\n"
BROKEN = "dossier: 1\njob: {company: Acme, rol: Engineer}\nquestions:\n  Go:\n    - What is a mutex?\n"
RESUME = '{"basics": {"name": "Ada"}, "work": [{"name": "Globex", "position": "Engineer", "highlights": ["Halved the bill"]}]}'
WIDTH = 80


def sit(folder, arguments, answers):
    """Runs the program in a terminal and types each answer when its question (a pattern) has come; all that was shown,
    and the exit code."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.environ.update(TERM="xterm-256color", COLUMNS=str(WIDTH))
        os.execv(BINARY, [BINARY, *arguments])
    shown, waiting, end = "", list(answers), time.time() + 60
    while time.time() < end:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece.decode(errors="replace")
        asked = shown.rstrip().rsplit("\n", 3)[-3:]
        if waiting and re.search(waiting[0][0], "\n".join(asked)):
            os.write(terminal, (waiting.pop(0)[1] + "\n").encode())
    os.close(terminal)
    return plain(shown), os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), waiting


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text).replace("\r\n", "\n")


class Desk:
    """A folder with one file in it."""

    def __init__(self, report, name, text):
        self.report, self.folder, self.name = report, tempfile.TemporaryDirectory(), name
        self.write(name, text)

    def write(self, name, text):
        with open(os.path.join(self.folder.name, name), "w", encoding="utf-8") as file:
            file.write(text)

    def text(self, name):
        with open(os.path.join(self.folder.name, name), encoding="utf-8") as file:
            return file.read()

    def read(self, name):
        # Times stay texts: 14:00 would be a number to PyYAML.
        return yaml.load(self.text(name), yaml.BaseLoader)

    def sit(self, what, arguments, answers, code=0):
        shown, ended, unasked = sit(self.folder.name, arguments, answers)
        self.report.check(f"{what}: every question came, exit code {code}", ended == code and not unasked, f"{ended}, {unasked}, {shown[-200:]!r}" if ended != code or unasked else "")
        return shown


def importing(report):
    desk = Desk(report, "notes.md", NOTES.format("Tuesday 15 December, 2–3 pm CET"))
    import_ = ["import", "notes.md", "--today", "2026-11-23", "--force"]
    desk.sit("a day without a year", import_, [("Is it 2026-12-15 14:00 Europe/Brussels", "y"), ("time to study", "Mon, Wed 6 to 8 pm")])
    made = desk.read("notes.yaml")
    interview = {"date": "2026-12-15 14:00", "time_zone": "Europe/Brussels"}
    report.check("a day without a year: yes takes it", made["interview"] == interview, made["interview"])
    hours = {"mon": "18:00-20:00", "wed": "18:00-20:00"}
    report.check("a day without a year: the hours are taken", made["study"]["hours"] == hours, made["study"])

    shown = desk.sit("an answer that cannot be read", import_, [("Is it", "soon"), ("> *$", "16 Dec 2026 10:00 Berlin"), ("time to study", "")])
    made = desk.read("notes.yaml")
    interview = {"date": "2026-12-16 10:00", "time_zone": "Europe/Berlin"}
    report.check("an answer that cannot be read: it is asked again, with the reason", "has no time zone" in shown and made["interview"] == interview, made["interview"])
    report.check("an answer that cannot be read: Enter leaves the hours open", "study" not in made)

    desk.write("notes.md", "## Questions\n\n- What is a goroutine?\n")
    desk.sit("no company", import_, [("Which company", "Acme"), ("Which role", "Engineer"), ("When is the interview", ""), ("time to study", "")])
    report.check("no company: the answers stand in the file", desk.read("notes.yaml")["job"] == {"company": "Acme", "role": "Engineer"})


def mending(report):
    desk = Desk(report, "prep.yaml", BROKEN)
    desk.sit("check --fix", ["check", "--fix", "prep.yaml"], [(r"\[y/N\]", "n")], 3)
    report.check("check --fix: no leaves the file alone", desk.text("prep.yaml") == BROKEN)
    shown = desk.sit("check --fix", ["check", "--fix", "prep.yaml"], [(r"\[y/N\]", "y")])
    report.check("check --fix: yes mends what was shown", "+ job: {company: Acme, role: Engineer}" in shown and desk.read("prep.yaml")["job"]["role"] == "Engineer")

    before = desk.text("prep.yaml")
    desk.write("resume.json", RESUME)
    into = ["import", "resume.json", "--into", "prep.yaml"]
    desk.sit("import --into", into, [(r"\[y/N\]", "")])
    report.check("import --into: Enter leaves the file alone", desk.text("prep.yaml") == before)
    desk.sit("import --into", into, [(r"\[y/N\]", "y")])
    report.check("import --into: yes adds the highlight", "Halved the bill" in desk.text("prep.yaml"))


def screens(report):
    desk = Desk(report, "prep.yaml", "dossier: 1\njob: {company: Acme, role: Engineer}\ninterview: {date: 2026-12-15 14:00, time_zone: UTC}\nquestions: {Go: [What is a mutex?, What is a slice?]}\n")
    shown = desk.sit("plan", ["plan", "prep.yaml", "--today", "2026-11-23"], [])
    wide = [line for line in shown.splitlines() if len(line) > WIDTH]
    report.none(f"plan: no line is wider than the terminal of {WIDTH} columns", wide)
    report.check("plan: the interview is on the screen", "15 December 2026, 14:00" in shown)


def main():
    report = Report("at a terminal")
    for play in (importing, mending, screens):
        play(report)
    report.close()


main()
