//! Whether the embedded backend keeps its promises: the conformance suite and what is its own.
