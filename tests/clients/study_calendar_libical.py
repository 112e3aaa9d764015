"""Reads the calendar with libical (the library in Evolution, GNOME Calendar and KOrganizer) and compares
what it sees with the facts that two other parsers agreed on. Runs on Debian's Python, which has the binding.

usage: study_calendar_libical.py CALENDAR.ics FACTS.json
"""

import json
import sys
from datetime import datetime, timezone

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402

from report import Report


def each(component, kind):
    found = component.get_first_component(kind)
    while found is not None:
        yield found
        found = component.get_next_component(kind)


def instant(moment, calendar, property):
    """UTC as text; the rules are those of the file's own VTIMEZONE."""
    if moment.is_date():
        return f"{moment.get_year():04}-{moment.get_month():02}-{moment.get_day():02}"
    parameter = property.get_first_parameter(ICalGLib.ParameterKind.TZID_PARAMETER)
    zone = calendar.get_timezone(parameter.get_tzid()) if parameter else ICalGLib.Timezone.get_utc_timezone()
    return datetime.fromtimestamp(moment.as_timet_with_zone(zone), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def alarm(component):
    value = lambda kind: component.get_first_property(kind)
    return {
        "trigger": float(value(ICalGLib.PropertyKind.TRIGGER_PROPERTY).get_trigger().get_duration().as_int()),
        "action": value(ICalGLib.PropertyKind.ACTION_PROPERTY).get_value_as_string(),
        "description": component.get_description(),
    }


def facts(event, calendar):
    start = event.get_first_property(ICalGLib.PropertyKind.DTSTART_PROPERTY)
    end = event.get_first_property(ICalGLib.PropertyKind.DTEND_PROPERTY)
    return {
        "start": instant(start.get_dtstart(), calendar, start),
        "end": instant(end.get_dtend(), calendar, end),
        "summary": event.get_summary(),
        "description": event.get_description() or "",
        "alarms": [alarm(one) for one in each(event, ICalGLib.ComponentKind.VALARM_COMPONENT)],
    }


def main():
    report = Report("calendar, libical")
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        calendar = ICalGLib.Component.new_from_string(file.read())
    with open(sys.argv[2], encoding="utf-8") as file:
        agreed = json.load(file)
    report.check("it finds no error", calendar.count_errors() == 0)
    seen = {event.get_uid(): facts(event, calendar) for event in each(calendar, ICalGLib.ComponentKind.VEVENT_COMPONENT)}
    report.none("the same events", seen.keys() ^ agreed.keys())
    for what, keys in [("instants", ["start", "end"]), ("summaries", ["summary"]), ("descriptions", ["description"]), ("alarms", ["alarms"])]:
        differing = [uid for uid in seen.keys() & agreed.keys() if any(seen[uid][key] != agreed[uid][key] for key in keys)]
        report.none(f"the same {what}", differing)
    report.close()


main()
