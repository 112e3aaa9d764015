"""The same events with Python's icalendar, from finished texts and times.

usage: icalendar_calendar.py events FROM.ics OUT.json   takes the events out of a calendar
       icalendar_calendar.py write EVENTS.json OUT.ics
"""

import datetime
import json
import sys
import zoneinfo

import icalendar

TEXTS = ("UID", "SUMMARY", "DESCRIPTION", "LOCATION")
TIMES = ("DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED")


def moment(value):
    return {"at": value.replace(tzinfo=None).isoformat(), "zone": str(value.tzinfo) if value.tzinfo else None}


def events(source):
    calendar = icalendar.Calendar.from_ical(open(source, "rb").read())
    for event in calendar.walk("VEVENT"):
        yield {
            "texts": {name: str(event[name]) for name in TEXTS if name in event},
            "times": {name: moment(event[name].dt) for name in TIMES if name in event and isinstance(event[name].dt, datetime.datetime)},
            "alarms": [int(alarm["TRIGGER"].dt.total_seconds()) for alarm in event.walk("VALARM")],
        }


def written(listed):
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//peers//EN")
    calendar.add("version", "2.0")
    for fields in listed:
        event = icalendar.Event()
        for name, text in fields["texts"].items():
            event.add(name, text)
        for name, value in fields["times"].items():
            at = datetime.datetime.fromisoformat(value["at"])
            event.add(name, at.replace(tzinfo=zoneinfo.ZoneInfo(value["zone"])) if value["zone"] else at)
        for seconds in fields["alarms"]:
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", fields["texts"]["SUMMARY"])
            alarm.add("trigger", datetime.timedelta(seconds=seconds))
            event.add_component(alarm)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


_, what, source, out = sys.argv
if what == "events":
    with open(out, "w", encoding="utf-8") as file:
        json.dump(list(events(source)), file)
else:
    with open(source, encoding="utf-8") as file:
        listed = json.load(file)
    with open(out, "wb") as file:
        file.write(written(listed))
