//! The plan itself: what happened stays, what was planned before keeps its slot while that is legal,
//! the rest takes the nearest free time, most important first.

use super::diary::{Diary, SHORTEST};
use super::earlier::{Earlier, Slot};
use super::frame::{Frame, span};
use super::free;
use super::needs;
use super::wants::{self, Stage, Want, What};
use super::{Busy, Capacity, Cut, Kind, Plan, Reason, Session, Topic};
use crate::dossier::{Confidence, Dossier, Minutes};
use jiff::{Timestamp, ToSpan};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Minutes on the last day before the round.
const LIGHT_DAY: u32 = 60;

/// Plans shorter than this cannot afford a light day.
const DAYS_FOR_A_LIGHT_DAY: i32 = 8;

/// A plan under way.
struct Scheduler<'a> {
    frame: &'a Frame,
    earlier: &'a Earlier,
    topics: Vec<Topic>,
    /// Where each topic stands in that list.
    by_slug: BTreeMap<String, usize>,
    diary: Diary,
    /// The longest session.
    session: u32,
    placed: BTreeMap<(What, u32), Place>,
    /// What of that can still give way, in the order in which it would.
    light: BTreeSet<(u32, Reverse<(u32, What)>)>,
    /// Days on which a topic (or a mock interview) has its one block.
    days: BTreeSet<(Group, i32)>,
    /// What is wanted, most important first.
    wants: Vec<Want>,
    /// Minutes that squeezed sessions lack.
    lacking: Vec<Want>,
    /// The last ordinals of what the stage up to the first round holds besides topics.
    reserved: BTreeMap<What, u32>,
}

/// Who shares the rule of one block a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Topic(usize),
    Mock,
    Company,
    Ask,
    Light,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    day: i32,
    start: i64,
    minutes: u32,
    /// The less, the sooner it gives way.
    weight: u32,
    /// It has happened.
    past: bool,
}

/// Makes the plan.
pub fn schedule(dossier: &Dossier, frame: &Frame, busy: &[Busy], earlier: &Earlier) -> Plan {
    let mut diary = Diary::new(free::days(dossier, frame, busy), frame.from.as_second());
    let stage = main_stage(frame, &diary, earlier);
    if stage.days() >= DAYS_FOR_A_LIGHT_DAY {
        diary.limit(stage.last, LIGHT_DAY);
    }
    let topics = needs::topics(dossier);
    let mut scheduler = Scheduler {
        frame,
        earlier,
        by_slug: topics.iter().enumerate().map(|(index, topic)| (topic.slug.clone(), index)).collect(),
        topics,
        diary,
        session: free::session_length(dossier),
        placed: BTreeMap::new(),
        light: BTreeSet::new(),
        days: BTreeSet::new(),
        wants: Vec::new(),
        lacking: Vec::new(),
        reserved: BTreeMap::new(),
    };
    scheduler.history();
    let free = scheduler.free();
    scheduler.fill(dossier, stage);
    scheduler.finish(dossier, stage, free)
}

/// From the first day of the plan to the round it leads to.
fn main_stage(frame: &Frame, diary: &Diary, earlier: &Earlier) -> Stage {
    let round = frame.aim().day;
    Stage { origin: frame.origin, last: last_day(frame, diary, earlier, round, frame.origin), round }
}

/// The last day with free time before a round. The day of the round itself only when there never was
/// another: not because the others have passed.
fn last_day(frame: &Frame, diary: &Diary, earlier: &Earlier, round: i32, from: i32) -> i32 {
    let before = diary.last_usable(round - 1).filter(|day| *day >= from);
    let never_another = || frame.origin == 0 || earlier.slots.values().any(|slot| frame.day_of(slot.start) == round);
    before.unwrap_or_else(|| if diary.usable(round) >= SHORTEST && never_another() { round } else { round - 1 })
}

impl Scheduler<'_> {
    /// Sessions that lie in the past and did happen.
    fn history(&mut self) {
        let earlier = self.earlier;
        for ((kind, ordinal), slot) in &earlier.slots {
            let Some(what) = self.what(kind) else { continue };
            if slot.start < self.frame.now && !earlier.was_missed(*slot, &self.frame.zone) {
                self.take(what, *ordinal, self.place(*slot, 0, true));
            }
        }
    }

    /// Everything that is wanted, in the order of its importance; and where it stands.
    fn fill(&mut self, dossier: &Dossier, stage: Stage) {
        let first = self.main_wants(dossier, stage);
        self.wants.clone_from(&first);
        self.retain_all(&first);
        let later = self.refresh_wants(dossier);
        let early_reviews = self.review_wants(stage);
        self.retain_all(&early_reviews);
        self.retain_all(&later);
        self.place_all(&first, true);
        self.place_rests();
        let late = self.late_wants(&self.wants.clone(), stage);
        self.place_all(&late, false);
        self.place_rests();
        let reviews = self.review_wants(stage);
        self.place_all(&reviews, false);
        let later = self.refresh_wants(dossier);
        self.place_all(&later, false);
        self.wants.extend(reviews);
        self.wants.extend(later);
    }

    /// Learning and what every plan holds besides. Once the aim is past, what is still to be learned is
    /// learned before the last round.
    fn main_wants(&mut self, dossier: &Dossier, stage: Stage) -> Vec<Want> {
        let past = self.frame.is_past_aim();
        let hi = if past { self.last_day(self.frame.last().day, stage.round + 1) } else { stage.last };
        let by = if past || stage.days() < DAYS_FOR_A_LIGHT_DAY { hi } else { hi - 1 };
        let room = (0..=by).map(|day| self.diary.usable(day)).sum();
        let blocks: Vec<Vec<u32>> = (0..self.topics.len()).filter_map(|topic| self.blocks(topic)).collect();
        let is_short = !wants::fits(self.ahead(&blocks) + wants::FIXED_MINUTES, room);
        let learning = wants::learning(&self.topics, &blocks, stage, (by, hi), is_short);
        let mock = self.mock_minutes(dossier);
        let mocks = dossier.study.mock_interviews.map_or_else(|| self.mocks(stage, mock, room), u32::from);
        let fixed = wants::fixed(stage, self.session, mock, mocks, is_short);
        self.reserved = fixed.iter().map(|want| (want.what, want.ordinal)).collect();
        let by_days = wants::mocks(stage, mock, u32::MAX);
        self.reserved.entry(What::Mock).and_modify(|last| *last = by_days.max(*last)).or_insert(by_days);
        let fixed = if past { self.kept(fixed) } else { fixed };
        if is_short {
            let (first, later) = wants::before_learning(fixed, stage, room);
            return [first, learning, later].concat();
        }
        let (firsts, more): (Vec<Want>, Vec<Want>) = learning.into_iter().partition(|want| want.ordinal == 1);
        [firsts, fixed, more].concat()
    }

    /// Minutes of learning that have not happened yet.
    fn ahead(&self, blocks: &[Vec<u32>]) -> u32 {
        let blocks = blocks.iter().enumerate().flat_map(|(topic, lengths)| {
            (1u32..).zip(lengths).filter(move |(ordinal, _)| !self.placed.contains_key(&(What::Learn(topic), *ordinal)))
        });
        blocks.map(|(_, minutes)| minutes).sum()
    }

    /// Those that have a place already: the rest came to nothing and is no loss any more.
    fn kept(&self, wants: Vec<Want>) -> Vec<Want> {
        wants.into_iter().filter(|want| self.placed.contains_key(&(want.what, want.ordinal))).collect()
    }

    fn last_day(&self, round: i32, from: i32) -> i32 {
        last_day(self.frame, &self.diary, self.earlier, round, from)
    }

    /// Mock interviews where nothing is asked for; what was planned before is not called off as time goes.
    fn mocks(&self, stage: Stage, minutes: u32, room: u32) -> u32 {
        let needed: u32 = self.topics.iter().map(|topic| topic.needed.0).sum();
        let aim = self.frame.aim().start;
        let ours = |((kind, ordinal), slot): (&(Kind, u32), &Slot)| {
            (*kind == Kind::Mock && slot.start < aim).then_some(*ordinal)
        };
        let before = self.earlier.slots.iter().filter_map(ours).max().unwrap_or(0);
        let by_time = wants::mocks(stage, minutes, room.saturating_sub(needed));
        by_time.max(before.min(wants::mocks(stage, minutes, u32::MAX)))
    }

    fn blocks(&self, topic: usize) -> Option<Vec<u32>> {
        let what = What::Learn(topic);
        let before = |ordinal: u32| {
            let past = self.placed.get(&(what, ordinal)).map(|place| place.minutes);
            past.or_else(|| self.slot(what, ordinal).map(|slot| slot.minutes).filter(|length| self.fits(*length)))
        };
        Some(wants::blocks(self.topics.get(topic)?, self.session, before))
    }

    /// Whether a length from before is still a session; a mock interview follows the length of the round.
    fn fits(&self, minutes: u32) -> bool {
        (SHORTEST..=self.session).contains(&minutes)
    }

    /// As long as the interview, where the week has room for it.
    fn mock_minutes(&self, dossier: &Dossier) -> u32 {
        let aim = self.frame.aim();
        let round = dossier.rounds.iter().find(|round| span(round).is_some_and(|span| span.0 == aim.start));
        let asked = round.map_or(self.session, |round| round.duration.0).max(SHORTEST);
        asked.min(free::longest_stretch(dossier).max(SHORTEST))
    }

    /// Reviews of the topics that are learned so far: all first ones, then all second ones, …
    fn review_wants(&self, stage: Stage) -> Vec<Want> {
        let mut wants: Vec<Want> = Vec::new();
        for (index, topic) in self.topics.iter().enumerate() {
            if let Some(day) = self.learned(index) {
                wants.extend(wants::reviews(index, topic, day, stage, self.session));
            }
        }
        wants.sort_by_key(|want| (want.ordinal, want.wish, want.what));
        if self.frame.is_past_aim() { self.kept(wants) } else { wants }
    }

    /// Topics that found no time before the first round are learned before a later one.
    fn late_wants(&self, wants: &[Want], stage: Stage) -> Vec<Want> {
        let last = self.frame.last().day;
        if last <= stage.round {
            return Vec::new();
        }
        let hi = self.last_day(last, stage.round + 1);
        let missing = wants.iter().filter(|want| matches!(want.what, What::Learn(_)));
        let missing = missing.filter(|want| !self.placed.contains_key(&(want.what, want.ordinal)));
        missing.map(|want| Want { lo: stage.round + 1, hi, by: hi, wish: stage.round + 1, ..*want }).collect()
    }

    /// What is done again before each later round.
    fn refresh_wants(&self, dossier: &Dossier) -> Vec<Want> {
        let mut wants: Vec<Want> = Vec::new();
        let mut lasts: BTreeMap<What, u32> = BTreeMap::new();
        for (before, round) in self.frame.rounds.iter().zip(self.frame.rounds.iter().skip(1)).skip(self.frame.main) {
            let origin = before.day + 1;
            let last = self.last_day(round.day, origin).min(round.day - 1);
            if last < origin {
                continue;
            }
            let stage = Stage { origin, last, round: round.day };
            let first = |what: What| self.next_ordinal(what, &lasts);
            let mut more = wants::refresh(&self.topics, stage, self.mock_minutes(dossier), self.session, first);
            more.retain(|want| !matches!(want.what, What::Review(topic) if self.learned(topic).is_none()));
            lasts.extend(more.iter().map(|want| (want.what, want.ordinal)));
            wants.extend(more);
        }
        wants
    }

    /// The ordinal after those of the main plan and of the rounds before, of which `later` has the last ones.
    fn next_ordinal(&self, what: What, later: &BTreeMap<What, u32>) -> u32 {
        let reserved = match what {
            What::Review(_) => wants::MOST_REVIEWS,
            What::Learn(_) | What::Company | What::Ask | What::Mock | What::LightReview => {
                self.reserved.get(&what).copied().unwrap_or(0)
            }
        };
        later.get(&what).copied().unwrap_or(reserved) + 1
    }

    fn retain_all(&mut self, wants: &[Want]) {
        for want in wants {
            if !self.placed.contains_key(&(want.what, want.ordinal)) {
                self.retain(want);
            }
        }
    }

    /// Gives a session the slot it had, if that is still legal.
    fn retain(&mut self, want: &Want) -> Option<()> {
        let slot = self.slot(want.what, want.ordinal)?;
        let follows = want.what == What::Mock || !self.fits(slot.minutes);
        let minutes = if follows { want.minutes } else { slot.minutes };
        let place = self.place(slot, want.weight, false);
        let (lo, hi) = self.window(want);
        let legal = slot.start >= self.frame.earliest
            && minutes == slot.minutes
            && (lo..=hi).contains(&place.day)
            && !self.days.contains(&(group(want.what), place.day))
            && self.diary.is_open(place.day, place.start, minutes);
        legal.then(|| self.take(want.what, want.ordinal, place))
    }

    fn place_all(&mut self, wants: &[Want], may_push: bool) {
        self.retain_all(wants);
        for want in wants {
            if self.placed.contains_key(&(want.what, want.ordinal)) || !self.is_in_turn(want) {
                continue;
            }
            let placed =
                self.find(want).or_else(|| (may_push && self.may_push(want)).then(|| self.push(want)).flatten());
            if placed.is_none() && matches!(want.what, What::Learn(_)) {
                let late = Want { after: 0, ..*want };
                self.squeeze(want).or_else(|| self.find(&late)).or_else(|| self.squeeze(&late));
            }
        }
    }

    /// A topic that would find no place at all may push others aside, and so may the last look and mock
    /// interviews; other things only if they had a place and have lost it.
    fn may_push(&self, want: &Want) -> bool {
        match want.what {
            What::Learn(_) => want.ordinal == 1,
            What::Mock => true,
            What::LightReview if !wants::look_waits(self.frame.aim().day - self.frame.origin) => true,
            What::LightReview | What::Company | What::Ask | What::Review(_) => {
                self.slot(want.what, want.ordinal).is_some()
            }
        }
    }

    /// A shorter session where the whole one finds no room; what is lacking is wanted once more later.
    fn squeeze(&mut self, want: &Want) -> Option<()> {
        let (lo, hi) = self.window(want);
        let longest = self.diary.roomiest(lo, hi).min(want.minutes.saturating_sub(1));
        let shorter = (SHORTEST..=longest).rev().filter(|minutes| minutes % 5 == 0);
        let whole = want.minutes;
        shorter.map(|minutes| Want { minutes, ..*want }).find_map(|want| {
            self.find(&want)?;
            self.lacking.push(Want { minutes: whole - want.minutes, ..want });
            Some(())
        })
    }

    /// What squeezed sessions lack, as sessions of their own after the last of their topic.
    fn rest_wants(&mut self) -> Vec<Want> {
        let mut by_topic: BTreeMap<What, Want> = BTreeMap::new();
        for want in std::mem::take(&mut self.lacking) {
            by_topic.entry(want.what).and_modify(|sum| sum.minutes += want.minutes).or_insert(want);
        }
        if by_topic.is_empty() {
            return Vec::new();
        }
        let mut lasts: BTreeMap<What, u32> = BTreeMap::new();
        for want in &self.wants {
            let last = lasts.entry(want.what).or_default();
            *last = want.ordinal.max(*last);
        }
        let last = |what: What| lasts.get(&what).copied();
        let enough = by_topic.into_values().filter(|want| want.minutes >= wants::REST_OF_NEED);
        let rest: Vec<Want> =
            enough.map(|want| Want { ordinal: last(want.what).unwrap_or(0) + 1, weight: 0, ..want }).collect();
        let longer = rest.iter().filter(|want| want.minutes > self.session);
        self.lacking = longer.map(|want| Want { minutes: want.minutes - self.session, ..*want }).collect();
        let fitting = |want: Want| Want { minutes: want.minutes.min(self.session).max(SHORTEST), ..want };
        rest.into_iter().map(fitting).collect()
    }

    /// Places what squeezed sessions lack, which may be squeezed in turn.
    fn place_rests(&mut self) {
        loop {
            let rest = self.rest_wants();
            if rest.is_empty() {
                return;
            }
            self.wants.extend(&rest);
            self.place_all(&rest, false);
        }
    }

    /// Whether what it goes on from has a place.
    fn is_in_turn(&self, want: &Want) -> bool {
        let follows = matches!(want.what, What::Learn(_)) && want.ordinal > 1;
        !follows || self.placed.contains_key(&(want.what, want.ordinal - 1))
    }

    /// The free slot nearest to the wish: until the day by which it should stand, or else until the last
    /// one on which it may.
    fn find(&mut self, want: &Want) -> Option<()> {
        let (lo, hi) = self.window(want);
        let hi = (hi - want.after).max(lo).min(hi);
        let by = hi.min(want.by);
        let (day, start) = self.nearest(want, lo, by).or_else(|| self.nearest(want, lo.max(by + 1), hi))?;
        let Want { what, ordinal, minutes, weight, .. } = *want;
        self.take(what, ordinal, Place { day, start, minutes, weight, past: false });
        Some(())
    }

    fn nearest(&self, want: &Want, lo: i32, hi: i32) -> Option<(i32, i64)> {
        let lo = lo.max(0);
        if lo > hi {
            return None;
        }
        let wish = want.wish.clamp(lo, hi);
        let furthest = (wish - lo).max(hi - wish);
        let days = (0..=furthest).flat_map(|distance| [wish + distance, wish - distance]);
        // Most days are full when time is short: room is cheap to tell, so it is asked first.
        let mut open = days.filter(|day| (lo..=hi).contains(day) && self.diary.has_room(*day, want.minutes));
        open.find_map(|day| {
            let is_taken = self.days.contains(&(group(want.what), day));
            (!is_taken).then(|| self.diary.room(day, want.minutes)).flatten().map(|start| (day, start))
        })
    }

    /// Without a free slot, something less important that only kept its place gives way: the least
    /// important one whose time is enough.
    fn push(&mut self, want: &Want) -> Option<()> {
        let lighter = self.light.iter().take_while(|(weight, _)| *weight < want.weight);
        let stands_in_the_way = |key: &(What, u32)| {
            self.placed.get(key).is_some_and(|place| (want.lo.max(0)..=want.hi).contains(&place.day))
        };
        let keys = lighter.map(|(_, Reverse((ordinal, what)))| (*what, *ordinal));
        let candidates: Vec<(What, u32)> = keys.filter(stands_in_the_way).collect();
        for key in candidates {
            if !self.gives_room(key, want.minutes) {
                continue;
            }
            let removed = self.release(key);
            // Where there was no slot before, only the days that got room can give one.
            let helps = removed.iter().any(|(_, place)| self.diary.room(place.day, want.minutes).is_some());
            if helps && self.find(want).is_some() {
                return Some(());
            }
            for (key, place) in removed {
                self.take(key.0, key.1, place);
            }
        }
        None
    }

    /// New sessions of a day in the order of an evening: what is learned and recalled, then the questions to
    /// ask, the last look at the end. What was planned before keeps its slot.
    fn order_evenings(&mut self) {
        let mut days: BTreeMap<i32, Vec<(What, u32)>> = BTreeMap::new();
        for (key, place) in &self.placed {
            let is_new = self.slot(key.0, key.1).is_none_or(|slot| slot.start.as_second() != place.start);
            if !place.past && is_new {
                days.entry(place.day).or_default().push(*key);
            }
        }
        for (day, mut keys) in days {
            let start = |key: &(What, u32)| self.placed.get(key).map(|place| place.start);
            keys.sort_by_key(|key| (closes(key.0), start(key)));
            if !keys.is_sorted_by_key(start) {
                self.lay_again(day, &keys);
            }
        }
    }

    /// Gives sessions of one day their slots again, in this order; all stay where they are if one of them would
    /// find no room.
    fn lay_again(&mut self, day: i32, keys: &[(What, u32)]) {
        let before: Vec<Place> = keys.iter().filter_map(|key| self.placed.get(key).copied()).collect();
        self.give_back(&before);
        let mut after: Vec<Place> = Vec::with_capacity(before.len());
        for place in &before {
            let Some(start) = self.diary.room(day, place.minutes) else { break };
            self.diary.take(day, start, place.minutes);
            after.push(Place { start, ..*place });
        }
        if after.len() == before.len() {
            return self.placed.extend(keys.iter().copied().zip(after));
        }
        self.give_back(&after);
        for place in &before {
            self.diary.take(day, place.start, place.minutes);
        }
    }

    fn give_back(&mut self, places: &[Place]) {
        for place in places {
            self.diary.release(place.day, place.start, place.minutes);
        }
    }

    /// Whether a day may have room for so many minutes when a session is taken out: told without doing so, for most
    /// that weigh less are too short.
    fn gives_room(&self, key: (What, u32), minutes: u32) -> bool {
        self.with_followers(key)
            .iter()
            .filter_map(|key| self.placed.get(key))
            .any(|place| self.diary.has_room_without(place.day, (place.start, place.minutes), minutes))
    }

    /// A session, and with the first of a topic everything that builds on it.
    fn with_followers(&self, key: (What, u32)) -> Vec<(What, u32)> {
        let mut keys = vec![key];
        if let (What::Learn(topic), 1) = key {
            let rest = [What::Learn(topic), What::Review(topic)];
            let all = rest.into_iter().flat_map(|what| self.placed.range((what, 0)..=(what, u32::MAX)));
            keys.extend(all.filter(|(other, place)| **other != key && !place.past).map(|(key, _)| *key));
        }
        keys
    }

    /// Takes a session out of the plan, and what builds on it.
    fn release(&mut self, key: (What, u32)) -> Vec<((What, u32), Place)> {
        let mut removed = Vec::new();
        for key in self.with_followers(key) {
            if let Some(place) = self.placed.remove(&key) {
                self.diary.release(place.day, place.start, place.minutes);
                self.days.remove(&(group(key.0), place.day));
                self.light.remove(&(place.weight, Reverse((key.1, key.0))));
                removed.push((key, place));
            }
        }
        removed
    }

    /// The days a session may stand on, between its elder and younger siblings.
    fn window(&self, want: &Want) -> (i32, i32) {
        let siblings =
            |from: u32, to: u32| self.placed.range((want.what, from)..(want.what, to)).map(|(_, place)| place.day);
        let mut lo = siblings(0, want.ordinal).max().map_or(want.lo, |day| want.lo.max(day + 1));
        if let What::Review(topic) = want.what {
            lo = self.learned(topic).map_or(lo, |day| lo.max(day + 1));
        }
        let hi = siblings(want.ordinal + 1, u32::MAX).min().map_or(want.hi, |day| want.hi.min(day - 1));
        (lo, hi)
    }

    /// The day a topic was or will be met first.
    fn learned(&self, topic: usize) -> Option<i32> {
        let what = What::Learn(topic);
        self.placed.range((what, 0)..=(what, u32::MAX)).map(|(_, place)| place.day).min()
    }

    fn take(&mut self, what: What, ordinal: u32, place: Place) {
        self.diary.take(place.day, place.start, place.minutes);
        self.days.insert((group(what), place.day));
        self.placed.insert((what, ordinal), place);
        if !place.past {
            self.light.insert((place.weight, Reverse((ordinal, what))));
        }
    }

    fn place(&self, slot: Slot, weight: u32, past: bool) -> Place {
        let day = self.frame.day_of(slot.start);
        Place { day, start: slot.start.as_second(), minutes: slot.minutes, weight, past }
    }

    fn slot(&self, what: What, ordinal: u32) -> Option<Slot> {
        self.earlier.slot(&self.kind(what), ordinal)
    }

    fn what(&self, kind: &Kind) -> Option<What> {
        let index = |slug: &str| self.by_slug.get(slug).copied();
        Some(match kind {
            Kind::Learn(slug) => What::Learn(index(slug)?),
            Kind::Review(slug) => What::Review(index(slug)?),
            Kind::Company => What::Company,
            Kind::Ask => What::Ask,
            Kind::Mock => What::Mock,
            Kind::LightReview => What::LightReview,
        })
    }

    fn kind(&self, what: What) -> Kind {
        let slug = |topic: usize| self.topics.get(topic).map(|topic| topic.slug.clone()).unwrap_or_default();
        match what {
            What::Learn(topic) => Kind::Learn(slug(topic)),
            What::Review(topic) => Kind::Review(slug(topic)),
            What::Company => Kind::Company,
            What::Ask => Kind::Ask,
            What::Mock => Kind::Mock,
            What::LightReview => Kind::LightReview,
        }
    }

    /// Minutes that can be used from now on.
    fn free(&self) -> u32 {
        let last = self.frame.rounds.last().map_or(-1, |round| round.day);
        (0..=last).map(|day| self.diary.usable(day)).sum()
    }
}

/// Where an evening has it: topics and practice first, what closes it last.
fn closes(what: What) -> u8 {
    match what {
        What::Learn(_) | What::Review(_) | What::Company | What::Mock => 0,
        What::Ask => 1,
        What::LightReview => 2,
    }
}

fn group(what: What) -> Group {
    match what {
        What::Learn(topic) | What::Review(topic) => Group::Topic(topic),
        What::Mock => Group::Mock,
        What::Company => Group::Company,
        What::Ask => Group::Ask,
        What::LightReview => Group::Light,
    }
}

/// From places to the plan.
impl Scheduler<'_> {
    fn finish(mut self, dossier: &Dossier, stage: Stage, free: u32) -> Plan {
        self.order_evenings();
        let mut blocks: BTreeMap<What, u32> = BTreeMap::new();
        for want in &self.wants {
            *blocks.entry(want.what).or_default() += 1;
        }
        let session = |((what, ordinal), place): (&(What, u32), &Place)| {
            self.session(*what, *ordinal, place, (stage, blocks.get(what).copied().unwrap_or(0)))
        };
        let mut sessions: Vec<Session> = self.placed.iter().filter_map(session).collect();
        sessions
            .sort_by(|a, b| (a.start.timestamp(), &a.kind, a.ordinal).cmp(&(b.start.timestamp(), &b.kind, b.ordinal)));
        let cut = if self.frame.is_over() { Vec::new() } else { self.cut() };
        let planned: u32 = self.placed.values().filter(|place| !place.past).map(|place| place.minutes).sum();
        let needed = planned + cut.iter().map(|cut| cut.minutes.0).sum::<u32>();
        self.count_topics();
        Plan {
            time_zone: dossier.study_zone().to_owned(),
            from: self.frame.first.saturating_add(self.frame.origin.days()),
            sessions,
            cut,
            capacity: Capacity { free: Minutes(free), needed: Minutes(needed), planned: Minutes(planned) },
            topics: self.topics,
        }
    }

    /// `of` is how many blocks of its kind are wanted.
    fn session(&self, what: What, ordinal: u32, place: &Place, (stage, of): (Stage, u32)) -> Option<Session> {
        let start = Timestamp::from_second(place.start).ok()?.to_zoned(self.frame.zone.clone());
        let reason = self.reason(what, ordinal, place, (stage, of));
        Some(Session { kind: self.kind(what), ordinal, start, minutes: Minutes(place.minutes), reason })
    }

    fn reason(&self, what: What, ordinal: u32, place: &Place, (stage, of): (Stage, u32)) -> Reason {
        match what {
            What::Learn(topic) if ordinal == 1 => {
                let topic = self.topics.get(topic);
                Reason::Coverage {
                    priority: topic.map(|topic| topic.priority).unwrap_or_default(),
                    confidence: topic.map_or(Confidence::DEFAULT, |topic| topic.confidence),
                }
            }
            What::Learn(_) => Reason::MoreTime { block: ordinal, of: of.max(ordinal) },
            What::Review(_) if place.day >= stage.round => Reason::Refresh,
            What::Review(topic) => {
                let learned = self.learned(topic).unwrap_or(place.day);
                Reason::Spacing { days_since: place.day - learned, days_left: stage.round - learned }
            }
            What::Company => Reason::Early,
            What::Mock => Reason::Rehearsal { days_before: self.days_to_round(place.day) },
            What::Ask | What::LightReview => Reason::LastDay,
        }
    }

    fn days_to_round(&self, day: i32) -> i32 {
        self.frame.rounds.iter().map(|round| round.day - day).find(|days| *days >= 0).unwrap_or(0)
    }

    /// What is wanted and has no place, each kind once.
    fn cut(&self) -> Vec<Cut> {
        let mut cut: Vec<Cut> = Vec::new();
        let mut index: BTreeMap<What, usize> = BTreeMap::new();
        let missing = self.wants.iter().filter(|want| !self.placed.contains_key(&(want.what, want.ordinal)));
        for want in missing {
            let at = *index.entry(want.what).or_insert(cut.len());
            match cut.get_mut(at) {
                Some(known) => known.minutes.0 += want.minutes,
                None => cut.push(Cut { kind: self.kind(want.what), minutes: Minutes(want.minutes) }),
            }
        }
        cut
    }

    fn count_topics(&mut self) {
        for ((what, _), place) in &self.placed {
            if let What::Learn(topic) | What::Review(topic) = what
                && let Some(topic) = self.topics.get_mut(*topic)
            {
                topic.planned.0 += place.minutes;
            }
        }
    }
}
