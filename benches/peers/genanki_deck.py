"""The same notes with Python's genanki. usage: genanki_deck.py NOTES.json OUT.apkg"""

import json
import sys

import genanki

with open(sys.argv[1], encoding="utf-8") as file:
    notes = json.load(file)
model = genanki.Model(
    1607392319,
    "Question",
    fields=[{"name": "Question"}, {"name": "Answer"}],
    templates=[{"name": "Card 1", "qfmt": "{{Question}}", "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}"}],
)
deck = genanki.Deck(2059400110, "Bulk")
for question, answer in notes:
    deck.add_note(genanki.Note(model=model, fields=[question, answer]))
genanki.Package(deck).write_to_file(sys.argv[2])
