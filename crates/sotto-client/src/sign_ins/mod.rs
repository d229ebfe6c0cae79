//! Where did a person sign in? `list` asks the server, `notice` finds in the verified directory what they have not been told of, `end`
//! ends what is not wanted any more.

mod end;
mod list;
pub(crate) mod notice;
