//! The command `pyield`.

#[global_allocator]
static ALLOCATOR: pyield::memory::Counting = pyield::memory::Counting;

fn main() {
    std::process::exit(pyield::cli::main(std::env::args_os()));
}
