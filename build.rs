//! Turns `grammar/python.lalrpop` into the parser.

fn main() {
    println!("cargo:rerun-if-changed=grammar");
    let mut config = lalrpop::Configuration::new();
    config.set_in_dir("grammar").set_out_dir(std::env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    if let Err(error) = config.process() {
        println!("cargo:warning=the grammar does not build: {error}");
        std::process::exit(1);
    }
    fixed_address();
}

/// Where the linker can, the program is laid out for a fixed address, as Debian's python3 is: nothing is left to be relocated
/// when it starts. A third of the time that an empty program took went there, and into the pages that relocation touches.
fn fixed_address() {
    let target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") == "linux" && target("ARCH") == "x86_64" && target("ENV") == "gnu" {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
