"""Asks the whole of Anki, its window and its web views, whether a person can import the deck and read its cards.

usage: deck_window.py DECK.apkg PICTURES_DIR     needs aqt and PyQt6 (see window); opens no window on a screen
"""

import os
import pathlib
import sys
import tempfile
import time

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = "--no-sandbox --disable-gpu"

import aqt
from aqt.import_export.importing import import_file
from aqt.profiles import ProfileManager
from aqt.theme import Theme

from report import Report

READY = "typeof _showAnswer == 'function' && (document.getElementById('qa') || {innerText: ''}).innerText.length > 2"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAPER = "getComputedStyle(document.body).backgroundColor"
TICK = "[...document.querySelectorAll('input[type=checkbox]')].slice(0, 2).pop().click(); 1"
IMPORT = "[...document.querySelectorAll('button')].find(button => /import/i.test(button.innerText)).click(); 1"


class Window:
    """Anki with a profile of its own, driven through its event loop."""

    def __init__(self, folder):
        profile = ProfileManager(pathlib.Path(folder))
        profile.setupMeta()
        profile.setLang("en_US")
        profile.create("Learner")
        profile.db.close()
        self.app = aqt._run(["anki", "-b", folder, "-l", "en", "-p", "Learner"], exec=False)
        self.until(lambda: aqt.mw and aqt.mw.col is not None)
        self.main = aqt.mw
        self.main.resize(720, 640)

    def until(self, holds, seconds=60):
        end = time.time() + seconds
        while time.time() < end:
            self.app.processEvents()
            if holds():
                return True
            time.sleep(0.01)
        return False

    def wait(self, seconds):
        self.until(lambda: False, seconds)

    def asked(self, web, script):
        """What a script on a page says."""
        said = []
        web.page().runJavaScript(script, said.append)
        self.until(lambda: said, 10)
        return said[0] if said else None

    def bring_in(self, path, picture):
        """File, Import: the dialog with its presets ticked, and what it says afterwards."""
        import_file(self.main, path)
        opened = lambda: [one for one in self.app.topLevelWidgets() if one.isVisible() and type(one).__name__ == "ImportDialog"]
        self.until(opened)
        dialog = opened()[0]
        self.until(lambda: (self.asked(dialog.web, "document.querySelectorAll('input[type=checkbox]').length") or 0) > 1)
        self.wait(1)
        self.asked(dialog.web, TICK)
        self.wait(1)
        dialog.grab().save(picture)
        self.asked(dialog.web, IMPORT)
        self.until(lambda: "notes" in (self.asked(dialog.web, "document.body.innerText") or ""))
        said = self.asked(dialog.web, "document.body.innerText")
        dialog.close()
        return said

    def review(self, note):
        """Studies the first card of one note, in a filtered deck that changes no schedule."""
        decks = self.main.col.decks
        for deck in [deck for deck in decks.all_names_and_ids() if deck.name == "look"]:
            decks.remove([deck.id])
        number = decks.new_filtered("look")
        deck = decks.get(number)
        deck["terms"], deck["resched"] = [[f"nid:{note}", 1, 0]], False
        decks.save(deck)
        self.main.col.sched.rebuild_filtered_deck(number)
        decks.select(number)
        self.main.moveToState("overview")
        self.wait(1)
        self.main.moveToState("review")
        return self.until(lambda: self.asked(self.main.reviewer.web, READY), 20)


def main():
    package, pictures = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    pictures.mkdir(parents=True, exist_ok=True)
    report = Report(f"Anki's window, {aqt.appVersion}")
    window = Window(tempfile.mkdtemp())
    first = window.bring_in(package, str(pictures / "import.png"))
    collection = window.main.col
    count = collection.note_count()
    told = first.replace("\u2068", "").replace("\u2069", "")
    report.check("the import dialog takes every note in", count > 0 and f"{count} new notes" in told, f"{count} notes")
    presets = {collection.decks.config_dict_for_deck_id(deck.id)["id"] for deck in collection.decks.all_names_and_ids()}
    report.check("the preset arrives where it is ticked", presets - {1}, str(presets))
    kinds = {}
    for note in collection.find_notes(""):
        kinds.setdefault(collection.get_note(note).note_type()["name"], note)
    unread, wide, papers = [], [], {}
    for theme in (Theme.LIGHT, Theme.DARK):
        window.main.set_theme(theme)
        for kind, note in kinds.items():
            name = f"{theme.name.lower()}-{kind.lower().replace(' ', '-')}"
            if not window.review(note):
                unread.append(name)
                continue
            window.wait(1)
            window.main.grab().save(str(pictures / f"{name}-front.png"))
            window.main.reviewer._showAnswer()
            window.wait(1)
            window.main.grab().save(str(pictures / f"{name}-back.png"))
            wide += [name] if window.asked(window.main.reviewer.web, WIDE) else []
            papers.setdefault(theme.name, set()).add(window.asked(window.main.reviewer.web, PAPER))
    report.none("every kind of card opens by day and by night", unread)
    report.none("no card is wider than the window", wide)
    report.check("cards have the paper of their style sheet", papers == {"LIGHT": {"rgb(255, 255, 255)"}, "DARK": {"rgb(22, 32, 44)"}}, str(papers))
    window.main.moveToState("deckBrowser")
    again = window.bring_in(package, str(pictures / "again.png"))
    report.check("a second import brings nothing new", collection.note_count() == count and "new notes" not in again)
    sys.stdout.flush()
    # Qt's own end takes the process down with it.
    os._exit(1 if report.failed else 0)


main()
