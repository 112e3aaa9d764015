//! Who has which slot: days with their free time, and sessions that take some of it.

use super::free::{FreeDay, Span};

/// Seconds of rest between two sessions where the evening is long enough for it.
const REST: i64 = 300;

/// Minutes of the shortest session that is worth an entry in a calendar.
pub const SHORTEST: u32 = 10;

/// Sessions start on multiples of this many seconds.
const GRID: i64 = 300;

/// The days that can be planned, day 0 first.
#[derive(Debug)]
pub struct Diary {
    days: Vec<Day>,
    /// New sessions start no sooner.
    from: i64,
}

#[derive(Debug, Default)]
struct Day {
    free: Vec<Span>,
    taken: Vec<Span>,
    /// Minutes that may still be used.
    left: u32,
    /// Minutes of the longest gap; saves a look at days that are full.
    roomiest: u32,
}

impl Diary {
    /// Nothing is taken yet.
    pub fn new(days: Vec<FreeDay>, from: i64) -> Self {
        let days = days.into_iter().map(|day| {
            let mut day = Day { free: day.spans, taken: Vec::new(), left: day.limit, roomiest: 0 };
            day.measure();
            day
        });
        Self { days: days.collect(), from }
    }

    /// Minutes that can be used on a day: free and within the day's limit.
    pub fn usable(&self, day: i32) -> u32 {
        self.day(day).map_or(0, |day| day.left.min(day.gaps().map(minutes).sum()))
    }

    /// The last day up to `day` with room for a short session.
    pub fn last_usable(&self, day: i32) -> Option<i32> {
        (0..=day).rev().find(|day| self.usable(*day) >= SHORTEST)
    }

    /// No more than this on that day.
    pub fn limit(&mut self, day: i32, minutes: u32) {
        if let Some(day) = self.day_mut(day) {
            day.left = day.left.min(minutes);
        }
    }

    /// Whether a day has room, as far as can be told at a glance.
    pub fn has_room(&self, day: i32, minutes: u32) -> bool {
        self.day(day).is_some_and(|day| day.longest() >= minutes)
    }

    /// Minutes of the longest session that some day from one to another has room for, told as quickly.
    pub fn roomiest(&self, first: i32, last: i32) -> u32 {
        (first.max(0)..=last).map_while(|day| self.day(day)).map(Day::longest).max().unwrap_or(0)
    }

    /// The start of the first stretch on a day that is long enough.
    pub fn room(&self, day: i32, minutes: u32) -> Option<i64> {
        self.day(day).filter(|_| self.has_room(day, minutes))?.first_fit(minutes, self.from)
    }

    /// Whether a day may have room if a session was not there.
    pub fn has_room_without(&self, day: i32, (start, length): (i64, u32), minutes: u32) -> bool {
        self.day(day).is_some_and(|day| {
            day.left + length >= minutes && (day.roomiest >= minutes || day.gap_without(start) >= minutes)
        })
    }

    /// Whether a session can stand exactly there.
    pub fn is_open(&self, day: i32, start: i64, minutes: u32) -> bool {
        let end = start + i64::from(minutes) * 60;
        self.day(day).is_some_and(|day| day.left >= minutes && day.gaps().any(|gap| gap.0 <= start && end <= gap.1))
    }

    /// Gives a slot away.
    pub fn take(&mut self, day: i32, start: i64, minutes: u32) {
        if let Some(day) = self.day_mut(day) {
            let slot = (start, start + i64::from(minutes) * 60);
            let index = day.taken.partition_point(|taken| *taken < slot);
            day.taken.insert(index, slot);
            day.left = day.left.saturating_sub(minutes);
            day.measure();
        }
    }

    /// Takes a slot back.
    pub fn release(&mut self, day: i32, start: i64, minutes: u32) {
        if let Some(day) = self.day_mut(day)
            && let Some(index) = day.taken.iter().position(|taken| taken.0 == start)
        {
            day.taken.remove(index);
            day.left += minutes;
            day.measure();
        }
    }

    fn day(&self, day: i32) -> Option<&Day> {
        self.days.get(usize::try_from(day).ok()?)
    }

    fn day_mut(&mut self, day: i32) -> Option<&mut Day> {
        self.days.get_mut(usize::try_from(day).ok()?)
    }
}

impl Day {
    /// Minutes of the longest session that there can be room for.
    fn longest(&self) -> u32 {
        self.left.min(self.roomiest)
    }

    /// Free stretches between the sessions, in order. A session of the past may reach into them or
    /// lie outside.
    fn gaps(&self) -> impl Iterator<Item = Span> + '_ {
        self.free.iter().flat_map(|&(start, end)| {
            let inside = self.taken.iter().copied().filter(move |taken| taken.1 > start && taken.0 < end);
            let edges = inside.chain([(end, end)]);
            edges.scan(start, move |from, taken| {
                let gap = (*from, taken.0.min(end));
                *from = (*from).max(taken.1);
                Some(gap)
            })
        })
    }

    /// Minutes of the gap that there would be in the place of a session and around it.
    fn gap_without(&self, start: i64) -> u32 {
        let index = self.taken.partition_point(|taken| taken.0 < start);
        let before = index.checked_sub(1).and_then(|before| self.taken.get(before)).map_or(i64::MIN, |taken| taken.1);
        let after = self.taken.get(index + 1).map_or(i64::MAX, |taken| taken.0);
        let around = self.free.iter().find(|free| free.0 <= start && start < free.1);
        around.map_or(0, |free| minutes((free.0.max(before), free.1.min(after))))
    }

    fn measure(&mut self) {
        self.roomiest = self.gaps().map(minutes).max().unwrap_or(0);
    }

    /// The start of the first gap that is long enough; after a rest when it follows a session and the
    /// rest does not cost the gap one session of this length.
    fn first_fit(&self, minutes: u32, from: i64) -> Option<i64> {
        let length = i64::from(minutes) * 60;
        self.gaps().find_map(|(start, end)| {
            let start = on_grid(start.max(from));
            let room = end - start;
            let follows = self.taken.iter().any(|taken| taken.1 == start);
            let rest = if follows && (room - REST) / length == room / length { REST } else { 0 };
            (room >= length).then_some(start + rest)
        })
    }
}

fn on_grid(at: i64) -> i64 {
    (at + GRID - 1).div_euclid(GRID) * GRID
}

/// Whole minutes that can be used of a stretch.
fn minutes(span: Span) -> u32 {
    u32::try_from((span.1 - on_grid(span.0)) / 60).unwrap_or(0)
}
