//! Whether time tells a login that somebody has from one that nobody has. It takes minutes and a quiet machine, so it runs when asked for.

use std::time::{Duration, Instant};

use sotto_protocol::api::{Base64, SignInFinishRequest, TotpCode};
use sotto_server::Limits;
use sotto_server::limits::Rate;

use super::support::{Clinic, Roamer, now};

const TRIES: usize = 2_000;

/// Prints the medians in microseconds and holds their difference to five per cent of the known one's.
fn compare(name: &str, times: &mut [Vec<Duration>; 2]) {
    let [known, unknown] = times.each_mut().map(|times| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1e6
    });
    let difference = (known - unknown).abs() / known * 100.0;
    eprintln!("{name}: known {known:.0} µs, unknown {unknown:.0} µs, difference {difference:.2} %");
    assert!(difference < 5.0, "the time of {name} tells who has a login: {difference:.2} %");
}

/// Tries of both kinds in turn, medians compared. Alone, in a release build: `cargo nextest run --release -p sotto-server --run-ignored only`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures time: minutes, alone, in a release build"]
async fn time_tells_no_login() {
    // The rate of requests is not what is measured.
    let unbound = Rate { burst: 1e9, per_second: 1e9 };
    let clinic = Clinic::found_with(Limits { device: unbound, address: unbound, ..Limits::default() }).await;
    let ana = clinic.first_person().await;
    Roamer::register(&clinic, &ana, "ana", "correct horse battery").await;
    let logins = [Roamer::named("ana", "not that one at all"), Roamer::named("nobody", "not that one at all")];
    let (mut starts, mut finishes) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for n in 0..TRIES {
        // A step of more than the throttle's longest wait: every attempt is taken.
        clinic.clock.set(now() + (n as u64 + 1) * 901_000);
        for which in [n % 2, (n + 1) % 2] {
            let began = Instant::now();
            let started = logins[which].start(&clinic, &clinic.machine).await.unwrap();
            starts[which].push(began.elapsed());
            let totp_code = TotpCode::parse("123456").unwrap();
            let forged = SignInFinishRequest { attempt: started.response.attempt, finish: Base64(vec![7; 64]), totp_code };
            let began = Instant::now();
            let refused = clinic.machine.post(&clinic, "/v1/sign-in/finish", &forged).await;
            finishes[which].push(began.elapsed());
            assert_eq!(refused.status(), 401);
        }
    }
    compare("start", &mut starts);
    compare("finish", &mut finishes);
}
