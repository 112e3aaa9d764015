"""The licences of every crate that is linked into the program for a target: `licences.py TARGET FOLDER`."""

import json
import pathlib
import shutil
import subprocess
import sys

target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target]
metadata = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}

# What is linked: dependencies of dependencies, but neither tests' nor build scripts'.
linked, waiting = set(), [metadata["resolve"]["root"]]
while waiting:
    one = waiting.pop()
    if one not in linked:
        linked.add(one)
        normal = (d for d in nodes[one]["deps"] if any(kind["kind"] is None for kind in d["dep_kinds"]))
        waiting.extend(d["pkg"] for d in normal)
linked.remove(metadata["resolve"]["root"])

names = ("LICEN", "COPYING", "NOTICE", "UNLICENSE")
lines, without = [], []
for package in sorted((packages[one] for one in linked), key=lambda package: (package["name"], package["version"])):
    title = f"{package['name']}-{package['version']}"
    lines.append(f"{title}\t{package['license'] or package['license_file']}\t{package['repository'] or ''}")
    source = pathlib.Path(package["manifest_path"]).parent
    # In folders of its own lie those of the sources in C that come with it.
    texts = [path for path in sorted(source.rglob("*")) if path.is_file() and path.name.upper().startswith(names)]
    if not texts:
        without.append(title)
    for path in texts:
        place = folder / title / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
(folder / "CRATES.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
print(f"{len(lines)} crates; {len(without)} name their licence without its text: {', '.join(without)}")
