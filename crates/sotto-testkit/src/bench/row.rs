//! What a measurement says: its value beside its target and the physical limit of the same run.

use serde_json::json;

/// Which side of the target is good.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// Nothing was promised; the value is shown for comparison.
    None,
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What was measured: `server.deliveries`, `limit.fdatasync`.
    pub metric: &'static str,
    /// The measured value.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
    /// What docs/PERFORMANCE.md promises.
    pub target: Target,
    /// What this machine could do at most, or at least needs, measured in the same run in the same unit.
    pub limit: Option<f64>,
    /// Why the value does not count, if it does not.
    pub void: Option<String>,
}

impl Row {
    /// A value without a target.
    #[must_use]
    pub const fn new(metric: &'static str, value: f64, unit: &'static str) -> Self {
        Self { metric, value, unit, target: Target::None, limit: None, void: None }
    }

    /// The same with a target.
    #[must_use]
    pub const fn target(mut self, target: Target) -> Self {
        self.target = target;
        self
    }

    /// The same with the machine's own limit.
    #[must_use]
    pub const fn limit(mut self, limit: Option<f64>) -> Self {
        self.limit = limit;
        self
    }

    /// Whether the target is met; `None` where there is none or the row is void.
    #[must_use]
    pub fn ok(&self) -> Option<bool> {
        match self.target {
            _ if self.void.is_some() => None,
            Target::None => None,
            Target::AtLeast(target) => Some(self.value >= target),
            Target::AtMost(target) => Some(self.value <= target),
        }
    }

    /// The row as one line of JSON: metric, value, unit, target, limit, ok, and void with its reason where it does not count.
    #[must_use]
    pub fn to_json(&self) -> String {
        let target = match self.target {
            Target::None => None,
            Target::AtLeast(target) | Target::AtMost(target) => Some(target),
        };
        let mut line = json!({
            "metric": self.metric, "value": round(self.value), "unit": self.unit,
            "target": target.map(round), "limit": self.limit.map(round), "ok": self.ok(),
        });
        if let (Some(void), Some(line)) = (&self.void, line.as_object_mut()) {
            line.insert("void".to_owned(), json!(void));
        }
        line.to_string()
    }

    /// The row as a line of the table.
    #[must_use]
    pub fn to_line(&self) -> String {
        let target = match self.target {
            Target::None => String::new(),
            Target::AtLeast(target) => format!("≥ {}", show(target)),
            Target::AtMost(target) => format!("≤ {}", show(target)),
        };
        let verdict = match (&self.void, self.ok()) {
            (Some(void), _) => format!("void: {void}"),
            (None, Some(true)) => "ok".to_owned(),
            (None, Some(false)) => "MISSED".to_owned(),
            (None, None) => String::new(),
        };
        let limit = self.limit.map(show).unwrap_or_default();
        format!("{:<32} {:>12} {:<14} {:>12} {:>12}  {verdict}", self.metric, show(self.value), self.unit, target, limit)
    }

    /// The head of the table.
    #[must_use]
    pub fn head() -> String {
        format!("{:<32} {:>12} {:<14} {:>12} {:>12}  ok", "metric", "value", "unit", "target", "limit")
    }
}

/// Four digits that count, whatever the size.
fn round(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let scale = 10_f64.powf(3.0 - value.abs().log10().floor());
    (value * scale).round() / scale
}

fn show(value: f64) -> String {
    let value = round(value);
    if value.abs() >= 1_000.0 { format!("{value:.0}") } else { format!("{value}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_has_a_good_side_and_a_void_row_has_none() {
        let row = Row::new("a", 10.0, "ms");
        assert_eq!(row.ok(), None);
        assert_eq!(row.clone().target(Target::AtMost(10.0)).ok(), Some(true));
        assert_eq!(row.clone().target(Target::AtLeast(11.0)).ok(), Some(false));
        let void = Row { void: Some("busy".to_owned()), ..row.target(Target::AtMost(10.0)) };
        assert_eq!(void.ok(), None);
    }

    #[test]
    fn four_digits_count() {
        assert_eq!((round(123_456.0), round(0.012_345), round(0.0)), (123_500.0, 0.012_35, 0.0));
    }

    #[test]
    fn a_line_of_json_has_the_six_keys() {
        let row = Row::new("server.x", 1.5, "ms").target(Target::AtMost(2.0)).limit(Some(1.0));
        assert_eq!(row.to_json(), r#"{"limit":1.0,"metric":"server.x","ok":true,"target":2.0,"unit":"ms","value":1.5}"#);
    }
}
