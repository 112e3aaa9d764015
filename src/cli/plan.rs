//! `dossier plan`: the study plan in the terminal.

use super::args::{Format, Output, PlanArgs};
use super::clock::Clock;
use super::exit::{Exit, Tally};
use super::input::{self, Input};
use super::planning;
use super::terminal::Terminal;
use crate::diagnostic::has_errors;
use crate::export::agenda::agenda;
use crate::export::{calendar, sessions};
use crate::plan::{Cut, Kind, Plan};
use crate::theme::Themes;
use serde_json::{Value, json};
use std::path::Path;

/// Shows the plan of each file.
pub fn plan(args: &PlanArgs, terminal: &Terminal) -> Exit {
    let (clock, themes) = match input::setting(&args.input, terminal) {
        Ok(setting) => setting,
        Err(exit) => return exit,
    };
    let exits: Tally = args.input.files.iter().map(|file| one(args, file, (clock, &themes), terminal)).collect();
    exits.exit()
}

fn one(args: &PlanArgs, file: &Path, (clock, themes): (Clock, &Themes), terminal: &Terminal) -> Exit {
    let input = match input::input(file, themes, terminal) {
        Ok(input) => input,
        Err(exit) => return exit,
    };
    let now = clock.now(input.dossier.study_zone());
    let previous = match previous(args, &input) {
        Ok(previous) => previous,
        Err(message) => {
            terminal.error(&message);
            return Exit::System;
        }
    };
    let planned = match planning::plan(&input, now, previous.as_deref(), &args.memory.missed) {
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
        (Some(plan), Format::Human | Format::Github) => {
            agenda(&input.dossier, plan, &input.theme.labels, now, terminal.screen)
        }
    };
    if terminal.data(text.as_bytes()) { Exit::Fine } else { Exit::System }
}

/// The calendar that a build would go on from, so that both plan the same.
fn previous(args: &PlanArgs, input: &Input) -> Result<Option<Vec<u8>>, String> {
    let mut name = input.stem.clone();
    name.push(format!(".{}", Output::Calendar.extension()));
    let replaced = (args.output != Path::new("-")).then(|| args.output.join(name));
    input::earlier_output(&args.memory, Output::Calendar, replaced.as_deref())
}

/// A kind of session in the words of the calendar file, and its topic's slug, if it has one.
fn kind(kind: &Kind) -> (&'static str, Option<&str>) {
    let (word, topic) = calendar::key(kind);
    (word, (!topic.is_empty()).then_some(topic))
}

fn as_json(input: &Input, plan: &Plan) -> Value {
    let labels = &input.theme.labels;
    let sessions: Vec<Value> = plan
        .sessions
        .iter()
        .map(|session| {
            let (kind, topic) = kind(&session.kind);
            json!({
                "kind": kind, "topic": topic, "ordinal": session.ordinal,
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
    let capacity = json!({
        "free": plan.capacity.free, "needed": plan.capacity.needed, "planned": plan.capacity.planned,
        "missing": plan.capacity.missing(),
    });
    let left_out = |cut: &Cut| {
        let (kind, topic) = kind(&cut.kind);
        let title = sessions::kind(&cut.kind, 1, &input.dossier, plan, labels);
        json!({ "kind": kind, "topic": topic, "title": title, "minutes": cut.minutes })
    };
    let cut: Vec<Value> = plan.cut.iter().map(left_out).collect();
    json!({ "file": input.source.name, "time_zone": plan.time_zone, "sessions": sessions, "topics": topics, "capacity": capacity, "cut": cut })
}
