"""Plays what a learner lives through: import, study, edit; then the dossier changes, is built and imported again.

usage: deck_scenes.py DOSSIER_BINARY

Asserts after each scene what Anki took over, what it kept, and that no schedule and no review was touched.
"""

import copy
import datetime
import os
import re
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from random import Random

import anki.buildinfo
import yaml
from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportCsvRequest
from anki.scheduler.v3 import CardAnswer

from report import Report
from source import MARKDOWN, normal, strip_html

BINARY = os.path.abspath(sys.argv[1])
# As Markdown; two backslashes are one, and an entity is its sign.
HOSTILE = r"<script>x</script> [sound:a.mp3] [latex]y[/latex] {{c1::z}} {{Answer}} \\(w\\) a::b &lt; | `"
SHOWN = HOSTILE.replace("\\\\", "\\").replace("&lt;", "<")
LIVE = ("<script", "[sound:", "[anki:", "[latex]", "\\(", "[[type:", 'class="cloze"', "<img")

BASE = {
    "dossier": 1,
    "job": {"company": "Acme", "role": "Engineer"},
    "highlights": ["Cut response times by 25 % with Redis", "Mentored two junior engineers"],
    "questions": {
        "Go": [
            {"question": "What does a goroutine cost?", "answer": "Two kilobytes of stack, at first."},
            {"question": "When is a channel the wrong tool?", "answer": "For a plain counter."},
            {"question": "How does select choose?", "hints": ["More than one may be ready.", "It throws a die."]},
        ],
        "Kafka": [{"question": "What is a consumer group?", "answer": "Consumers that share partitions."}, "What is an offset?"],
    },
    "concepts": {
        "Streams": ["Partitions", {"Offsets": "A place in a ==partition==, kept by the ==group=="}, "Retention"],
    },
    "stories": {"The outage": {"situation": "Friday night.", "result": "Back in ten minutes."}},
    "ask": {"Team": ["How is the team structured today?"]},
    "company": {"Mission": "Pay anyone, anywhere."},
}


def write(folder, dossier):
    with open(os.path.join(folder, "acme.yaml"), "w", encoding="utf-8") as file:
        yaml.safe_dump(dossier, file, allow_unicode=True, sort_keys=False)


def build(folder, dossier, *arguments, **environment):
    """Builds into the folder, where the earlier deck lies; the path of the new one."""
    write(folder, dossier)
    command = [BINARY, "build", os.path.join(folder, "acme.yaml"), "--only", "deck", "-o", folder, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    if done.returncode:
        raise SystemExit(f"FAIL build: {' '.join(command)}\n{done.stderr}")
    return os.path.join(folder, "acme.apkg")


def later():
    """Anki counts in seconds; what happens after another thing happens in a later one."""
    time.sleep(1.1)


def within_a_second(deed):
    """Does it until it has begun and ended in the same second of the clock; what it made then."""
    for _ in range(30):
        time.sleep(1 - time.time() % 1)
        began = int(time.time())
        made = deed()
        if int(time.time()) == began:
            return made
    raise SystemExit("FAIL this machine is too slow for two builds and an import in one second")


class Learner:
    def __init__(self, folder):
        self.collection = Collection(os.path.join(folder, "collection.anki2"))

    def take(self, path, presets=False):
        options = ImportAnkiPackageOptions(with_deck_configs=presets)
        request = ImportAnkiPackageRequest(package_path=path, options=options)
        log = self.collection.import_anki_package(request).log
        return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}

    def note(self, front):
        found = [note for note in map(self.collection.get_note, self.collection.find_notes("")) if note.fields[0].startswith(front) and note.note_type()["name"] != "Dossier cloze"]
        assert len(found) == 1, f"{len(found)} notes start with {front}"
        return found[0]

    def review(self, front, rating=CardAnswer.GOOD):
        card = self.note(front).cards()[0]
        card.start_timer()
        states = self.collection._backend.get_scheduling_states(card.id)
        answer = self.collection.sched.build_answer(card=card, states=states, rating=rating)
        self.collection.sched.answer_card(answer)

    def edit(self, front, field, text):
        note = self.note(front)
        note[field] = text
        self.collection.update_note(note)

    def learning(self):
        """Everything that studying has made: cards with their schedules, and the reviews."""
        columns = "id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left, flags, data"
        cards = self.collection.db.all(f"select {columns} from cards order by id")
        return cards, self.collection.db.all("select * from revlog order by id")

    def words(self):
        return {note: (fields, tags) for note, fields, tags in self.collection.db.all("select id, flds, tags from notes")}


def changed(before, after):
    return [note for note in before if before[note] != after.get(note)]


def scene(report, name, learner, path, expected, touched):
    """Imports; `touched` are the fronts of the notes that may differ. Cards that were there stay as they were.

    The Anki of 2023 puts its own time on a note it takes over, so it takes one from the future over again, as it is: no
    number of updates is `expected` then."""
    (cards, reviews), words = learner.learning(), learner.words()
    log = learner.take(path)
    seen = (log["new"], log["updated"], log["conflicting"])
    told = "any" if expected[1] is None else expected[1]
    as_expected = all(want is None or want == have for want, have in zip((*expected, 0), seen))
    report.check(f"{name}: {expected[0]} new, {told} updated, no conflict", as_expected, log)
    now_cards, now_reviews = learner.learning()
    known = {card[0] for card in cards}
    report.check(f"{name}: no schedule and no review touched", [card for card in now_cards if card[0] in known] == cards and now_reviews == reviews)
    fronts = sorted(learner.collection.get_note(note).fields[0] for note in changed(words, learner.words()))
    report.check(f"{name}: only what changed is other than before", fronts == sorted(touched), fronts)


def change(dossier, edit):
    dossier = copy.deepcopy(dossier)
    edit(dossier)
    return dossier


def png(red):
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes([0, red, 0, 0]))) + chunk(b"IEND", b"")


def studying(report, folder):
    learner, dossier = Learner(folder), copy.deepcopy(BASE)
    log = learner.take(build(folder, dossier))
    report.check("first import: 13 notes, all new", log["new"] == 13 and log["updated"] == 0, log)
    for front in ("What does a goroutine", "When is a channel", "What is a consumer", "What is an offset", "Offsets", "The outage"):
        learner.review(front)
    learner.review("How does select", CardAnswer.AGAIN)
    learner.edit("What is an offset", "Answer", "<p>My own words, typed on the train.</p>")
    learner.edit("Partitions", "Explanation", "<p>My own, too.</p>")
    own = learner.note("What is an offset").id
    learner.collection.set_user_flag_for_cards(2, [learner.note("Retention").cards()[0].id])
    learner.collection.sched.suspend_cards([learner.note("Mission").cards()[0].id])
    later()

    scene(report, "nothing changed", learner, build(folder, dossier), (0, 0), [])

    later()
    dossier["questions"]["Go"][0]["answer"] = "Two kilobytes of stack, growing as needed."
    scene(report, "an answer changed", learner, build(folder, dossier), (0, 1), ["What does a goroutine cost?"])

    later()
    dossier["questions"]["Kafka"].append("What happens when a consumer dies?")
    dossier["concepts"]["Streams"].append("Rebalancing")
    dossier["highlights"].append("Moved a consumer group of forty without a stop")
    scene(report, "items and a highlight added", learner, build(folder, dossier), (2, 1), ["Streams"])

    later()
    dossier["questions"]["Go"][1]["question"] = "When is a channel the wrong tool for the job?"
    scene(report, "reworded without an id", learner, build(folder, dossier), (0, 1), ["When is a channel the wrong tool for the job?"])

    later()
    for topic in dossier["questions"].values():
        topic[:] = [item if isinstance(item, dict) else {"question": item} for item in topic]
        for number, item in enumerate(topic):
            item["id"] = f"q{number}-{item['question'][:3].lower().strip()}-{len(item['question'])}"
    scene(report, "ids given to all questions", learner, build(folder, dossier), (0, 0), [])

    later()
    dossier["questions"]["Go"][0]["question"] = "Why are there so many goroutines?"
    scene(report, "reworded beyond recognition, with an id", learner, build(folder, dossier), (0, 1), ["Why are there so many goroutines?"])

    later()
    moved = dossier["questions"]["Kafka"].pop(0)
    dossier["questions"]["Go"].append(moved)
    scene(report, "moved to another topic", learner, build(folder, dossier), (0, 1), ["What is a consumer group?"])
    note = learner.note("What is a consumer group")
    report.check("moved to another topic: the tag follows", "topic::go" in note.tags and "topic::kafka" not in note.tags, note.tags)

    later()
    dossier["questions"] = {("Golang" if name == "Go" else name): items for name, items in dossier["questions"].items()}
    fronts = [item["question"] for item in dossier["questions"]["Golang"]]
    scene(report, "topic renamed", learner, build(folder, dossier), (0, 4), fronts)

    later()
    gone = dossier["questions"]["Kafka"].pop()
    scene(report, "an item removed", learner, build(folder, dossier), (0, 0), [])
    item = learner.note(gone["question"])["Item"]
    found = learner.collection.find_notes(f"Item:{item}")
    report.check("an item removed: the search by its item finds it alone", [learner.collection.get_note(note)["Question"] for note in found] == [gone["question"]], found)

    later()
    dossier["questions"]["Kafka"].append(gone)
    scene(report, "it comes back", learner, build(folder, dossier), (0, 0), [])

    later()
    dossier["study"] = {"topics": {"Kafka": {"confidence": 5, "priority": "high"}, "Streams": {"confidence": 4}}}
    scene(report, "surer of topics", learner, build(folder, dossier), (0, 0), [])

    later()
    dossier["concepts"]["Streams"][1] = {"Offsets": "A ==place== in a ==partition==, kept by the ==group=="}
    cards = learner.collection.card_count()
    scene(report, "a mark added", learner, build(folder, dossier), (0, 2), ["Offsets", "Offsets"])
    report.check("a mark added: one more card of the same note", learner.collection.card_count() == cards + 1)

    later()
    kind = learner.collection.models.by_name("Dossier question")
    kind["css"] += ".ask { color: green }"
    learner.collection.models.update_dict(kind)
    later()
    dossier["stories"]["The outage"]["task"] = "I was on call."
    scene(report, "the learner changed the look", learner, build(folder, dossier), (0, 1), ["The outage"])
    report.check("the learner's own look stays", ".ask { color: green }" in learner.collection.models.by_name("Dossier question")["css"])

    learners = (learner.note("What is an offset")["Answer"], learner.note("Partitions")["Explanation"])
    report.check("after all that the learner's own words stand", learners == ("<p>My own words, typed on the train.</p>", "<p>My own, too.</p>"), learners)

    later()
    learner.review("Partitions")
    later()
    dossier["concepts"]["Streams"][0] = {"Partitions": "The unit of order."}
    scene(report, "an edited note changed in the dossier too: the dossier wins", learner, build(folder, dossier), (0, 1), ["Partitions"])
    return learner


def losses(report, folder):
    """The memory is lost or damaged, or the clock is wrong."""
    learner, dossier = Learner(folder), copy.deepcopy(BASE)
    path = build(folder, dossier)
    learner.take(path)
    learner.review("What is an offset")
    studied = learner.learning()
    foreign = os.path.join(folder, "foreign.apkg")
    another_programs(foreign)
    spoils = {
        "lost": os.remove,
        "damaged": lambda path: open(path, "wb").write(b"PK damaged"),
        "another program's": lambda path: os.replace(foreign, path),
    }
    for name, spoil in spoils.items():
        later()
        spoil(path)
        log = learner.take(build(folder, dossier))
        report.check(f"memory {name}: every note is known and brought up to date", (log["new"], log["updated"], log["conflicting"]) == (0, 13, 0), log)
        report.check(f"memory {name}: no schedule and no review touched", learner.learning() == studied)

    dossier["questions"]["Kafka"][1] = {"question": "What is an offset?"}
    later()
    dossier["questions"]["Kafka"][1]["answer"] = "A position."
    old = {"SOURCE_DATE_EPOCH": "315532800"}
    scene(report, "SOURCE_DATE_EPOCH of 1980", learner, build(folder, dossier, **old), (0, 1), ["What is an offset?"])

    # Two builds within a second: the import of the second one still arrives.
    answers = (f"A position in partition {number}." for number in range(99))

    def twice():
        dossier["questions"]["Kafka"][1]["answer"] = next(answers)
        learner.take(build(folder, dossier))
        dossier["questions"]["Kafka"][1]["answer"] = next(answers)
        return build(folder, dossier)

    scene(report, "two builds in one second", learner, within_a_second(twice), (0, 1), ["What is an offset?"])

    # The clock was two years ahead when the question came in, and is right again when it changes.
    later()
    dossier["questions"]["Kafka"].append("What is a broker?")
    ahead = {"SOURCE_DATE_EPOCH": str(int(time.time()) + 2 * 365 * 86400)}
    scene(report, "a clock that is ahead", learner, build(folder, dossier, **ahead), (1, None), [])
    learner.review("What is a broker")
    later()
    dossier["questions"]["Kafka"][-1] = {"question": "What is a broker?", "answer": "A server."}
    scene(report, "a clock that went backwards", learner, build(folder, dossier), (0, None), ["What is a broker?"])

    # A question leaves, and a concept comes that goes by its id: Anki takes no note over into another type.
    later()
    dossier["questions"]["Kafka"][-1]["id"] = "broker"
    scene(report, "an id given", learner, build(folder, dossier), (0, None), [])
    dossier["questions"]["Kafka"].pop()
    learner.take(build(folder, dossier))
    later()
    dossier["concepts"]["Streams"].append({"concept": "Broker", "id": "broker"})
    scene(report, "the id of a question that left, on a concept", learner, build(folder, dossier), (1, None), ["Streams"])
    learner.collection.close()


def another_programs(path):
    """A deck that Anki itself has made and exported."""
    with tempfile.TemporaryDirectory() as folder:
        other = Collection(os.path.join(folder, "collection.anki2"))
        note = other.new_note(other.models.by_name("Basic"))
        note["Front"], note["Back"] = "Hauptstadt von Dänemark?", "Kopenhagen"
        other.add_note(note, other.decks.id("Default"))
        other.export_anki_package(out_path=path, limit=None, options=ExportAnkiPackageOptions(legacy=True))
        other.close()


def presets(report, folder):
    learner = Learner(folder)
    date = (datetime.date.today() + datetime.timedelta(days=5)).isoformat()
    learner.take(build(folder, BASE | {"interview": {"date": f"{date} 23:00", "time_zone": "UTC"}}), presets=True)
    decks = {learner.collection.decks.name(card.did): card.did for card in map(learner.collection.get_card, learner.collection.find_cards(""))}
    configs = [learner.collection.decks.config_dict_for_deck_id(deck) for deck in decks.values()]
    report.check("preset: one for all decks, and not the learner's default", len({config["id"] for config in configs}) == 1 and configs[0]["id"] != 1)
    default = learner.collection.decks.get_config(1)
    report.check("preset: the learner's default is as Anki made it", default["new"]["perDay"] == 20 and default["rev"]["maxIvl"] == 36500)
    figures = (configs[0]["new"]["perDay"], configs[0]["rev"]["maxIvl"])
    report.check("preset: fourteen cards in three days, no interval beyond the fifth", figures == (5, 5), configs[0]["name"])
    root = next(name for name in decks if name.endswith("1 Questions")).removesuffix("::1 Questions")
    learner.collection.decks.select(learner.collection.decks.id_for_name(root))
    queued = [entry.card.id for entry in learner.collection.sched.get_queued_cards(fetch_limit=99).cards]
    by_due = sorted(queued, key=lambda card: learner.collection.get_card(card).due)
    report.check("preset: who studies the whole gets all decks mixed, in study order", queued == by_due and queued, f"{len(queued)} today")
    learner.collection.close()


def hostile(report, folder):
    dossier = change(BASE, lambda dossier: dossier["questions"].update({HOSTILE: [{"question": HOSTILE, "answer": HOSTILE, "hints": [HOSTILE]}]}))
    dossier["concepts"][HOSTILE] = [{"concept": HOSTILE, "explanation": HOSTILE}, "b"]
    dossier["ask"][HOSTILE] = [HOSTILE]
    dossier["company"][HOSTILE] = HOSTILE
    learner = Learner(folder)
    learner.take(build(folder, dossier))
    played, live = [], []
    for card in map(learner.collection.get_card, learner.collection.find_cards("")):
        output = card.render_output()
        played += output.question_av_tags + output.answer_av_tags
        # Base's own deletions are meant.
        signs = LIVE[:-2] if card.note_type()["name"] == "Dossier cloze" else LIVE
        live += [sign for sign in signs if sign in output.question_text + output.answer_text]
    report.none("hostile text: nothing plays", played)
    report.none("hostile text: nothing is live on any card", live)
    note = next(note for note in map(learner.collection.get_note, learner.collection.find_notes("")) if "script" in note.fields[0])
    read = strip_html(note.fields[0])
    report.check("hostile text: the field reads back as the text", read == SHOWN, read)
    learner.collection.close()


PIECES = ["<script>", "</div>", "<!--", "[sound:", "[latex]", "{{c1::", "}}", "::", "\\\\(", "&amp;", '"', "'", "`", "*", "#", "|", "日本", "ß",
          "🙂", "e\u0301", "\u00a0", "\u202e", "https://x.example", "word", " ", "- ", "\n", "1. ", "==", "%", "\t", "~~~"]


def random_text(random):
    return "x" + "".join(random.choices(PIECES, k=random.randint(1, 9))) + "y"


def anything(report, folder):
    """Random dossiers: as many notes as there are items, and each question reads back as its text."""
    random, learner = Random(20261123), Learner(folder)
    wrong, missing = [], []
    for number in range(25):
        # One line by its place: white space runs together, and no mark of a block counts.
        questions = list({" ".join(random_text(random).split()): None for _ in range(random.randint(1, 6))})
        answers = [random_text(random) for _ in questions]
        dossier = {
            "dossier": 1,
            "job": {"company": f"Acme {number}", "role": random_text(random)},
            "questions": {random_text(random): [{"question": q, "answer": a, "hints": [a]} for q, a in zip(questions, answers)]},
            "stories": {random_text(random): random_text(random)},
        }
        log = learner.take(build(folder, dossier))
        if (log["new"], log["updated"], log["conflicting"]) != (len(questions) + 1, 0, 0):
            missing.append((number, log))
        shown = [normal(strip_html(learner.collection.get_note(note)["Question"])) for note in learner.collection.find_notes(f'"Company:Acme {number}" "note:Dossier question"')]
        texts = [normal(strip_html(MARKDOWN.renderInline(q))) for q in questions]
        wrong += sorted(set(text.replace("==", "") for text in texts) ^ set(text.replace("==", "") for text in shown))
    report.none("random dossiers: as many new notes as items", missing)
    report.none("random dossiers: every question reads back as its text", wrong)
    problems, fine = learner.collection.fix_integrity()
    report.check("random dossiers: Anki's database check finds nothing to fix", fine, problems)
    learner.collection.close()


def media(report, folder):
    for name, red in (("a.png", 1), ("b.png", 1), ("c.png", 2)):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(png(red))
    answer = "![one](a.png) ![the same](b.png) ![another](c.png)"
    dossier = change(BASE, lambda dossier: dossier["questions"]["Go"][0].update(answer=answer))
    learner = Learner(folder)
    learner.take(build(folder, dossier))
    files = sorted(os.listdir(learner.collection.media.dir()))
    report.check("media: three pictures, two of them the same, arrive as two files", len(files) == 2, files)
    shown = re.findall(r'src="([^"]+)"', learner.note("What does a goroutine")["Answer"])
    report.check("media: the answer shows them", len(shown) == 3 and set(shown) == set(files), shown)
    check = learner.collection.media.check()
    report.check("media: Anki finds none missing and none unused", not check.missing and not check.unused, list(check.missing) + list(check.unused))
    learner.collection.close()


def csv(report, folder):
    learner = Learner(folder)
    learner.take(build(folder, BASE))
    notes = learner.collection.note_count()
    write(folder, change(BASE, lambda dossier: dossier["questions"]["Go"][0].update(answer="Changed in the text form.")))
    command = [BINARY, "build", os.path.join(folder, "acme.yaml"), "--only", "deck", "--deck-format", "csv", "-o", folder]
    subprocess.run(command, check=True, capture_output=True)
    path = os.path.join(folder, "acme.csv")
    metadata = learner.collection.get_csv_metadata(path=path, delimiter=None)
    log = learner.collection.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
    report.check("text form: no note is new", (len(log.new), learner.collection.note_count()) == (0, notes), (len(log.new), len(log.updated)))
    answer = learner.note("What does a goroutine")["Answer"]
    report.check("text form: the change arrives", answer == "<p>Changed in the text form.</p>", answer)
    report.check("text form: tags and deck arrive", "topic::go" in learner.note("What does a goroutine").tags)
    learner.collection.close()


def main():
    report = Report(f"deck scenes, Anki {anki.buildinfo.version}")
    with tempfile.TemporaryDirectory() as folder:
        learner = studying(report, folder)
        problems, fine = learner.collection.fix_integrity()
        report.check("Anki's database check finds nothing to fix", fine, problems)
        learner.collection.close()
    for play in (losses, presets, hostile, anything, media, csv):
        with tempfile.TemporaryDirectory() as folder:
            play(report, folder)
    report.close()


main()
