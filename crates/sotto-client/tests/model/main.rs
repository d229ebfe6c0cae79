//! Does every client end with the same thread, and is it the one that a simple model says? Five clients, random histories, cut lines, wrong
//! clocks and kill -9.
//!
//! Each client is a program of its own with a real vault (`client`), behind a line that can be cut (`line`); the server is the real one. A history
//! (`history`) is drawn from a seed and played step by step (`play`); then everybody comes back and what they show is compared with each other
//! and with the model (`settle`, `model`). `SOTTO_MODEL_RUNS` says how many histories (50 otherwise), `SOTTO_MODEL_SEED` the first one's seed;
//! a seed alone replays that one history.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod client;
mod history;
mod line;
mod machine;
mod model;
mod order;
mod play;
mod seen;
mod settle;
#[path = "../support/mod.rs"]
mod support;
mod ward;

use std::time::Instant;

use sotto_client::clock::{Clock as _, SystemClock};

use play::{Play, Tally};
use ward::Ward;

/// The test that the clients are started as, too.
const TEST: &str = "random_histories_of_five_clients_end_alike";
/// The address that a client reports to; whoever has it in the environment is one.
const DOOR: &str = "SOTTO_TEST_MODEL_DOOR";
/// Histories of a run that nobody asked for otherwise.
const RUNS: u64 = 50;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

#[test]
fn random_histories_of_five_clients_end_alike() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match std::env::var(DOOR) {
        Ok(door) => runtime.block_on(client::run(&door)),
        Err(_) => runtime.block_on(play_all()),
    }
}

async fn play_all() {
    let seed = setting("SOTTO_MODEL_SEED");
    let runs = setting("SOTTO_MODEL_RUNS").unwrap_or(if seed.is_some() { 1 } else { RUNS });
    let first = seed.unwrap_or_else(|| SystemClock.wall_ms());
    eprintln!("model: SOTTO_MODEL_SEED={first}, {runs} histories");
    let started = Instant::now();
    let mut ward = Ward::open().await;
    let opened = started.elapsed();
    let mut tally = Tally::default();
    for seed in first..first + runs {
        let history = history::draw(seed);
        let mut play = Play::begin(&mut ward, seed, &history).await;
        for step in &history.steps {
            play.step(step).await;
        }
        tally += play.settle(&history).await;
    }
    ward.close().await;
    let Tally { deeds, messages, kills, cuts } = tally;
    let all = started.elapsed();
    eprintln!(
        "model: {runs} histories in {all:.1?}, {opened:.1?} of it to enrol: {deeds} deeds, {messages} messages, {kills} kills, {cuts} cuts"
    );
    let enough = runs < RUNS || (messages >= 5 * runs && kills >= runs / 2 && cuts >= runs / 2);
    assert!(enough, "too little happened to show anything");
}
