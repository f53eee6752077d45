//! The Python in a Markdown document: its fenced code blocks, found as CommonMark finds them.
//!
//! Only what decides where a fence begins and ends is understood: quotes and list items (which take their share of each
//! line), fences, indented code, HTML comments, and paragraphs that run on lazily. Everything else is text.

/// One fenced block of Python.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// The code, without the indentation of the list, quote or fence around it. Every line ends in `\n`.
    pub text: String,
    /// The line of the document that holds the code's first line, from 1.
    pub first_line: u32,
    /// What stands behind the opening fence.
    pub info: String,
    /// The lines of the document that show what it prints.
    pub output: Output,
}

/// Where the output of a block is shown: in a fenced block right behind it, with nothing but blank lines between, whose info
/// string is empty, `text` or `output`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Output {
    /// The text shown; nothing where there is no such block.
    pub text: Option<String>,
    /// Numbers of the lines it takes, without the fences, from 1; if there is no such block, the place where it would begin.
    pub lines: std::ops::Range<u32>,
    /// What stands before each of its lines: the containers around.
    pub prefix: String,
    /// The fence that would end the code, where the document leaves that to the end of what the code is in.
    pub missing: Option<String>,
}

/// The document with other output behind some of its blocks.
pub fn with_outputs(document: &str, outputs: &[(Output, String)]) -> String {
    let mut lines: Vec<String> = document.split_inclusive('\n').map(str::to_owned).collect();
    // Lines end as the first one does.
    let end = if lines.first().is_some_and(|first| first.ends_with("\r\n")) { "\r\n" } else { "\n" };
    // From the last, so that the numbers of those before stay right.
    for (place, text) in outputs.iter().rev() {
        let shown = |line: &str| format!("{}{line}", place.prefix).trim_end().to_owned() + end;
        let mut new: Vec<String> = text.lines().map(shown).collect();
        if place.text.is_none() {
            if text.is_empty() {
                continue;
            }
            let fence = "`".repeat(longest_run(text).max(2) + 1);
            new.insert(0, shown(&format!("{fence}output")));
            new.insert(0, shown(""));
            if let Some(missing) = &place.missing {
                new.insert(0, shown(missing));
            }
            new.push(shown(&fence));
        }
        let (from, to) = (place.lines.start as usize - 1, place.lines.end as usize - 1);
        if let Some(last) = lines.get_mut(from.wrapping_sub(1)).filter(|last| !last.ends_with('\n')) {
            last.push_str(end);
        }
        if place.text.is_some() {
            lengthen_fence(&mut lines, (from.wrapping_sub(1), to), text);
        }
        lines.splice(from.min(lines.len())..to.min(lines.len()), new);
    }
    lines.concat()
}

/// The most backticks in a row.
fn longest_run(text: &str) -> usize {
    longest_run_of('`', text)
}

fn longest_run_of(mark: char, text: &str) -> usize {
    text.split(|c| c != mark).map(str::len).max().unwrap_or(0)
}

/// The two lines of a fence are made long enough for what is to stand between them.
fn lengthen_fence(lines: &mut [String], (opening, closing): (usize, usize), text: &str) {
    let Some(first) = lines.get(opening) else { return };
    let Some(mark) = first.chars().find(|mark| matches!(mark, '`' | '~')) else { return };
    let length = longest_run_of(mark, first);
    let wanted = longest_run_of(mark, text) + 1;
    if wanted <= length {
        return;
    }
    let (old, new) = (mark.to_string().repeat(length), mark.to_string().repeat(wanted));
    for at in [opening, closing] {
        if let Some(line) = lines.get_mut(at) {
            *line = line.replacen(&old, &new, 1);
        }
    }
}

/// The blocks of a document whose info string begins with `python` or `py`, with or without a version, in its order.
pub fn python_blocks(document: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    let document = document.strip_prefix('\u{feff}').unwrap_or(document);
    for (line, number) in document.lines().zip(1..) {
        reader.line(line, number);
    }
    reader.end_fence(document.lines().count() as u32 + 1, false);
    reader.blocks
}

/// What the lines read so far have opened, and the blocks they held.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    containers: Vec<Container>,
    fence: Option<Fence>,
    /// The text that ends the raw HTML we are in.
    raw_until: Option<&'static str>,
    /// The line before was text that may run on in this one.
    paragraph: bool,
    /// Nothing but blank lines stands between here and a block of Python.
    behind_code: bool,
}

/// Something that takes its share of the beginning of each line in it.
#[derive(Clone, Copy)]
enum Container {
    /// `>`
    Quote,
    /// A list item whose content is indented by so many columns.
    Item(usize),
}

/// A fence that is open.
struct Fence {
    mark: char,
    length: usize,
    indent: usize,
    holds: Holds,
}

/// What stands between two fences.
enum Holds {
    Python(Block),
    /// What the block before prints, perhaps.
    Output(String, u32),
    Other,
}

impl Reader {
    fn line(&mut self, line: &str, number: u32) {
        let mut rest = Rest::of(line);
        let entered = self.containers.iter().take_while(|container| rest.enter(container)).count();
        let outside = entered < self.containers.len();

        if let Some(fence) = &mut self.fence {
            if !outside {
                if fence.is_closed_by(&rest) {
                    self.end_fence(number, true);
                } else if let Holds::Python(Block { text, .. }) | Holds::Output(text, _) = &mut fence.holds {
                    rest.skip(fence.indent);
                    rest.write_to(text);
                }
                return;
            }
            self.end_fence(number, false);
        }
        if let Some(end) = self.raw_until {
            if !outside {
                if contains_ignoring_case(rest.text, end) {
                    self.raw_until = None;
                }
                return;
            }
            self.raw_until = None;
        }
        if outside && self.paragraph && rest.is_plain_text() {
            return;
        }
        self.containers.truncate(entered);
        while let Some(container) = rest.open_container() {
            self.containers.push(container);
            self.paragraph = false;
        }
        if let Some((fence, info)) = Fence::opened_by(&rest) {
            let text = String::new();
            let holds = if is_python(info) {
                // List markers stand on the first line only.
                let before = &line[..line.len() - rest.text.trim_start().len()];
                let prefix = before.chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect();
                let output = Output { prefix, ..Output::default() };
                Holds::Python(Block { text, first_line: number + 1, info: info.to_string(), output })
            } else if self.behind_code && matches!(info, "" | "text" | "output") {
                Holds::Output(text, number + 1)
            } else {
                Holds::Other
            };
            self.fence = Some(Fence { holds, ..fence });
            self.paragraph = false;
            self.behind_code = false;
        } else if let Some(end) = rest.raw_html() {
            self.raw_until = (!contains_ignoring_case(rest.text, end)).then_some(end);
            self.paragraph = false;
        } else {
            let heading = rest.indent() < 4 && rest.text.trim_start().starts_with('#');
            self.paragraph = !rest.is_blank() && !heading && (self.paragraph || rest.indent() < 4);
            self.behind_code &= rest.is_blank();
        }
    }

    /// What was open ends before line `number`, which is its other fence if it is closed.
    fn end_fence(&mut self, number: u32, is_closed: bool) {
        let Some(fence) = self.fence.take() else { return };
        match fence.holds {
            Holds::Python(mut block) => {
                let place = number + u32::from(is_closed);
                block.output.lines = place..place;
                block.output.missing = (!is_closed).then(|| fence.mark.to_string().repeat(fence.length));
                self.blocks.push(block);
                self.behind_code = true;
            }
            Holds::Output(text, first) => {
                if let Some(block) = self.blocks.last_mut() {
                    block.output.text = Some(text);
                    block.output.lines = first..number;
                }
            }
            Holds::Other => {}
        }
    }
}

impl Fence {
    /// The fence that a line opens, and its info string.
    fn opened_by<'a>(line: &Rest<'a>) -> Option<(Fence, &'a str)> {
        let (indent, text) = (line.indent(), line.text.trim_start());
        let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let info = text.trim_start_matches(mark);
        let length = text.len() - info.len();
        // Backticks behind backticks are code within a line of text.
        if indent > 3 || length < 3 || (mark == '`' && info.contains('`')) {
            return None;
        }
        Some((Fence { mark, length, indent, holds: Holds::Other }, info.trim()))
    }

    fn is_closed_by(&self, line: &Rest<'_>) -> bool {
        let text = line.text.trim();
        line.indent() <= 3 && text.len() >= self.length && text.chars().all(|mark| mark == self.mark)
    }
}

/// What is left of a line, once the containers around have taken their share.
#[derive(Clone, Copy)]
struct Rest<'a> {
    text: &'a str,
    /// The column at which `text` begins; a tab leads to the next multiple of four.
    column: usize,
    /// Columns of a tab that was only partly taken: they count as spaces before `text`.
    spaces: usize,
}

impl<'a> Rest<'a> {
    fn of(text: &'a str) -> Rest<'a> {
        Rest { text, column: 0, spaces: 0 }
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The width of the white space at the beginning.
    fn indent(&self) -> usize {
        let mut column = self.column;
        for character in self.text.chars() {
            match character {
                ' ' => column += 1,
                '\t' => column += 4 - column % 4,
                _ => break,
            }
        }
        self.spaces + column - self.column
    }

    /// Leave out white space, up to so many columns.
    fn skip(&mut self, columns: usize) {
        let mut left = columns;
        loop {
            let taken = self.spaces.min(left);
            self.spaces -= taken;
            left -= taken;
            if left == 0 {
                return;
            }
            let width = match self.text.chars().next() {
                Some(' ') => 1,
                Some('\t') => 4 - self.column % 4,
                _ => return,
            };
            self.text = &self.text[1..];
            self.column += width;
            self.spaces = width;
        }
    }

    /// Leave out `count` characters that are each a byte and a column wide.
    fn skip_ascii(&mut self, count: usize) {
        self.text = &self.text[count..];
        self.column += count;
    }

    /// Take the share of a container that is open; false, and nothing taken, if this line is not in it.
    fn enter(&mut self, container: &Container) -> bool {
        match *container {
            Container::Quote => self.open_quote(),
            Container::Item(_) if self.is_blank() => true,
            Container::Item(width) if self.indent() >= width => {
                self.skip(width);
                true
            }
            Container::Item(_) => false,
        }
    }

    /// Take the beginning of a quote or list item, if there is one.
    fn open_container(&mut self) -> Option<Container> {
        match self.open_quote() {
            true => Some(Container::Quote),
            false => self.open_item(),
        }
    }

    fn open_quote(&mut self) -> bool {
        let indent = self.indent();
        if indent > 3 || !self.text.trim_start_matches([' ', '\t']).starts_with('>') {
            return false;
        }
        self.skip(indent);
        self.skip_ascii(1);
        self.skip(1);
        true
    }

    fn open_item(&mut self) -> Option<Container> {
        let indent = self.indent();
        let text = self.text.trim_start_matches([' ', '\t']);
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let marker = match text.as_bytes().get(digits) {
            Some(b'-' | b'*' | b'+') if digits == 0 => 1,
            Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
            _ => return None,
        };
        let behind = &text[marker..];
        if indent > 3 || !(behind.is_empty() || behind.starts_with([' ', '\t'])) {
            return None;
        }
        self.skip(indent);
        self.skip_ascii(marker);
        // Five columns or more belong to the content: it begins with indented code.
        let gap = match self.indent() {
            gap @ 1..=4 if !self.is_blank() => gap,
            _ => 1,
        };
        self.skip(gap);
        Some(Container::Item(indent + marker + gap))
    }

    /// What ends the raw HTML that begins here. The kinds that any blank line ends hold no fences worth hiding.
    fn raw_html(&self) -> Option<&'static str> {
        let text = self.text.trim_start();
        let kinds = [("<!--", "-->"), ("<pre", "</pre>"), ("<script", "</script>"), ("<style", "</style>")];
        let begins = |tag: &str| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
        kinds.into_iter().find(|(tag, _)| self.indent() < 4 && begins(tag)).map(|(_, end)| end)
    }

    /// Could this line run on a paragraph without being in its containers?
    fn is_plain_text(mut self) -> bool {
        !self.is_blank()
            && Fence::opened_by(&self).is_none()
            && self.raw_html().is_none()
            && !self.text.trim_start().starts_with('#')
            && self.open_container().is_none()
    }

    fn write_to(&self, text: &mut String) {
        text.extend(std::iter::repeat_n(' ', self.spaces));
        text.push_str(self.text);
        text.push('\n');
    }
}

fn contains_ignoring_case(text: &str, part: &str) -> bool {
    text.to_ascii_lowercase().contains(part)
}

/// Is this the info string of Python code? `python`, `Python {.x}`, `py,ignore`, `{.python3 #id}`.
fn is_python(info: &str) -> bool {
    let info = info.trim_start_matches(['{', '.', ' ']);
    let word = info.split([' ', '\t', ',', '{', '}', ':']).next().unwrap_or_default();
    let word = word.to_ascii_lowercase();
    matches!(&*word, "python" | "py" | "python3" | "py3") || word.starts_with("python3.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line and the text of each block.
    fn found(document: &str) -> Vec<(u32, String)> {
        python_blocks(document).into_iter().map(|block| (block.first_line, block.text)).collect()
    }

    fn one(line: u32, text: &str) -> Vec<(u32, String)> {
        vec![(line, text.to_string())]
    }

    #[test]
    fn notes_with_two_programs() {
        let document = "\n\n### 生成器\n\n1. 概念\n\n- 可迭代对象 **x**\n- yield 是一个关键字\n\n多线程 `c.send()`。\n\n\
                        ```python\ndef f():\n    yield 1  # 注释\n\n\nprint(next(f()))\n```\n\n![图](https://x/y)\n\n3. yield from\n\n\
                        ```\nplain\n```\n\n```python\nprint('two')\n```\n\n### IO\n";
        let blocks = python_blocks(document);
        assert_eq!(blocks.len(), 2);
        assert_eq!(blocks[0].text, "def f():\n    yield 1  # 注释\n\n\nprint(next(f()))\n");
        assert_eq!((blocks[0].first_line, blocks[1].first_line), (13, 29));
        assert_eq!(document.lines().nth(28), Some("print('two')"));
        assert_eq!(blocks[1].info, "python");
    }

    #[test]
    fn info_strings() {
        for info in
            ["python", "py", "Python3", " PY ", "python {.x}", "python{.x}", "py,ignore", "{.python #id}", "{python}"]
        {
            assert_eq!(found(&format!("```{info}\nx\n```")), one(2, "x\n"), "{info}");
        }
        for info in ["", "pycon", "python-repl", "rust python", "pythonic", "console"] {
            assert_eq!(found(&format!("```{info}\nx\n```")), [], "{info}");
        }
        assert_eq!(python_blocks("~~~ py  a=`1` \n~~~")[0].info, "py  a=`1`");
        assert_eq!(found("``` python `x`\nx\n```"), []);
    }

    #[test]
    fn fences_of_any_length() {
        assert_eq!(found("~~~~py\na\n~~~\n```\n~~~~~  \nb"), one(2, "a\n~~~\n```\n"));
        assert_eq!(found("````python\n```python\nx\n```\n````"), one(2, "```python\nx\n```\n"));
        assert_eq!(found("``python\nx\n``"), []);
        assert_eq!(found("```python\nx\n``` no end\n"), one(2, "x\n``` no end\n"));
    }

    #[test]
    fn an_open_fence_runs_to_the_end() {
        assert_eq!(found("text\n```py\nx\n\ny"), one(3, "x\n\ny\n"));
        assert_eq!(found("```py"), one(2, ""));
        assert_eq!(found(""), []);
    }

    #[test]
    fn indented_fences_lose_their_indentation() {
        assert_eq!(found("   ```py\n   if x:\n       y\n z\n  ```"), one(2, "if x:\n    y\nz\n"));
        assert_eq!(found("    ```py\n    x\n    ```"), []);
        assert_eq!(found("```py\nx\n    ```\n```"), one(2, "x\n    ```\n"));
    }

    #[test]
    fn fences_in_lists() {
        assert_eq!(found("- a\n\n  ```py\n  if x:\n\n      y\n  ```\n- b"), one(4, "if x:\n\n    y\n"));
        assert_eq!(found("10. a\n\n    ```py\n    x\n    ```\n"), one(4, "x\n"));
        assert_eq!(found("1. a\n   - b\n     ```py\n     x\n       y\n     ```\n"), one(4, "x\n  y\n"));
        assert_eq!(found("- ```py\n  x\n  ```\n"), one(2, "x\n"));
        assert_eq!(found("-\ta\n\n\t```py\n\tx\n\t\ty\n\t```\n"), one(4, "x\n\ty\n"));
        // The item ends, and the fence in it: what follows is text.
        assert_eq!(found("- ```py\n  x\ny\n```py\nz\n```"), [(2, "x\n".to_string()), (5, "z\n".to_string())]);
        assert_eq!(found("- - -\n\n```py\nx\n```"), one(4, "x\n"));
        assert_eq!(found("1.  a\nlazy\n\n    ```py\n    x\n    ```"), one(5, "x\n"));
        assert_eq!(found("1.  a\n\nb\n\n    ```py\n    x\n    ```"), []);
    }

    #[test]
    fn fences_in_quotes() {
        assert_eq!(found("> a\n> ```py\n> x\n>   y\n>\n> z\n> ```\n"), one(3, "x\n  y\n\nz\n"));
        assert_eq!(found("> ```py\n> x\ny\n"), one(2, "x\n"));
        assert_eq!(found("> - a\n>\n>   ~~~py\n>   x\n>   ~~~\n"), one(4, "x\n"));
    }

    #[test]
    fn comments_hide_code() {
        assert_eq!(found("<!--\n```py\nx\n```\n-->\n```py\ny\n```"), one(7, "y\n"));
        assert_eq!(found("<!-- a -->\n```py\ny\n```"), one(3, "y\n"));
        assert_eq!(found("<PRE>\n```py\nx\n```\n</Pre>\n"), []);
    }

    #[test]
    fn outputs_are_found_and_replaced() {
        let document = "```py\nprint(1)\n```\n\n```output\n2\n```\n\n> ```python\n> print(3)\n> ```\n\ntext\n\n```\nno output\n```\n";
        let blocks = python_blocks(document);
        assert_eq!(blocks[0].output.text.as_deref(), Some("2\n"));
        assert_eq!(blocks[1].output.text, None);
        let outputs: Vec<_> =
            blocks.into_iter().zip(["1\n", "3\n`x`\n"]).map(|(b, text)| (b.output, text.to_owned())).collect();
        let expected = "```py\nprint(1)\n```\n\n```output\n1\n```\n\n> ```python\n> print(3)\n> ```\n>\n> ```output\n> 3\n> `x`\n> ```\n\ntext\n\n```\nno output\n```\n";
        assert_eq!(with_outputs(document, &outputs), expected);
        // What has been brought up to date stays as it is.
        let again: Vec<_> = python_blocks(expected)
            .into_iter()
            .map(|b| (b.output.clone(), b.output.text.unwrap_or_default()))
            .collect();
        assert_eq!(with_outputs(expected, &again), expected);
    }

    #[test]
    fn outputs_in_lists_and_at_the_end() {
        let document = "1. a\n\n   ```py\n   x\n   ```";
        let outputs: Vec<_> = python_blocks(document).into_iter().map(|b| (b.output, "```\n".to_owned())).collect();
        assert_eq!(
            with_outputs(document, &outputs),
            "1. a\n\n   ```py\n   x\n   ```\n\n   ````output\n   ```\n   ````\n"
        );
    }

    #[test]
    fn outputs_stand_where_they_are_found_again() {
        let with = |document: &str| {
            let outputs: Vec<_> =
                python_blocks(document).into_iter().map(|b| (b.output, "1\n 2\n".to_owned())).collect();
            with_outputs(document, &outputs)
        };
        for (document, expected) in [
            // A tab takes as many columns as its list item, and the fence, begin with.
            ("* a\n\n\t```py\n\tx\n\t```\n", "* a\n\n\t```py\n\tx\n\t```\n\n\t```output\n\t1\n\t 2\n\t```\n"),
            // What the end of the document, or of a list item, has closed is closed before the output begins.
            ("~~~~py\nx\n", "~~~~py\nx\n~~~~\n\n```output\n1\n 2\n```\n"),
            ("- ```py\n  x\ny\n", "- ```py\n  x\n  ```\n\n  ```output\n  1\n   2\n  ```\ny\n"),
        ] {
            assert_eq!(with(document), expected);
            assert_eq!(with(expected), expected);
            assert_eq!(python_blocks(expected)[0].output.text.as_deref(), Some("1\n 2\n"));
        }
    }

    #[test]
    fn outputs_keep_the_line_ends_and_fit_their_fences() {
        let with = |document: &str, text: &str| {
            let outputs: Vec<_> = python_blocks(document).into_iter().map(|b| (b.output, text.to_owned())).collect();
            with_outputs(document, &outputs)
        };
        let crlf = "```py\r\nx\r\n```\r\n";
        assert_eq!(with(crlf, "1\n2\n"), format!("{crlf}\r\n```output\r\n1\r\n2\r\n```\r\n"));
        let full = "```py\nx\n```\n\n```text\nold\n```\nafter\n";
        assert_eq!(with(full, "a\n```\n"), "```py\nx\n```\n\n````text\na\n```\n````\nafter\n");
        let tildes = "```py\nx\n```\n~~~\nold\n~~~\n";
        assert_eq!(with(tildes, "```\n"), "```py\nx\n```\n~~~\n```\n~~~\n");
    }

    #[test]
    fn line_ends_and_byte_order_mark() {
        assert_eq!(found("\u{feff}```py\r\nx\r\n\r\ny\r\n```\r\n"), one(2, "x\n\ny\n"));
    }
}
