"""Reads the calendar with two independent parsers and holds it against the dossier and the time zone database.

usage: study_calendar.py DOSSIER.yaml CALENDAR.ics FACTS.json
The facts on which both parsers agree go to FACTS.json, for a third one to agree with.
"""

import json
import re
import sys
import zoneinfo
from collections import Counter
from datetime import date, datetime, time, timedelta, timezone

import icalendar
import vobject
from icalendar.timezone import TZP

from report import Report
from source import load

zoneinfo.reset_tzpath(to=[])  # the pinned `tzdata`, not whatever the system has
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def instant(moment):
    """UTC as text; a day without a time stays a day."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def trigger(value):
    return value.total_seconds() if isinstance(value, timedelta) else instant(value)


def read_with_icalendar(data):
    """Each event's facts by uid. Local times become instants through the file's own VTIMEZONE."""
    calendar = icalendar.Calendar.from_ical(data)
    # lookup_tzid=False: otherwise icalendar would use the system's zone of that name and never read the rules.
    zones = {str(zone["TZID"]): zone.to_tz(TZP("zoneinfo"), lookup_tzid=False) for zone in calendar.walk("VTIMEZONE")}

    def moment(property):
        tzid = property.params.get("TZID")
        return instant(property.dt.replace(tzinfo=zones[tzid]) if tzid else property.dt)

    def end(event):
        if "DTEND" in event:
            return moment(event["DTEND"])
        return instant(datetime.fromisoformat(moment(event["DTSTART"])) + event["DURATION"].dt)

    return {
        str(event["UID"]): {
            "start": moment(event["DTSTART"]),
            "end": end(event),
            "summary": str(event["SUMMARY"]),
            "description": str(event.get("DESCRIPTION", "")),
            "alarms": [
                {"trigger": trigger(alarm["TRIGGER"].dt), "action": str(alarm["ACTION"]), "description": str(alarm["DESCRIPTION"])}
                for alarm in event.walk("VALARM")
            ],
        }
        for event in calendar.walk("VEVENT")
    }


def read_with_vobject(text):
    def end(event):
        return event.dtend.value if "dtend" in event.contents else event.dtstart.value + event.duration.value

    return {
        event.uid.value: {
            "start": instant(event.dtstart.value),
            "end": instant(end(event)),
            "summary": event.summary.value,
            "description": event.description.value if "description" in event.contents else "",
            "alarms": [
                {"trigger": trigger(alarm.trigger.value), "action": alarm.action.value, "description": alarm.description.value}
                for alarm in event.contents.get("valarm", [])
            ],
        }
        for event in vobject.readOne(text).contents.get("vevent", [])
    }


def check_lines(report, data):
    lines = data.split(b"\r\n")
    report.check("every line ends in CRLF, the last one too", lines[-1] == b"" and not re.search(rb"[\r\n]", b"".join(lines)))
    report.none("no line is longer than 75 octets", [line for line in lines if len(line) > 75])
    torn = [line for line in lines if line.decode("utf-8", "replace").encode() != line]
    report.none("no fold tears a character", torn)


def check_properties(report, calendar):
    events = list(calendar.walk("VEVENT"))
    report.check("there is no METHOD", "METHOD" not in calendar)
    for name in ["UID", "DTSTAMP", "DTSTART", "SUMMARY"]:
        report.none(f"every event has {name}", [event.get("SUMMARY") for event in events if name not in event])
    report.none("every event has DTEND or DURATION", [event["UID"] for event in events if "DTEND" not in event and "DURATION" not in event])
    uids = Counter(event["UID"] for event in events)
    report.none("UIDs are unique", [uid for uid, times in uids.items() if times > 1])
    zones = {zone["TZID"] for zone in calendar.walk("VTIMEZONE")}
    used = {event[name].params.get("TZID") for event in events for name in ("DTSTART", "DTEND") if name in event}
    report.none("every TZID has a VTIMEZONE", used - zones - {None})
    for name in ["TRIGGER", "ACTION", "DESCRIPTION"]:
        lacking = [event["SUMMARY"] for event in events for alarm in event.walk("VALARM") if name not in alarm]
        report.none(f"every alarm has {name}", lacking)


def check_zones(report, calendar, facts):
    """The file's own rules must give the instants that the time zone database gives."""
    zones = {str(zone["TZID"]): zone for zone in calendar.walk("VTIMEZONE")}
    times = [(event, name) for event in calendar.walk("VEVENT") for name in ("DTSTART", "DTEND") if name in event]
    pairs = {tzid: Counter(rule.name for rule in zone.subcomponents) for tzid, zone in zones.items()}
    report.none("a VTIMEZONE has one yearly pair at most", [tzid for tzid, rules in pairs.items() if max(rules.values()) > 1])
    floating = [event["SUMMARY"] for event, name in times
                if isinstance(event[name].dt, datetime) and event[name].dt.tzinfo is None]
    report.none("no time is without a zone", floating)
    wrong = []
    for event, name in times:
        if "TZID" in event[name].params:
            local = event[name].dt.replace(tzinfo=zoneinfo.ZoneInfo(event[name].params["TZID"]))
            if instant(local) != facts[event["UID"]]["start" if name == "DTSTART" else "end"]:
                wrong.append(f"{name} of {event['SUMMARY']}")
    report.none("VTIMEZONE and tzdata give the same instants", wrong)


def minutes(text):
    """`45 min`, `3h`, `1h30`"""
    hours, rest = re.fullmatch(r"(?:(\d+)\s*h)?\s*(\d+)?\s*(?:min)?", text.strip()).groups()
    return 60 * int(hours or 0) + int(rest or 0)


def free_hours(study, day):
    """The ranges in which one may study on a day, as pairs of wall times."""
    for entry in study.get("days_off", []):
        first, _, last = entry.partition("..")
        if first <= day.isoformat() <= (last or first):
            return []
    kinds = [DAYS[day.weekday()], "weekend" if day.weekday() > 4 else "weekdays", "everyday"]
    ranges = next((study["hours"][kind] for kind in kinds if kind in study["hours"]), [])
    ranges = [ranges] if isinstance(ranges, str) else ranges
    return [tuple(time.fromisoformat(end) for end in re.split("[-–]", span)) for span in ranges]


def check_plan(report, dossier, calendar, facts):
    interview, study = dossier["interview"], dossier["study"]
    begins = datetime.fromisoformat(interview["date"]).replace(tzinfo=zoneinfo.ZoneInfo(interview["time_zone"]))
    ends = begins + timedelta(minutes=minutes(interview["duration"]))
    off = {str(event["UID"]) for event in calendar.walk("VEVENT") if event.get("STATUS") == "CANCELLED"}
    live = {uid: fact for uid, fact in facts.items() if uid not in off}
    rounds = [uid for uid, fact in live.items() if (fact["start"], fact["end"]) == (instant(begins), instant(ends))]
    report.check(f"the interview is there, {begins:%Y-%m-%d %H:%M} {begins.tzinfo}, {interview['duration']}", len(rounds) == 1)

    zone = zoneinfo.ZoneInfo(study.get("time_zone", interview["time_zone"]))
    local = lambda text: datetime.fromisoformat(text).astimezone(zone)
    sessions = sorted((local(fact["start"]), local(fact["end"]), fact["summary"]) for uid, fact in live.items() if uid not in rounds)
    report.check("there are study sessions", len(sessions) > 0, f"{len(sessions)}")
    report.none("every session has a length", [name for start, end, name in sessions if start >= end])
    report.none("no two sessions overlap", [f"{a} / {b}" for (_, end, a), (start, _, b) in zip(sessions, sessions[1:]) if start < end])
    report.none("no session ends after the interview begins", [name for _, end, name in sessions if end > begins])
    first = date.fromisoformat(study["starts"])
    report.none("no session before the plan starts", [name for start, _, name in sessions if start.date() < first])
    outside = [
        f"{start:%a %Y-%m-%d %H:%M} {name}" for start, end, name in sessions
        if not any(a <= start.time() and end.time() <= b and start.date() == end.date() for a, b in free_hours(study, start.date()))
    ]
    report.none("every session is inside the study hours, none on a day off", outside)
    a_day = Counter()
    for start, end, _ in sessions:
        a_day[start.date()] += (end - start).total_seconds() / 60
    limit = minutes(study["max_per_day"])
    report.none(f"at most {limit} minutes a day", [f"{day}: {total:.0f}" for day, total in a_day.items() if total > limit])


def main():
    dossier = load(sys.argv[1])
    with open(sys.argv[2], "rb") as file:
        data = file.read()
    report = Report("calendar")
    check_lines(report, data)
    calendar = icalendar.Calendar.from_ical(data)
    broken = [f"{event.get('SUMMARY')}: {error}" for event in calendar.walk() for error in event.errors]
    report.none("icalendar has nothing to complain of", broken)
    check_properties(report, calendar)
    if report.failed:
        report.close()  # the rest would only stumble over what is missing

    facts, others = read_with_icalendar(data), read_with_vobject(data.decode())
    differing = [f"{uid} {key}" for uid in facts.keys() | others.keys() for key in ("start", "end", "summary", "description", "alarms")
                 if facts.get(uid, {}).get(key) != others.get(uid, {}).get(key)]
    report.none("icalendar and vobject agree on every event", differing)
    check_zones(report, calendar, facts)
    check_plan(report, dossier, calendar, facts)
    with open(sys.argv[3], "w", encoding="utf-8") as file:
        json.dump(facts, file, ensure_ascii=False, indent=1, sort_keys=True)
    report.close()


main()
