//! How committed entries reach whoever may see them: open feeds, what waits for each, and the stream that carries it.

mod control;
mod mailbox;
mod reader;
mod registry;

pub use control::{Connected, ControlReader};
pub use reader::{Reader, encode_page};
pub use registry::Registry;
