//! What the server counts: numbers of things and times, never an id.

use metrics::{Counter, Gauge, Histogram, Key, Label, Level, Metadata, Recorder};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use sotto_protocol::ErrorCode;

const METADATA: Metadata<'static> = Metadata::new("sotto_server", Level::INFO, None);
const SECONDS: &[f64] = &[0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];
const ENTRIES: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];

/// The server's counters. Each server has its own: two in one process do not mix.
pub struct Metrics {
    /// Entries that were committed.
    pub appends: Counter,
    /// Entries of one commit.
    pub commit_entries: Histogram,
    /// Seconds of one commit.
    pub commit_seconds: Histogram,
    /// Feeds that are open.
    pub feeds: Gauge,
    /// Frames that were put before a feed's reader.
    pub deliveries: Counter,
    /// Feeds that fell behind and read the store instead.
    pub feeds_behind: Counter,
    /// Attempts to sign in, or to recover, that were counted.
    pub attempts: Counter,
    /// Those that succeeded.
    pub sign_ins: Counter,
    /// Logins that were set up or changed.
    pub registrations: Counter,
    /// Connections that are open.
    pub connections: Gauge,
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics(..)")
    }
}

impl Metrics {
    /// Counters at zero.
    ///
    /// # Errors
    /// Never with the buckets above, which are not empty.
    pub fn new() -> Result<Self, BuildError> {
        let builder = PrometheusBuilder::new()
            .set_buckets(SECONDS)?
            .set_buckets_for_metric(metrics_exporter_prometheus::Matcher::Full("sotto_commit_entries".to_owned()), ENTRIES)?;
        let recorder = builder.build_recorder();
        let counter = |name: &'static str| recorder.register_counter(&Key::from_static_name(name), &METADATA);
        let gauge = |name: &'static str| recorder.register_gauge(&Key::from_static_name(name), &METADATA);
        let histogram = |name: &'static str| recorder.register_histogram(&Key::from_static_name(name), &METADATA);
        Ok(Self {
            appends: counter("sotto_appends_total"),
            commit_entries: histogram("sotto_commit_entries"),
            commit_seconds: histogram("sotto_commit_seconds"),
            feeds: gauge("sotto_feeds_open"),
            deliveries: counter("sotto_deliveries_total"),
            feeds_behind: counter("sotto_feeds_behind_total"),
            attempts: counter("sotto_sign_in_attempts_total"),
            sign_ins: counter("sotto_sign_ins_total"),
            registrations: counter("sotto_registrations_total"),
            connections: gauge("sotto_connections_open"),
            handle: recorder.handle(),
            recorder,
        })
    }

    /// Counts a refusal.
    pub fn refused(&self, code: ErrorCode) {
        let key = Key::from_parts("sotto_refusals_total", vec![Label::from_static_parts("code", code.as_str())]);
        self.recorder.register_counter(&key, &METADATA).increment(1);
    }

    /// Everything, as Prometheus reads it.
    pub fn render(&self) -> String {
        self.handle.render()
    }

    /// Folds what histograms gathered, so that it does not pile up while nobody asks.
    pub fn run_upkeep(&self) {
        self.handle.run_upkeep();
    }
}
