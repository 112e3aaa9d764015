"""The recipes of docs/scale.md for Kubernetes and Slurm: the job is one that Kubernetes takes, and what each of its pods
and each task of the array runs builds, with those of the others, every dossier exactly once.  recipes.py DOSSIER INPUT"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import kubernetes_validate
import yaml
from report import Report

COUNT = 48
PAGE = Path(__file__).parents[2] / "docs/scale.md"


def recipe(title):
    """The first block of code below a heading."""
    section = PAGE.read_text(encoding="utf-8").split(f"### {title}\n", 1)[1]
    return re.search(r"```\w+\n(.*?)```", section, re.DOTALL)[1]


def folder(dossier, example):
    """A folder with dossiers, their list, and the program on its own path."""
    work = Path(tempfile.mkdtemp(dir=scratch))
    for name in ("dossiers", "bin"):
        (work / name).mkdir()
    text = Path(example).read_text(encoding="utf-8")
    paths = [f"dossiers/{number}.yaml" for number in range(COUNT)]
    for path in paths:
        (work / path).write_text(text.replace("FinTech Innovators", f"Company {path}"), encoding="utf-8")
    (work / "list").write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
    (work / "bin/dossier").symlink_to(Path(dossier).resolve())
    return work, paths


def run(work, command, **variables):
    """A part of the job as its engine would start it."""
    path = f"{work / 'bin'}:{os.environ['PATH']}"
    subprocess.run(command, cwd=work, env=os.environ | variables | {"PATH": path}, check=True, capture_output=True)


def built_once(report, engine, work, paths):
    """Whether the manifests of all parts name each dossier once, all built."""
    lines = [json.loads(line) for file in work.glob("manifest-*.jsonl") for line in file.open(encoding="utf-8")]
    report.check(f"{engine}: every dossier is built exactly once", sorted(line["input"] for line in lines) == sorted(paths))
    report.none(f"{engine}: none failed", [line["input"] for line in lines if line["exit"]])
    there = {str(file.relative_to(work)) for file in (work / "out").iterdir()}
    report.check(f"{engine}: the outputs are those recorded", there == {out["path"] for line in lines for out in line["outputs"]})


def kubernetes(report, dossier, example):
    job = yaml.safe_load(recipe("Kubernetes"))
    try:
        kubernetes_validate.validate(job, "1.37", strict=True)
        report.check("Kubernetes takes the job (schema of 1.37)", True)
    except kubernetes_validate.ValidationError as error:
        report.check("Kubernetes takes the job (schema of 1.37)", False, error.message)
    work, paths = folder(dossier, example)
    container = job["spec"]["template"]["spec"]["containers"][0]
    for index in range(job["spec"]["completions"]):
        run(work, container["command"] + container["args"], JOB_COMPLETION_INDEX=str(index))
    built_once(report, "Kubernetes", work, paths)


def slurm(report, dossier, example):
    script = recipe("Slurm")
    first, last = map(int, re.search(r"--array=(\d+)-(\d+)", script).groups())
    cpus = re.search(r"--cpus-per-task=(\d+)", script)[1]
    work, paths = folder(dossier, example)
    for task in range(first, last + 1):
        run(work, ["bash", "-c", script], SLURM_ARRAY_TASK_ID=str(task),
            SLURM_ARRAY_TASK_COUNT=str(last - first + 1), SLURM_CPUS_PER_TASK=cpus)
    built_once(report, "Slurm", work, paths)


report = Report("recipes")
with tempfile.TemporaryDirectory() as scratch:
    kubernetes(report, *sys.argv[1:])
    slurm(report, *sys.argv[1:])
report.close()
