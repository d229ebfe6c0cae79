//! Tells Tauri which commands exist, so that a window can call only what its capability lists.
fn main() {
    tauri_build::build();
}
