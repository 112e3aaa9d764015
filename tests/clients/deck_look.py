"""Puts the cards of a deck side by side as Anki renders them, for a person to look at in a browser.

usage: deck_look.py DECK.apkg OUT.html [--night] [--width PIXELS] [--each N] [--search QUERY]

Take a picture of it with
chromium --headless --no-sandbox --disable-gpu --window-size=1600,1400 --screenshot=cards.png OUT.html
"""

import argparse
import html
import os
import tempfile

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

BODY = """<!doctype html><html class="{html}"><meta charset="utf-8"><style>{css}</style>
<body class="card card1 {body}"><div id="qa">{side}</div></body></html>"""
SHEET = """<!doctype html><meta charset="utf-8"><style>
body{{margin:0;padding:20px;background:#c9ced4;display:flex;flex-wrap:wrap;gap:16px;font:12px sans-serif}}
iframe{{border:0;border-radius:12px;width:{width}px;height:{height}px;background:#fff}}</style>{cards}"""


def frame(card, side, css, night):
    classes = ("night-mode", "nightMode night_mode") if night else ("", "")
    page = BODY.format(html=classes[0], body=classes[1], css=css, side=side)
    return f'<iframe srcdoc="{html.escape(page)}"></iframe>'


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("deck")
    arguments.add_argument("out")
    arguments.add_argument("--night", action="store_true")
    arguments.add_argument("--open", action="store_true", help="with the hints opened")
    arguments.add_argument("--width", type=int, default=375)
    arguments.add_argument("--height", type=int, default=640)
    arguments.add_argument("--each", type=int, default=2, help="cards of each note type")
    arguments.add_argument("--search", default="")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(os.path.join(folder, "collection.anki2"))
        request = ImportAnkiPackageRequest(package_path=os.path.abspath(given.deck), options=ImportAnkiPackageOptions())
        collection.import_anki_package(request)
        frames, seen = [], {}
        for card in map(collection.get_card, collection.find_cards(given.search)):
            kind = card.note_type()["name"]
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] > given.each:
                continue
            output = card.render_output()
            for side in (output.question_text, output.answer_text):
                side = side.replace("<details>", "<details open>") if given.open else side
                frames.append(frame(card, side, output.css, given.night))
        collection.close()
    with open(given.out, "w", encoding="utf-8") as file:
        file.write(SHEET.format(width=given.width, height=given.height, cards="".join(frames)))


main()
