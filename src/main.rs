//! The command `pyield`.

fn main() {
    std::process::exit(pyield::cli::main(std::env::args_os()));
}
