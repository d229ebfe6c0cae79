//! How bytes come and go: TLS, the accept loop, and one task per connection.

mod connection;
mod listener;
mod tls;

pub use listener::{Listener, listen};
pub use tls::make_tls;
