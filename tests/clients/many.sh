#!/usr/bin/env bash
# The recipe for GNU parallel in docs/scale.md, on two hosts: one is killed in the middle, the run is resumed, and
# the manifests must prove that each dossier was built exactly once.  many.sh DOSSIER INPUT
set -euo pipefail
dossier=$(realpath "$1")
input=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

count=400
mkdir dossiers bin
for ((i = 1; i <= count; i++)); do
  sed "s/FinTech Innovators/Company $i/" "$input" >"dossiers/$i.yaml"
done
find dossiers -name '*.yaml' | sort >list
ln -s "$dossier" bin/dossier

# Two hosts without a server: what would go over ssh is run here, and its processes are noted by host. The shell is
# named as sshd names it: GNU parallel asks for it, and a continuous integration may have none.
cat >bin/host <<'SH'
#!/bin/bash
export SHELL=/bin/bash
host=$1; shift
[ "$1" != -- ] || shift
[ ! -e "down-$host" ] || exit 255
echo "$BASHPID" >>"pids-$host"
exec bash -c "$*"
SH
chmod +x bin/host
export PATH="$PWD/bin:$PATH"

recipe() {
  parallel --will-cite --ssh "$PWD/bin/host" --sshlogin 1/one,1/two --workdir "$PWD" --retries 3 --joblog parallel.log \
    dossier build --files-from list --shard '{}/4' --jobs 1 --manifest 'manifest-{}.jsonl' -o out --today 2026-11-23 ::: {1..4} \
    >>parallel.out 2>&1
}
# One that is cut short by a kill leaves half a line at most.
recorded() { cat manifest-*.jsonl 2>/dev/null | grep -c '}$' || true; }

ok() { echo "ok   many: $*"; }
fail() { echo "FAIL many: $*"; }
check() { if [ "$2" = "$3" ]; then ok "$1 ($2)"; else fail "$1: $2, not $3"; fi; }

# reach COUNT: waits until so many are recorded, for as long as the run goes on.
reach() {
  until [ "$(recorded)" -ge "$1" ]; do
    if ! kill -0 "$run" 2>/dev/null; then
      fail "the run ended at $(recorded) of $count: $(tail -3 parallel.out | tr '\n' ' ')"
      exit 1
    fi
    sleep 0.02
  done
}

# The second host dies with everything on it, and does not come back in this run; then everything else does.
recipe &
run=$!
reach 60
touch down-two
# The tree below a process: the shell that parallel starts, and the program in it.
tree() { echo "$1"; for child in $(pgrep -P "$1" || true); do tree "$child"; done; }
# shellcheck disable=SC2046
kill -KILL $(for pid in $(cat pids-two); do tree "$pid"; done) 2>/dev/null || true
reach 120
# shellcheck disable=SC2046
kill -KILL $(tree "$run") 2>/dev/null || true
wait "$run" 2>/dev/null || true
before=$(recorded)
if [ "$before" -lt "$count" ]; then ok "killed with $before of $count built"; else fail "nothing was left to resume"; fi
cp --archive out before

rm down-two
recipe || true
cat manifest-*.jsonl >manifest.jsonl
check "every dossier has a record" "$(jq -r .input manifest.jsonl | sort -u | cmp - list && echo all)" all
check "each exactly once" "$(jq -r .input manifest.jsonl | sort | uniq -d | wc -l)" 0
check "none failed" "$(jq 'select(.exit != 0)' manifest.jsonl | wc -l)" 0
check "outputs are those that were recorded" \
  "$(jq -r '.outputs[] | "\(.sha256)  \(.path)"' manifest.jsonl | sha256sum --check --quiet && echo all)" all
check "nothing else is there" "$(find out -type f | wc -l)" $((3 * count))
check "nothing was left behind" "$(find out -name '.*' -mindepth 1 | wc -l)" 0
# What was built before the kill was not touched again: same inode times as in the copy.
touched=$(cd before && find . -type f -name '*.ics' -printf '%p %T@\n' | sort >../times && cd ../out &&
  find . -type f -name '*.ics' -printf '%p %T@\n' | sort | join - ../times | awk '$2 != $3' | wc -l)
if [ "$touched" -le 4 ]; then
  ok "what was built before the kill was left alone (built again: $touched under way at the kills)"
else
  fail "$touched dossiers were built again"
fi
