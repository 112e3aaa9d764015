"""N questions with answers, once as a dossier and once as the fields a deck is made of.

usage: notes.py N OUT_DIR
"""

import json
import os
import sys

count, folder = int(sys.argv[1]), sys.argv[2]
dossier = ["dossier: 1", "job: {company: Bulk, role: Engineer}", "questions:"]
notes = []
for number in range(count):
    if number % 200 == 0:
        dossier.append(f"  Topic {number // 200}:")
    question = f"Question {number}: what happens to the offset when consumer {number} leaves its group?"
    answer = (
        f"Answer {number}: a paragraph of about two hundred characters, which is what people write, with a `code span` and a "
        "**strong** word, so that there is something to turn into the language of the card."
    )
    dossier.append(f"    - {{question: {json.dumps(question)}, answer: {json.dumps(answer)}}}")
    notes.append([question, f"<p>{answer.replace('`code span`', '<code>code span</code>').replace('**strong**', '<strong>strong</strong>')}</p>"])
with open(os.path.join(folder, "bulk.yaml"), "w", encoding="utf-8") as file:
    file.write("\n".join(dossier) + "\n")
with open(os.path.join(folder, "notes.json"), "w", encoding="utf-8") as file:
    json.dump(notes, file)
