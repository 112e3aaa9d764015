//! `dossier plan`: the study plan in the terminal.

use super::args::{Format, PlanArgs};
use super::clock::Clock;
use super::exit::Exit;
use super::input::{self, Input};
use super::planning;
use super::terminal::Terminal;
use crate::diagnostic::has_errors;
use crate::export::sessions;
use crate::plan::Plan;
use crate::theme::{Templates, fill};
use serde_json::{Value, json};
use std::path::Path;

/// Shows the plan of each file.
pub fn plan(args: &PlanArgs, terminal: &Terminal) -> Exit {
    let clock = match Clock::new(args.input.today) {
        Ok(clock) => clock,
        Err(message) => {
            terminal.error(&message);
            return Exit::Usage;
        }
    };
    let templates = match input::templates(args.input.templates.as_deref(), terminal) {
        Ok(templates) => templates,
        Err(exit) => return exit,
    };
    let exits: Vec<Exit> = args.input.files.iter().map(|file| one(file, clock, &templates, terminal)).collect();
    Exit::of_all(&exits)
}

fn one(file: &Path, clock: Clock, templates: &Templates, terminal: &Terminal) -> Exit {
    let input = match input::input(file, templates, terminal) {
        Ok(input) => input,
        Err(exit) => return exit,
    };
    let now = clock.now(input.dossier.study_zone());
    let planned = match planning::plan(&input, now, None, &[]) {
        Ok(planned) => planned,
        Err(message) => {
            terminal.error(&format!("{}: {message}", input.source.name));
            return Exit::Bug;
        }
    };
    let plan = planned.plan;
    let mut diagnostics = input.diagnostics.clone();
    diagnostics.extend(planned.diagnostics);
    diagnostics.extend(planning::remarks(&input, plan.as_ref(), now));
    terminal.diagnostics(&input.source, &diagnostics);
    if has_errors(&diagnostics) {
        return Exit::Input;
    }
    let text = match (&plan, terminal.format) {
        (None, _) => String::new(),
        (Some(plan), Format::Json) => format!("{}\n", as_json(&input, plan)),
        (Some(plan), Format::Human | Format::Github) => as_table(&input, plan),
    };
    if terminal.data(text.as_bytes()) { Exit::Fine } else { Exit::System }
}

/// A line for each session, and what it comes to.
fn as_table(input: &Input, plan: &Plan) -> String {
    let labels = &input.theme.labels;
    let mut out = String::new();
    let mut day = None;
    for session in &plan.sessions {
        let date = session.start.date();
        let shown = if day == Some(date) { String::new() } else { labels.dates.short(date) };
        day = Some(date);
        let title = sessions::title(session, &input.dossier, plan, labels);
        let (time, minutes) = (labels.dates.time(session.start.time()), labels.dates.minutes(session.minutes.0));
        out.push_str(&format!("{shown:17} {time:>6} {minutes:>12}  {title}\n"));
    }
    out.push_str(&format!("\n{}\n", capacity(input, plan)));
    out
}

/// `22 h 30 min planned of 34 h free. Nothing was cut.`
fn capacity(input: &Input, plan: &Plan) -> String {
    let (labels, dates) = (&input.theme.labels.briefing, &input.theme.labels.dates);
    let (planned, free) = (dates.minutes(plan.capacity.planned.0), dates.minutes(plan.capacity.free.0));
    let first = fill(&labels.capacity, &[("planned", &planned), ("free", &free)]);
    if plan.cut.is_empty() { format!("{first} {}", labels.nothing_cut) } else { first }
}

fn as_json(input: &Input, plan: &Plan) -> Value {
    let labels = &input.theme.labels;
    let sessions: Vec<Value> = plan
        .sessions
        .iter()
        .map(|session| {
            json!({
                "start": session.start.to_string(),
                "minutes": session.minutes,
                "title": sessions::title(session, &input.dossier, plan, labels),
                "why": sessions::reason(session.reason, labels),
            })
        })
        .collect();
    let topics: Vec<Value> = plan
        .topics
        .iter()
        .map(|topic| {
            json!({
                "name": topic.name, "slug": topic.slug, "confidence": topic.confidence,
                "priority": topic.priority, "needed": topic.needed, "planned": topic.planned,
            })
        })
        .collect();
    let capacity =
        json!({ "free": plan.capacity.free, "needed": plan.capacity.needed, "planned": plan.capacity.planned });
    let cut: Vec<Value> =
        plan.cut.iter().map(|cut| json!({ "what": format!("{:?}", cut.kind), "minutes": cut.minutes })).collect();
    json!({ "file": input.source.name, "time_zone": plan.time_zone, "sessions": sessions, "topics": topics, "capacity": capacity, "cut": cut })
}
