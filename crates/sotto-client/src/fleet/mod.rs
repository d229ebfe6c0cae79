//! Which machines belong to the clinic, as an administrator does it? List, let in by token, revoke; each is a file.

mod list;
mod revoke;
mod token;
