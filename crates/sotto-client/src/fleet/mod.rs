//! Which machines belong to the clinic, as an administrator does it? List, let in by token, hand over, revoke, report lost, command, set rules, prove; each is a file.

mod command;
mod custody;
pub(crate) mod group;
mod incident;
mod list;
pub(crate) mod proof;
mod revoke;
mod token;
