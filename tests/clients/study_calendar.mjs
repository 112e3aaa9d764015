// Reads the calendar with ical.js (the parser in Thunderbird and Nextcloud) and compares what it
// sees with the facts that two other parsers agreed on.
//
// usage: study_calendar.mjs CALENDAR.ics FACTS.json
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import ICAL from "ical.js";

const [calendarPath, factsPath] = process.argv.slice(2);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(calendarPath, "utf8")));
const agreed = JSON.parse(readFileSync(factsPath, "utf8"));

const instant = (time) =>
  time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");

const alarm = (component) => {
  const trigger = component.getFirstPropertyValue("trigger");
  return {
    trigger: trigger instanceof ICAL.Duration ? trigger.toSeconds() : instant(trigger),
    action: component.getFirstPropertyValue("action"),
    description: component.getFirstPropertyValue("description"),
  };
};

// ICAL.Event resolves a TZID through the VTIMEZONE of the calendar around it.
const seen = Object.fromEntries(
  calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return [
      event.uid,
      {
        start: instant(event.startDate),
        end: instant(event.endDate),
        summary: event.summary,
        description: event.description ?? "",
        alarms: component.getAllSubcomponents("valarm").map(alarm),
      },
    ];
  }),
);

let failed = false;
const check = (what, offenders) => {
  const few = offenders.slice(0, 3).join("; ") + (offenders.length > 3 ? `; and ${offenders.length - 3} more` : "");
  console.log(`${offenders.length ? "FAIL" : "ok  "} calendar, ical.js: ${what}${few && ` (${few})`}`);
  failed ||= offenders.length > 0;
};

const uids = Object.keys(agreed);
check("the same events", [...Object.keys(seen).filter((uid) => !agreed[uid]), ...uids.filter((uid) => !seen[uid])]);
for (const [what, keys] of [["the same instants", ["start", "end"]], ["the same summaries", ["summary"]],
  ["the same descriptions", ["description"]], ["the same alarms", ["alarms"]]]) {
  check(what, uids.filter((uid) => !keys.every((key) => isDeepStrictEqual(seen[uid]?.[key], agreed[uid][key]))));
}
process.exitCode = failed ? 1 : 0;
