//! What happened, written down: which frame gave control to which, where, with what value.
//!
//! A [`Recorder`] is an observer of the machine; what it sees becomes [`Record`]s with stable names (`consumer#1`) and the
//! place at both ends, and nothing that differs between two runs. Everything else is a function over records: [`text`] for
//! terminals and snapshots, [`jsonl`], and the pictures [`mermaid`], [`perfetto`], [`dot`] and [`html`]. [`parting`] finds
//! where two traces part.
//!
//! A trace of a program in a test of one's own:
//!
//! ```
//! use pyield::{host::FakeHost, interpreter::Interpreter, trace::{Recorder, text}};
//!
//! let mut interpreter = Interpreter::new(Box::new(FakeHost::new()));
//! interpreter.vm.observe(Box::<Recorder>::default());
//! interpreter.run_source("greet.py", "def greet():\n    yield 'hello'\n\nprint(next(greet()))\n");
//! let records = Recorder::records_of(interpreter.vm.stop_observing());
//! assert!(text::text(&records, &text::Style::default()).contains("yield greet#1 gives 'hello'"));
//! ```

mod brief;
pub mod diff;
pub mod dot;
pub mod filter;
pub mod fold;
pub mod html;
pub mod jsonl;
mod loops;
pub mod mermaid;
mod names;
pub mod perfetto;
pub mod record;
pub mod recorder;
pub mod recording;
mod teller;
pub mod text;
mod threads;
mod vocabulary;
pub mod words;

pub use filter::Filter;
pub use record::{Place, Record, Verb};
pub use recorder::{Grain, Recorder, Wishes};
pub use teller::Teller;
pub use words::Words;
