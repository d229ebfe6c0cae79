//! What may management say? A small form of which every word is known; anything else is an error that names the key.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use sotto_protocol::statement::{AttachmentTypes, Settings};

use crate::view::{Language, Password};

/// The key of the token.
pub(super) const TOKEN: &str = "enrolment_token";
/// The key of the rules.
const RULES: &str = "rules";
/// Characters of the help text, at most: it is one line at the foot of a screen.
const HELP_CHARS: usize = 200;
/// What is shorter than this is a typing error that would make the machine unusable, in seconds.
const SHORTEST_IDLE_S: u32 = 10;
const SHORTEST_SESSION_S: u32 = 60;
/// Characters of a key that is told.
const KEY_CHARS: usize = 40;

/// What the machine's management says.
#[derive(Debug, Clone, Default)]
pub(super) struct Managed {
    /// A token that lets the machine in.
    pub token: Option<Password>,
    /// Whom to call.
    pub help: Option<String>,
    /// The language before a person chose theirs.
    pub language: Option<Language>,
    /// Rules that are to hold where they are the stricter ones.
    pub rules: Settings,
    /// Whether the app has to start with the system.
    pub start_in_background: bool,
}

/// Something that is not of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    /// The key it is at, where there is one that can be told. Never a value: that may be a token.
    pub key: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(default, deserialize_with = "given")]
    enrolment_token: Option<Password>,
    #[serde(default, deserialize_with = "given")]
    help: Option<String>,
    #[serde(default, deserialize_with = "given")]
    language: Option<Language>,
    #[serde(default)]
    rules: Rules,
    #[serde(default)]
    start_in_background: bool,
}

/// The names of a group's [`Settings`] without `two_person_wipe`: which commands hold is for everybody to see alike, and no machine's own.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    #[serde(default, deserialize_with = "given")]
    idle_lock_s: Option<u32>,
    #[serde(default, deserialize_with = "given")]
    session_s: Option<u32>,
    #[serde(default, deserialize_with = "given")]
    lease_s: Option<u32>,
    #[serde(default, deserialize_with = "given")]
    self_wipe_days: Option<u32>,
    #[serde(default, deserialize_with = "given")]
    retain_days: Option<u32>,
    #[serde(default, deserialize_with = "given")]
    attachment_mb: Option<u32>,
    #[serde(default, deserialize_with = "given")]
    attachment_types: Option<AttachmentTypes>,
    #[serde(default, deserialize_with = "given")]
    pin: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    notifications: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    clipboard: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    content_protection: Option<bool>,
}

impl Rules {
    fn settings(self) -> Settings {
        Settings {
            idle_lock_s: self.idle_lock_s,
            session_s: self.session_s,
            lease_s: self.lease_s,
            self_wipe_days: self.self_wipe_days,
            retain_days: self.retain_days,
            attachment_mb: self.attachment_mb,
            attachment_types: self.attachment_types,
            pin: self.pin,
            notifications: self.notifications,
            clipboard: self.clipboard,
            content_protection: self.content_protection,
            two_person_wipe: None,
        }
    }
}

/// A key that is there has a value: `null` is none.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// What the JSON text of a form says.
///
/// # Errors
/// The first key that is unknown or whose value is none; no key where the text is no JSON or says a key twice.
pub(super) fn parse_json(json: &[u8]) -> Result<Managed, Wrong> {
    let value: Value = serde_json::from_slice(json).map_err(|_| Wrong { key: None })?;
    // A list would be read as a form without names.
    if !value.is_object() {
        return Err(Wrong { key: None });
    }
    if value.get(RULES).is_some_and(|rules| !rules.is_object()) {
        return Err(Wrong { key: Some(RULES.to_owned()) });
    }
    match serde_json::from_slice::<Form>(json) {
        Ok(form) => form.check(),
        // The library's words would quote values.
        Err(_) => Err(Wrong { key: find_wrong(&value) }),
    }
}

impl Form {
    fn check(self) -> Result<Managed, Wrong> {
        let at = |key: &str| Wrong { key: Some(key.to_owned()) };
        let help = self.help.map(|help| help.trim().to_owned()).filter(|help| !help.is_empty());
        if help.as_deref().is_some_and(|help| help.chars().count() > HELP_CHARS || help.chars().any(char::is_control)) {
            return Err(at("help"));
        }
        let rules = self.rules.settings();
        // Who wants no files at all says so by an empty list of types.
        let shortest = [
            ("rules.idle_lock_s", rules.idle_lock_s, SHORTEST_IDLE_S),
            ("rules.session_s", rules.session_s, SHORTEST_SESSION_S),
            ("rules.self_wipe_days", rules.self_wipe_days, 1),
            ("rules.retain_days", rules.retain_days, 1),
            ("rules.attachment_mb", rules.attachment_mb, 1),
        ];
        if let Some((key, ..)) = shortest.iter().find(|(_, value, least)| value.is_some_and(|value| value < *least)) {
            return Err(at(key));
        }
        let Self { enrolment_token: token, language, start_in_background, .. } = self;
        Ok(Managed { token, help, language, rules, start_in_background })
    }
}

/// The first key that alone is not of the form.
fn find_wrong(value: &Value) -> Option<String> {
    let (key, value) = value.as_object()?.iter().find(|(key, value)| serde_json::from_value::<Form>(alone(key, value)).is_err())?;
    let rule = value.as_object().filter(|_| key == RULES).and_then(|rules| {
        let (rule, _) = rules.iter().find(|(rule, value)| serde_json::from_value::<Rules>(alone(rule, value)).is_err())?;
        say_key(rule)
    });
    let key = say_key(key)?;
    Some(rule.map_or_else(|| key.clone(), |rule| format!("{key}.{rule}")))
}

fn alone(key: &str, value: &Value) -> Value {
    Value::Object(Map::from_iter([(key.to_owned(), value.clone())]))
}

/// A key as it may be told: one that looks like no secret.
fn say_key(key: &str) -> Option<String> {
    let plain = key.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    (plain && !key.is_empty() && key.len() <= KEY_CHARS).then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use sotto_protocol::statement::AttachmentType;

    use super::*;

    fn wrong(json: &str) -> Option<String> {
        parse_json(json.as_bytes()).map(drop).unwrap_err().key
    }

    #[test]
    fn what_it_may_say_is_understood() {
        let json = r#"{"enrolment_token": "sotto-workstation-v1.abc", "help": " Call 4400 ", "language": "es",
            "rules": {"idle_lock_s": 60, "lease_s": 0, "pin": false}, "start_in_background": true}"#;
        let said = parse_json(json.as_bytes()).unwrap();
        assert_eq!(said.token.as_ref().map(Password::expose), Some("sotto-workstation-v1.abc"));
        assert_eq!((said.help.as_deref(), said.language, said.start_in_background), (Some("Call 4400"), Some(Language::Es), true));
        let rules = Settings { idle_lock_s: Some(60), lease_s: Some(0), pin: Some(false), ..Settings::default() };
        assert_eq!(said.rules, rules);
        assert!(!format!("{said:?}").contains("abc"), "a token does not show itself");
        let nothing = parse_json(b"{}").unwrap();
        assert_eq!((nothing.rules, nothing.start_in_background), (Settings::default(), false));
    }

    #[test]
    fn types_of_files_are_a_list_in_any_order_and_an_empty_one_is_none() {
        let said = |json: &str| parse_json(json.as_bytes()).unwrap().rules.attachment_types;
        let two: AttachmentTypes = [AttachmentType::Image, AttachmentType::Pdf].into_iter().collect();
        assert_eq!(said(r#"{"rules": {"attachment_mb": 5, "attachment_types": ["pdf", "image"]}}"#), Some(two));
        assert_eq!(said(r#"{"rules": {"attachment_types": []}}"#), Some(AttachmentTypes::NONE));
    }

    #[test]
    fn what_is_unknown_is_refused_by_its_name() {
        for (json, key) in [
            (r#"{"telephone": "4400"}"#, "telephone"),
            (r#"{"help": "4400", "rules": {"idle_lock": 60}}"#, "rules.idle_lock"),
            (r#"{"rules": {"two_person_wipe": true}}"#, "rules.two_person_wipe"),
        ] {
            assert_eq!(wrong(json).as_deref(), Some(key), "{json}");
        }
    }

    #[test]
    fn a_value_of_another_type_is_refused() {
        for (json, key) in [
            (r#"{"rules": {"idle_lock_s": "60"}}"#, "rules.idle_lock_s"),
            (r#"{"rules": {"idle_lock_s": -1}}"#, "rules.idle_lock_s"),
            (r#"{"rules": {"idle_lock_s": 60.5}}"#, "rules.idle_lock_s"),
            (r#"{"rules": {"pin": 0}}"#, "rules.pin"),
            (r#"{"rules": {"pin": null}}"#, "rules.pin"),
            (r#"{"rules": {"attachment_types": ["image", "program"]}}"#, "rules.attachment_types"),
            (r#"{"rules": {"attachment_types": "image"}}"#, "rules.attachment_types"),
            (r#"{"rules": null}"#, "rules"),
            (r#"{"rules": [60]}"#, "rules"),
            (r#"{"start_in_background": "yes"}"#, "start_in_background"),
            (r#"{"help": null}"#, "help"),
            (r#"{"language": "fr"}"#, "language"),
        ] {
            assert_eq!(wrong(json).as_deref(), Some(key), "{json}");
        }
    }

    #[test]
    fn what_would_make_the_machine_unusable_is_refused() {
        for key in ["idle_lock_s", "session_s", "self_wipe_days", "retain_days", "attachment_mb"] {
            assert_eq!(wrong(&format!(r#"{{"rules": {{"{key}": 0}}}}"#)), Some(format!("rules.{key}")));
        }
        assert_eq!(wrong(&format!(r#"{{"help": "{}"}}"#, "a".repeat(HELP_CHARS + 1))).as_deref(), Some("help"));
        assert_eq!(wrong(r#"{"help": "a\nb"}"#).as_deref(), Some("help"));
    }

    #[test]
    fn no_value_and_no_secret_in_the_place_of_a_key_is_told() {
        assert_eq!(wrong(r#"{"sotto-workstation-v1.c2VjcmV0": true}"#), None);
        assert_eq!(wrong("{\"help\": \"a\", \"help\": \"b\"}"), None, "said twice");
        assert_eq!(wrong("help = 4400"), None);
        assert_eq!(wrong("[]"), None);
        assert_eq!(wrong(""), None);
    }
}
