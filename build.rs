//! Turns `grammar/python.lalrpop` into the parser.

fn main() {
    println!("cargo:rerun-if-changed=grammar");
    let mut config = lalrpop::Configuration::new();
    config.set_in_dir("grammar").set_out_dir(std::env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    if let Err(error) = config.process() {
        println!("cargo:warning=the grammar does not build: {error}");
        std::process::exit(1);
    }
}
