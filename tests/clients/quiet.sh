#!/usr/bin/env bash
# What a build asks of the system: no network, no file outside of its folders, and nothing lost on a full or a
# read-only disk.  quiet.sh DOSSIER INPUT
set -euo pipefail
dossier=$(realpath "$1")
input=$(realpath "$2")
work=$(realpath "$(mktemp -d)")
trap 'umount "$work/small" "$work/still" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/run"
cd "$work/run"
cp "$input" prep.yaml

ok() { echo "ok   quiet: $*"; }
fail() { echo "FAIL quiet: $*"; }

# Every call is seen by strace; the second list is what may be opened besides the folder itself.
for command in "build prep.yaml" "check prep.yaml" "plan prep.yaml" "build --files-from list --manifest m.jsonl --jobs 2 -o many"; do
  echo prep.yaml >list
  # shellcheck disable=SC2086
  strace -f -qq -e trace=%network,%file,io_uring_setup -e signal=none -o calls "$dossier" $command >said 2>&1 || { fail "$command: $(tail -1 said)"; continue; }
  if grep -E ' (socket|socketpair|connect|bind|listen|accept4?|send(to|msg|mmsg)|recv(from|msg|mmsg)|io_uring_setup)\(' calls >sockets; then
    fail "$command: $(head -1 sockets)"
  else
    ok "$command opens no socket"
  fi
  # Paths that are made, written to, renamed or removed.
  grep -E ' (open|openat|creat)\(.*O_(WRONLY|RDWR|CREAT)|(rename|unlink|mkdir|rmdir|link|symlink|truncate|chmod|chown)[a-z0-9]*\(' calls |
    grep -oE '"[^"]*"' | tr -d '"' | grep -vE "^($work/run|[^/])" | grep -vE '^/dev/(null|tty)$' | sort -u >outside || true
  if grep -E '(^|/)\.\.(/|$)' <(grep -oE '"[^"]*"' calls) >/dev/null || [ -s outside ]; then
    fail "$command writes outside of its folder: $(head -3 outside | tr '\n' ' ')"
  else
    ok "$command writes nothing outside of its folder"
  fi
done
strace -f -qq -e trace=openat -e signal=none -o calls "$dossier" build prep.yaml -o elsewhere >/dev/null 2>&1
grep -oE '"/[^"]*"' calls | tr -d '"' | grep -vE "^($work/run|/etc/ld\.so|/lib|/usr/lib|/proc/|/sys/|/dev/(null|urandom)|/usr/share/zoneinfo|/etc/localtime)" | sort -u >read || true
if [ -s read ]; then fail "reads $(head -3 read | tr '\n' ' ')"; else ok "reads nothing but its input and the system's libraries"; fi

if unshare --net true 2>/dev/null; then
  if unshare --net "$dossier" build prep.yaml -o unplugged >said 2>&1; then ok "builds without any network"; else fail "without a network: $(tail -1 said)"; fi
else
  echo "skip quiet: this machine lets nobody make a namespace; the network was watched, not taken away"
fi

# Disks that are full or read-only stop root, too.
mkdir "$work/small" "$work/still"
if mount -t tmpfs -o size=120k none "$work/small" 2>/dev/null; then
  "$dossier" build prep.yaml --only calendar -o "$work/small" >said 2>&1
  cp "$work/small/prep.ics" first.ics
  status=0
  "$dossier" build prep.yaml --missed 2026-11-24..2026-11-30 -o "$work/small" >said 2>&1 || status=$?
  if [ "$status" = 4 ] && cmp -s "$work/small/prep.ics" first.ics && [ "$(ls -A "$work/small")" = prep.ics ]; then
    ok "a full disk: exit 4, the earlier file untouched, nothing left behind"
  else
    fail "a full disk: exit $status, $(ls -A "$work/small" | tr '\n' ' ') $(tail -1 said)"
  fi
  mount -t tmpfs none "$work/still" && cp first.ics "$work/still/prep.ics" && mount -o remount,ro "$work/still"
  status=0
  "$dossier" build prep.yaml -o "$work/still" >said 2>&1 || status=$?
  if [ "$status" = 4 ] && cmp -s "$work/still/prep.ics" first.ics; then
    ok "a read-only folder: exit 4 ($(tail -1 said | cut -c1-90))"
  else
    fail "a read-only folder: exit $status, $(tail -1 said)"
  fi
else
  echo "skip quiet: this machine lets nobody mount; full and read-only disks were not tried"
fi
