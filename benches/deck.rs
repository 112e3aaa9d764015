//! Times the deck: the example, and twenty thousand notes, each as a first build and with the
//! earlier package as the memory.

use divan::Bencher;
use jiff::Timestamp;
use prep_dossier::dossier::{self, Dossier};
use prep_dossier::export::deck::{Options, deck};
use prep_dossier::theme::{Templates, Theme};
use std::fmt::Write;

#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

fn read(yaml: &str) -> Dossier {
    let reading = dossier::read("bench.yaml", yaml.as_bytes());
    reading.dossier.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

fn example() -> Dossier {
    read(include_str!("../input/fintech-innovators.yaml"))
}

/// Questions with answers of the length that people write.
fn many(notes: usize) -> Dossier {
    let mut yaml = String::from("dossier: 1\njob: {company: Bulk, role: Engineer}\nquestions:\n");
    for number in 0..notes {
        if number % 200 == 0 {
            let _ = writeln!(yaml, "  Topic {}:", number / 200);
        }
        let _ = writeln!(
            yaml,
            "    - {{question: What happens to the offset when consumer {number} leaves its group?, answer: 'Answer {number}: \
             a paragraph of about two hundred characters, which is what people write, with a `code span` and a **strong** \
             word, so that there is something to turn into the language of the card.'}}"
        );
    }
    read(&yaml)
}

fn theme(dossier: &Dossier) -> Theme {
    match Theme::load(Templates::default(), &dossier.language) {
        Ok((theme, _)) => theme,
        Err(problems) => panic!("{problems:?}"),
    }
}

fn moment() -> Timestamp {
    Timestamp::constant(1_795_420_800, 0)
}

fn first(bencher: Bencher<'_, '_>, dossier: &Dossier) {
    let theme = theme(dossier);
    bencher.bench(|| deck(dossier, &theme, &Options::at(moment())).map(|deck| deck.bytes.len()));
}

fn again(bencher: Bencher<'_, '_>, dossier: &Dossier) {
    let theme = theme(dossier);
    let earlier = deck(dossier, &theme, &Options::at(moment())).map(|deck| deck.bytes).unwrap_or_default();
    bencher.bench(|| {
        let options = Options { previous: Some(&earlier), ..Options::at(moment()) };
        deck(dossier, &theme, &options).map(|deck| deck.bytes.len())
    });
}

#[divan::bench]
fn example_first(bencher: Bencher<'_, '_>) {
    first(bencher, &example());
}

#[divan::bench]
fn example_again(bencher: Bencher<'_, '_>) {
    again(bencher, &example());
}

#[divan::bench(sample_count = 10)]
fn twenty_thousand_first(bencher: Bencher<'_, '_>) {
    first(bencher, &many(20_000));
}

#[divan::bench(sample_count = 10)]
fn twenty_thousand_again(bencher: Bencher<'_, '_>) {
    again(bencher, &many(20_000));
}
