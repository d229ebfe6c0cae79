//! How does the desktop app start? With its arguments and an allocator that keeps nothing.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::alloc::System;
use std::process::ExitCode;

use clap::Parser;
use sotto_desktop::Arguments;
use zeroizing_alloc::ZeroAlloc;

/// Zeroes every block as it is freed. Tauri, serde and GTK copy what passes between the core and the page; none of those copies
/// can be zeroized by hand, and none may be found in the heap after the lock.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    sotto_desktop::run(&Arguments::parse())
}
