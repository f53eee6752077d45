//! The command line: which program to run, and where to find it.

pub mod markdown;
