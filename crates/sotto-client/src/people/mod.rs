//! How do people come in and go out, as an administrator does it? List, invite, import, set roles, make administrators and revoke; each is a file.

mod ask_admin;
mod grant_admin;
mod import;
mod invite;
mod invite_again;
mod list;
mod revoke;
mod role;

pub(crate) use self::invite::DAY_MS;
