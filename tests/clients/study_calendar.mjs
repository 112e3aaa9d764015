// Reads the calendar with ical.js (the parser in Thunderbird and Nextcloud) and node-ical (the one in
// many web calendars) and compares what each sees with the facts that two other parsers agreed on.
//
// usage: study_calendar.mjs CALENDAR.ics FACTS.json
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const [calendarPath, factsPath] = process.argv.slice(2);
const text = readFileSync(calendarPath, "utf8");
const agreed = JSON.parse(readFileSync(factsPath, "utf8"));

const iso = (date) => date.toISOString().replace(".000Z", "Z");

function withIcalJs() {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const instant = (time) => (time.isDate ? time.toString() : iso(new Date(time.toUnixTime() * 1000)));
  const alarm = (component) => {
    const trigger = component.getFirstPropertyValue("trigger");
    return {
      trigger: trigger instanceof ICAL.Duration ? trigger.toSeconds() : instant(trigger),
      action: component.getFirstPropertyValue("action"),
      description: component.getFirstPropertyValue("description"),
    };
  };
  // ICAL.Event resolves a TZID through the VTIMEZONE of the calendar around it.
  const facts = (component) => {
    const event = new ICAL.Event(component);
    return [event.uid, {
      start: instant(event.startDate),
      end: instant(event.endDate),
      summary: event.summary,
      description: event.description ?? "",
      alarms: component.getAllSubcomponents("valarm").map(alarm),
    }];
  };
  return Object.fromEntries(calendar.getAllSubcomponents("vevent").map(facts));
}

// node-ical takes the rules of a zone from Node, not from the file, and hands a trigger over as it is written.
function withNodeIcal() {
  const instant = (date) =>
    date.dateOnly
      ? [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-")
      : iso(date);
  const seconds = (trigger) => ICAL.Duration.fromString(trigger).toSeconds();
  const facts = (event) => [event.uid, {
    start: instant(event.start),
    end: instant(event.end),
    summary: event.summary,
    description: event.description ?? "",
    alarms: Object.values(event)
      .filter((part) => part?.type === "VALARM")
      .map(({ trigger, action, description }) => ({ trigger: seconds(trigger), action, description })),
  }];
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter((part) => part.type === "VEVENT");
  return Object.fromEntries(events.map(facts));
}

let failed = false;
function check(reader, what, offenders) {
  const few = offenders.slice(0, 3).join("; ") + (offenders.length > 3 ? `; and ${offenders.length - 3} more` : "");
  console.log(`${offenders.length ? "FAIL" : "ok  "} calendar, ${reader}: ${what}${few && ` (${few})`}`);
  failed ||= offenders.length > 0;
}

const uids = Object.keys(agreed);
for (const [reader, seen] of [["ical.js", withIcalJs()], ["node-ical", withNodeIcal()]]) {
  check(reader, "the same events", [...Object.keys(seen).filter((uid) => !agreed[uid]), ...uids.filter((uid) => !seen[uid])]);
  for (const [what, keys] of [["the same instants", ["start", "end"]], ["the same summaries", ["summary"]],
    ["the same descriptions", ["description"]], ["the same alarms", ["alarms"]]]) {
    check(reader, what, uids.filter((uid) => !keys.every((key) => isDeepStrictEqual(seen[uid]?.[key], agreed[uid][key]))));
  }
}
process.exitCode = failed ? 1 : 0;
