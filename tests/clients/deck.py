"""Imports the deck into an empty collection with Anki's own backend and looks at what the learner would get.

usage: deck.py DOSSIER.yaml DECK.apkg
"""

import os
import sys
import tempfile
from collections import Counter

import anki.buildinfo
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from report import Report
from source import items, load, normal, plain, slug, strip_html

PARTS = {"questions": "1 Questions", "concepts": "2 Concepts", "stories": "3 Stories", "ask": "4 Ask them", "company": "5 Company"}


def import_deck(collection, path):
    options = ImportAnkiPackageOptions(with_deck_configs=True)  # otherwise the defaults of Anki's dialog
    return collection.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log


def contents(collection):
    """Everything an import could change, to compare before and after."""
    rows = [collection.db.all(f"select * from {table} order by id") for table in ("notes", "cards")]
    return rows, collection.decks.all_names_and_ids(), collection.models.all_names_and_ids(), collection.decks.all_config()


def sides(card):
    """Front and back as a reader sees them; the back without the front that it usually repeats."""
    front, back = (normal(strip_html(side)) for side in (card.question(), card.answer()))
    return front, back.removeprefix(front).strip()


def name(card):
    return " | ".join(card.note().fields)[:80]


def queue(collection, deck):
    """The new cards of a deck in the order in which Anki would show them today."""
    collection.decks.select(collection.decks.id_for_name(deck))
    return [entry.card.id for entry in collection.sched.get_queued_cards(fetch_limit=9999).cards]


def examine(report, dossier, collection, path):
    log = import_deck(collection, path)
    trouble = [field.name for field, notes in log.ListFields() if field.name not in ("new", "found_notes", "dupe_resolution")]
    report.none("the first import adds every note", trouble)

    parent = f"Interview prep::{dossier['job']['company']} – {dossier['job']['role']}"
    cards = [collection.get_card(card) for card in collection.find_cards("")]
    decks = {part: f"{parent}::{name}" for part, name in PARTS.items() if dossier.get(part)}
    by_deck = {}
    for card in cards:
        by_deck.setdefault(collection.decks.name(card.did), []).append(card)
    # Cards on the company are made where its outline has facts to ask for, so that deck may be missing.
    report.none("one deck for each part", (set(by_deck) ^ set(decks.values())) - {decks.get("company")})

    kinds = Counter(card.note_type()["name"] for card in {card.nid: card for card in cards}.values())
    print(f"     {report.subject}: {len(cards)} cards, notes by type: " + ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())))
    for part in [part for part in ("questions", "concepts", "stories", "ask") if dossier.get(part)]:
        expected = len(dossier[part]) if part == "stories" else len(items(dossier, part))
        found = len({card.nid for card in by_deck.get(decks[part], [])})
        # Concepts also have a note for a topic as a whole ("name the N parts").
        holds = found >= expected if part == "concepts" else found == expected
        report.check(f"a note for each of the {expected} {part}", holds, f"{found} notes")

    fronts, backs = {}, {}
    for card in cards:
        fronts[card.id], backs[card.id] = sides(card)
    report.none("every card has a front and a back", [name(card) for card in cards if not fronts[card.id] or not backs[card.id]])
    report.none("no raw {{ on a card", [name(card) for card in cards if "{{" in card.question() + card.answer()])

    questions = by_deck.get(decks.get("questions"), [])
    texts = items(dossier, "questions")
    count = {text: sum(plain(text) in fronts[card.id] for card in questions) for _, text in texts}
    report.none("every question is on the front of exactly one card", [f"{n} × {text}" for text, n in count.items() if n != 1])
    for part in [part for part in ("concepts", "ask") if dossier.get(part)]:
        shown = " ".join(fronts[card.id] + " " + backs[card.id] for card in by_deck.get(decks[part], []))
        report.none(f"every text of {part} is on a card", [text for _, text in items(dossier, part) if plain(text) not in shown])

    for part in [part for part in ("questions", "concepts", "ask") if dossier.get(part)]:
        tags = {tag for card in by_deck.get(decks[part], []) for tag in card.note().tags if tag.startswith("topic::")}
        report.none(f"the topics of {part} are its topic:: tags", tags ^ {f"topic::{slug(topic)}" for topic in dossier[part]})
    wrong = [text for topic, text in texts for card in questions
             if plain(text) in fronts[card.id] and f"topic::{slug(topic)}" not in card.note().tags]
    report.none("every question carries its own topic", wrong)

    report.none("all cards are new", [name(card) for card in cards if (card.type, card.queue) != (0, 0)])
    guids = Counter(collection.db.list("select guid from notes"))
    report.none("no two notes share a guid", [guid for guid, notes in guids.items() if notes > 1])
    places = Counter(due for due, _ in {(card.due, card.nid) for card in cards})
    report.none("no two notes share a place among the new", [due for due, notes in places.items() if notes > 1])
    for deck, members in sorted(by_deck.items()):
        by_due = [card.id for card in sorted(members, key=lambda card: (card.due, card.ord))]
        today = queue(collection, deck)
        report.check(f"{deck.rsplit('::')[-1]}: Anki shows new cards by due", today and today == by_due[: len(today)], f"{len(today)} today")

    # Preset 1 is the learner's own default: a package must bring another or touch none.
    presets = {collection.decks.config_dict_for_deck_id(card.did)["id"] for card in cards}
    report.check("the preset in the package arrives, beside the learner's default", presets and 1 not in presets)

    before = contents(collection)
    log = import_deck(collection, path)
    report.check("a second import adds and updates nothing", not log.new and not log.updated and contents(collection) == before,
                 f"{len(log.new)} new, {len(log.updated)} updated, {len(log.duplicate)} left alone")
    report.none("no empty cards", [card for note in collection.get_empty_cards().notes for card in note.card_ids])
    problems, fine = collection.fix_integrity()
    report.check("Anki's database check finds nothing to fix", fine, "" if fine else problems.splitlines())


def main():
    dossier, path = load(sys.argv[1]), os.path.abspath(sys.argv[2])
    report = Report(f"deck, Anki {anki.buildinfo.version}")
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(os.path.join(folder, "collection.anki2"))
        try:
            examine(report, dossier, collection, path)
        finally:
            collection.close()
    report.close()


main()
