//! What may be typed about what became of a message?

use clap::Args;
use sotto_client::view::Answer;

/// `acknowledge`.
#[derive(Debug, Args)]
pub struct AcknowledgeArgs {
    /// The thread: its id, the start of its id, or its title.
    pub thread: String,
    /// The message, by its seq.
    pub seq: u64,
    /// One of the answers that the message offers: `agree`, `need-to-talk`, or its text.
    #[arg(long, value_name = "ANSWER", value_parser = answer)]
    pub answer: Option<Answer>,
}

/// `readers`.
#[derive(Debug, Args)]
pub struct ReadersArgs {
    /// The thread: its id, the start of its id, or its title.
    pub thread: String,
    /// The message, by its seq.
    pub seq: u64,
}

/// An answer as it is typed. Whether it fits is for the core to say.
pub(super) fn answer(text: &str) -> Result<Answer, std::convert::Infallible> {
    Ok(match text {
        "agree" => Answer::Agree,
        "need-to-talk" => Answer::NeedToTalk,
        text => Answer::Text(text.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_answers_have_names_and_any_other_is_its_text() {
        assert_eq!(answer("agree"), Ok(Answer::Agree));
        assert_eq!(answer("need-to-talk"), Ok(Answer::NeedToTalk));
        assert_eq!(answer("In 5 min"), Ok(Answer::Text("In 5 min".into())));
    }
}
