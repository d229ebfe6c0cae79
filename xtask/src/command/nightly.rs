//! `cargo xtask nightly`: what takes too long for every change.

use anyhow::Result;

use super::{WITH_UI, stage};
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::shell::{cargo, npm, which};
use crate::steps::Steps;

/// Ten times what every change gets, over five times the messages.
const KILL_ROUNDS: &str = "2000";
const KILL_MESSAGES: &str = "50000";
/// How often the right password is tried on an image from before a wipe, without the server's share and with it.
const WIPE_TRIES: &str = "100";
/// Megabytes of each of the two files that stream into a machine while it is wiped: the most that a file may have.
const WIPE_FILE_MB: &str = "100";

/// Histories of five clients, which are compared with a model; every change gets 50.
const MODEL_RUNS: &str = "500";

/// Installs the two checkers where they are missing (minutes of compiling, once), then runs everything.
pub fn run(place: &Place) -> Result<()> {
    let mut steps = Steps::new(place.output("xtask-nightly")?);
    steps.call("setup", &[], || setup::prepare(place, Purpose::Test));
    for (program, package) in [("cargo-deny", "cargo-deny"), ("typos", "typos-cli")] {
        if which(program).is_none() {
            steps.run(package, &["setup"], cargo(place, ["install", "--locked", package]));
        }
    }
    steps.run("deny", &["setup"], cargo(place, ["deny", "--all-features", "check"]));
    steps.run("typos", &["setup"], std::process::Command::new("typos"));
    steps.run("ui-build", &["setup"], npm(place, ["run", "build"]));
    steps.run("build", &["ui-build"], cargo(place, [&["build", "--workspace", "--bins", "--locked"], WITH_UI].concat()));
    let mut kills = cargo(place, ["test", "--package", "sotto-journeys", "--test", "faults", "kill::"]);
    kills.env("SOTTO_KILL_ROUNDS", KILL_ROUNDS).env("SOTTO_KILL_MESSAGES", KILL_MESSAGES);
    steps.run("kills", &["build"], kills);
    let mut streaming = cargo(place, ["test", "--package", "sotto-journeys", "--test", "faults", "wipe::downloading", "--", "--nocapture"]);
    streaming.env("SOTTO_WIPE_FILE_MB", WIPE_FILE_MB);
    steps.run("wipe-download", &["build"], streaming);
    let mut histories = cargo(place, ["test", "--package", "sotto-client", "--test", "model", "--", "--nocapture"]);
    histories.env("SOTTO_MODEL_RUNS", MODEL_RUNS);
    steps.run("histories", &["build"], histories);
    let mut screens = npm(place, ["run", "e2e:fake", "--", "--all"]);
    screens.env("CHROMIUM", setup::browser().unwrap_or_else(|| "chromium".into()));
    steps.run("ui-screens", &["setup"], screens);
    let image = ["test", "--package", "sotto-client", "--test", "control", "an_image_from_before", "--", "--nocapture"];
    let mut erased = cargo(place, image);
    erased.env("SOTTO_WIPE_TRIES", WIPE_TRIES);
    steps.run("crypto-erase", &["build"], erased);
    let packages = ["build", "--release", "--package", "sotto-server", "--package", "sotto-testkit", "--bins"];
    steps.run("release-build", &["setup"], cargo(place, packages));
    let timing =
        ["test", "--release", "--package", "sotto-server", "--test", "http", "time_tells_no_login", "--", "--ignored", "--nocapture"];
    steps.run("sign-in-time", &["release-build"], cargo(place, timing));
    let mut bench = stage(place, "release");
    bench.arg("bench");
    steps.run("bench", &["release-build"], bench);
    steps.finish()
}
