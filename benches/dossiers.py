"""Dossiers of any size for the benchmarks: text that nobody would study, in the shape that people write."""

import json
import random

# The thousand words that the answers are made of are made of these, so that words repeat as they do in a language.
SYLLABLES = "con sume or ing part it ion re bal ance com mit off set lead er fol low rep li ca log seg ment key val ue dur able or der ed".split()


def words(seed):
    """A stream of words, the frequent ones more often: Zipf's law."""
    dice = random.Random(seed)
    vocabulary = ["".join(dice.choices(SYLLABLES, k=dice.choice((1, 1, 2, 2, 3)))) for _ in range(1000)]
    weights = [1 / (rank + 2) for rank in range(1000)]
    while True:
        yield from dice.choices(vocabulary, weights, k=1000)


def sentence(stream, length):
    return " ".join(next(stream) for _ in range(length))


def long(questions):
    """A dossier to print: questions with answers of three paragraphs, four concepts to each ten of them."""
    stream = words(questions)
    lines = ["dossier: 1", "job: {company: Bulk, role: Engineer}", "questions:"]
    for number in range(questions):
        if number % 10 == 0:
            lines.append(f"  Topic {number // 10}:")
        paragraphs = [f"{sentence(stream, 60)} with `code` and **strong words**.".capitalize() for _ in range(3)]
        lines.append(f"    - question: {json.dumps(f'Question {number}: {sentence(stream, 9)}?')}")
        answer = "\n\n".join(paragraphs)
        lines.append(f"      answer: {json.dumps(answer)}")
    lines.append("concepts:")
    for number in range(questions * 2 // 5):
        if number % 10 == 0:
            lines.append(f"  Area {number // 10}:")
        lines.append(f"    - concept: {json.dumps(f'Concept {number}')}")
        lines.append(f"      explanation: {json.dumps(sentence(stream, 25).capitalize() + '.')}")
    return "\n".join(lines) + "\n"


def notes(count):
    """A dossier to learn by heart, and the same questions and answers as the fields a deck is made of."""
    lines = ["dossier: 1", "job: {company: Bulk, role: Engineer}", "questions:"]
    fields = []
    for number in range(count):
        if number % 200 == 0:
            lines.append(f"  Topic {number // 200}:")
        question = f"Question {number}: what happens to the offset when consumer {number} leaves its group?"
        answer = (
            f"Answer {number}: a paragraph of about two hundred characters, which is what people write, with a `code span` and a "
            "**strong** word, so that there is something to turn into the language of the card."
        )
        lines.append(f"    - {{question: {json.dumps(question)}, answer: {json.dumps(answer)}}}")
        html = answer.replace("`code span`", "<code>code span</code>").replace("**strong**", "<strong>strong</strong>")
        fields.append([question, f"<p>{html}</p>"])
    return "\n".join(lines) + "\n", fields


def days(count, today="2026-11-23"):
    """A dossier to plan for: an interview after so many days, with topics enough to fill them."""
    import datetime

    interview = datetime.date.fromisoformat(today) + datetime.timedelta(days=count)
    lines = [
        "dossier: 1",
        "job: {company: Bulk, role: Engineer}",
        f"interview: [{{date: {interview} 14:00, time_zone: Europe/Amsterdam}}]",
        "study: {hours: {weekdays: 18:00-22:00, weekend: 10:00-16:00}, max_per_day: 240 min}",
        "questions:",
    ]
    for topic in range(max(2, count)):
        lines.append(f"  Topic {topic}: [What is {topic} good for?, Where does {topic} end?]")
    return "\n".join(lines) + "\n"


def main():
    """usage: dossiers.py long|notes|days SIZE OUT_DIR"""
    import os
    import sys

    kind, size, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    text, fields = notes(size) if kind == "notes" else ({"long": long, "days": days}[kind](size), None)
    with open(os.path.join(folder, f"{kind}.yaml"), "w", encoding="utf-8") as file:
        file.write(text)
    if fields:
        with open(os.path.join(folder, "fields.json"), "w", encoding="utf-8") as file:
            json.dump(fields, file)


if __name__ == "__main__":
    main()
