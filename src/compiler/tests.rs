//! Disassemblies, one construct each.
