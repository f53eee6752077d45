//! Which records are shown.

use super::names::given;
use super::record::{Record, Verb};

/// What a record must be like. What is not asked for is not looked at.
#[derive(Clone, Default, Debug, PartialEq)]
pub struct Filter {
    /// One of these.
    pub verbs: Vec<Verb>,
    /// About, or by, a frame of one of these functions: the name without the number, or with it.
    pub functions: Vec<String>,
    /// About one of these tasks, or in a turn of it.
    pub tasks: Vec<String>,
    /// From or to a place in a file whose path ends so.
    pub files: Vec<String>,
    /// No deeper than this.
    pub depth: Option<usize>,
    /// What is asyncio's own business, too.
    pub library: bool,
}

impl Filter {
    /// Is it to be shown?
    pub fn shows(&self, record: &Record) -> bool {
        let named = |frame: &str| {
            let function = frame.split(['#', '@']).next().unwrap_or(frame);
            self.functions.iter().any(|wanted| wanted == frame || wanted == function)
        };
        let of_file = || {
            let places = [&record.from, &record.to];
            places.into_iter().flatten().any(|place| self.files.iter().any(|file| is_file(&place.file, file)))
        };
        let is_task = |name: &str, task: &str| name == task || given(name) == task;
        let of_task = |task: &String| {
            is_task(&record.frame, task) || record.turn.as_deref().is_some_and(|turn| is_task(turn, task))
        };
        let by = record.by.as_deref().unwrap_or_default();
        (self.library || !record.library)
            && (self.verbs.is_empty() || self.verbs.contains(&record.verb))
            && (self.functions.is_empty() || named(&record.frame) || named(by))
            && (self.tasks.is_empty() || self.tasks.iter().any(of_task))
            && (self.files.is_empty() || of_file())
            && self.depth.is_none_or(|depth| record.depth <= depth)
    }
}

/// Does the path end with these components?
fn is_file(path: &str, end: &str) -> bool {
    path.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::record::Place;

    #[test]
    fn every_wish_counts() {
        let place = Place::new("dir/a.py".into(), 3);
        let record = Record {
            number: 1,
            verb: Verb::Send,
            depth: 2,
            from: Some(place),
            to: None,
            by: Some("main".into()),
            frame: "gen#2".into(),
            arguments: None,
            value: None,
            library: false,
            turn: Some("Task-1".into()),
            locals: None,
            time: None,
        };
        let filter = |change: fn(&mut Filter)| {
            let mut filter = Filter::default();
            change(&mut filter);
            filter.shows(&record)
        };
        assert!(filter(|_| {}));
        assert!(filter(|f| f.verbs = vec![Verb::Yield, Verb::Send]) && !filter(|f| f.verbs = vec![Verb::Yield]));
        assert!(filter(|f| f.functions = vec!["gen".into()]) && filter(|f| f.functions = vec!["gen#2".into()]));
        assert!(filter(|f| f.functions = vec!["main".into()]) && !filter(|f| f.functions = vec!["gen#1".into()]));
        assert!(filter(|f| f.tasks = vec!["Task-1".into()]) && !filter(|f| f.tasks = vec!["Task-2".into()]));
        assert!(filter(|f| f.files = vec!["a.py".into()]) && !filter(|f| f.files = vec!["ir/a.py".into()]));
        assert!(filter(|f| f.depth = Some(2)) && !filter(|f| f.depth = Some(1)));
    }
}
