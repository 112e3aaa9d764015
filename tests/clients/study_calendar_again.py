"""Imports a calendar into khal and Radicale, then the one that is built after the dossier changed: nothing is
there twice, what moved has moved, and what was called off is called off.

usage: study_calendar_again.py DOSSIER_BINARY DOSSIER.yaml
"""

import glob
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import icalendar

from report import Report

BIN = os.path.dirname(sys.executable)
KHAL = """
[calendars]
[[prep]]
path = {folder}/vdir
type = calendar
[locale]
local_timezone = Europe/Amsterdam
default_timezone = Europe/Amsterdam
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = prep
"""


def scenes(binary, source, folder):
    """The calendar of the dossier, and the one after a topic is gone, another is new and a day is off."""
    with open(source, encoding="utf-8") as file:
        text = file.read()
    dossier = os.path.join(folder, "prep.yaml")
    files = []
    topic = next(line for line in text.split("\nquestions:\n")[1].splitlines() if line.endswith(":")).strip(" :")
    changed = text.replace(f"  {topic}:", "  A topic nobody has heard of:").replace("days_off: [", "days_off: [2026-12-01, ", 1)
    for number, content in enumerate([text, changed]):
        with open(dossier, "w", encoding="utf-8") as file:
            file.write(content)
        command = [binary, "build", dossier, "--only", "calendar", "-o", folder, "--today", f"2026-11-{23 + number}"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"FAIL build: {' '.join(command)}\n{done.stderr}")
        with open(os.path.join(folder, "prep.ics"), "rb") as file:
            files.append(file.read())
    return files


def events(*files):
    """(uid, start, whether it is called off, version) of each event, sorted: one that is there twice shows twice."""
    all = [event for data in files for event in icalendar.Calendar.from_ical(data).walk("VEVENT")]
    off = lambda event: event.get("STATUS") == "CANCELLED"
    return sorted((str(event["UID"]), event["DTSTART"].dt.isoformat(), off(event), int(event["SEQUENCE"])) for event in all)


def each(data):
    """Each event as a calendar of its own, as a client sends it."""
    calendar = icalendar.Calendar.from_ical(data)
    for event in calendar.walk("VEVENT"):
        alone = icalendar.Calendar()
        alone.update({name: calendar[name] for name in ("VERSION", "PRODID")})
        for part in [*calendar.walk("VTIMEZONE"), event]:
            alone.add_component(part)
        yield str(event["UID"]), alone.to_ical()


class Khal:
    name = "khal"

    def __init__(self, folder):
        self.folder, self.config = folder, os.path.join(folder, "khal.conf")
        os.makedirs(os.path.join(folder, "vdir"))
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(KHAL.format(folder=folder))

    def take(self, data):
        path = os.path.join(self.folder, "import.ics")
        with open(path, "wb") as file:
            file.write(data)
        command = [os.path.join(BIN, "khal"), "-c", self.config, "import", "--batch", "-a", "prep", path]
        subprocess.run(command, check=True, capture_output=True)

    def holds(self):
        files = sorted(glob.glob(os.path.join(self.folder, "vdir", "*.ics")))
        return events(*(open(path, "rb").read() for path in files))

    def close(self):
        pass


class Radicale:
    name = "Radicale"

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.root = f"http://127.0.0.1:{port}/me/prep/"
        options = ["--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none", "--rights-type", "owner_only"]
        options += ["--storage-filesystem-folder", os.path.join(folder, "store"), "--config", "", "--logging-level", "critical"]
        self.server = subprocess.Popen([sys.executable, "-m", "radicale", *options], stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        self.ask("MKCALENDAR", self.root)

    def ask(self, method, address, data=None):
        headers = {"Authorization": "Basic bWU6bWU=", "Content-Type": "text/calendar; charset=utf-8"}  # me:me
        request = urllib.request.Request(address, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def take(self, data):
        """As CalDAV clients do: an event lies under its UID."""
        for uid, alone in each(data):
            self.ask("PUT", f"{self.root}{uid}.ics", alone)

    def refuses(self, data):
        """Whether an event that is there already can be put beside itself under another name."""
        uid, alone = next(each(data))
        try:
            self.ask("PUT", f"{self.root}another.ics", alone)
            return False
        except urllib.error.HTTPError as error:
            return error.code == 409

    def holds(self):
        return events(self.ask("GET", self.root))

    def close(self):
        self.server.terminate()
        self.server.wait()


def check(report, store, first, second):
    store.take(first)
    report.check("the first import takes every event", store.holds() == events(first), f"{len(store.holds())}")
    store.take(first)
    report.check("the same file again changes nothing", store.holds() == events(first))
    store.take(second)
    held, wanted = store.holds(), events(second)
    uids = [uid for uid, *_ in held]
    report.none("after the change no event is there twice", {uid for uid in uids if uids.count(uid) > 1})
    report.none("every event is as the new file has it", set(wanted) - set(held))
    report.none("what only the old file had is history", {event[:2] for event in held if event not in wanted and event[1] > "2026-11-24"})


def main():
    binary, source = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        first, second = scenes(binary, source, folder)
        before, after = ({uid: facts for uid, *facts in events(data)} for data in (first, second))
        report = Report("calendar, again")
        moved = [uid for uid in before.keys() & after.keys() if before[uid][0] != after[uid][0]]
        off = [uid for uid, facts in after.items() if facts[1]]
        report.check("the change moves, adds and calls off", bool(moved and off and after.keys() - before.keys()),
                     f"{len(moved)} moved, {len(off)} called off, {len(after.keys() - before.keys())} new")
        failed = report.failed
        for kind in (Khal, Radicale):
            report = Report(f"calendar, {kind.name}")
            place = os.path.join(folder, kind.name)
            os.makedirs(place)
            store = kind(place)
            try:
                check(report, store, first, second)
                if isinstance(store, Radicale):
                    report.check("no event can lie beside itself under another name", store.refuses(second))
            finally:
                store.close()
            failed |= report.failed
        sys.exit(1 if failed else 0)


main()
