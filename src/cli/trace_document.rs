//! `pyield trace NOTES.md`: the programs of a document, each traced; as a page with a stepper in the place of each, or as a
//! document with each trace under a heading.

use super::document::{another_host, read_blocks};
use super::markdown::Block;
use super::run::{absolute, prepared, real_directory};
use super::sheet::{Sheet, Told};
use super::trace::{Format, Orders, ended, new_host, picture, sheet, shown, sources, unwatch, watch};
use crate::source::Source;
use crate::trace::html::{self, Recording, Text};
use pulldown_cmark::{CodeBlockKind, Event, Options as Extensions, Parser, Tag, TagEnd};
use std::path::Path;

/// Traces what is asked for; the exit status, which is that of the last block that failed.
pub fn document(orders: &Orders) -> i32 {
    let mut host = new_host(orders);
    let (file, options) = (orders.name(), &orders.options);
    let path = absolute(&mut *host, Path::new(file));
    let (text, blocks) = match read_blocks(&mut *host, &path, file, orders.blocks.only) {
        Ok(found) => found,
        Err(status) => return status,
    };
    let directory = real_directory(&mut *host, &path);
    let mut interpreter = prepared(host, options, file, Some(directory.clone()));
    interpreter.set_file(&path);
    let (sheet, courier) = match sheet(&mut interpreter, orders) {
        Ok(sheet) => sheet,
        Err(status) => return status,
    };
    let here = interpreter.vm.host.current_dir().unwrap_or_default();
    let shown_path = path.strip_prefix(&here).unwrap_or(&path).to_string_lossy().into_owned();
    let mut status = 0;
    let (mut recordings, mut told) = (Vec::new(), Told::default());
    let last = blocks.len();
    for (index, (number, block)) in blocks.iter().enumerate() {
        if index > 0 && !orders.blocks.shared {
            let again = another_host(&mut interpreter, options);
            interpreter = prepared(again, options, file, Some(directory.clone()));
            interpreter.set_file(&path);
        }
        begin(&sheet, orders.format, *number, block, index);
        let source = Source::starting_at(path.to_string_lossy(), &*block.text, block.first_line);
        let ends = !orders.blocks.shared || index + 1 == last;
        watch(&mut interpreter, orders, Some(&sheet));
        let outcome = interpreter.run(&source);
        let ended = if ends { interpreter.finish(outcome).status() } else { interpreter.report(outcome).status() };
        let recording = unwatch(&mut interpreter, Some(&sheet).filter(|_| orders.format.is_streamed()));
        if ended != 0 {
            status = ended;
        }
        let own = Text { name: shown_path.clone(), first_line: block.first_line, text: block.text.clone() };
        let records = shown(orders, &recording, &mut told);
        if orders.format == Format::Html {
            let sources = sources(&mut interpreter, &records, vec![own]);
            recordings.push(Recording { records, sources });
        } else {
            sheet.write(picture(orders.format, &records));
            sheet.write("```\n".to_owned());
        }
    }
    told.complain_of_nothing();
    if orders.format == Format::Html {
        let body = body(&text, &blocks);
        let page = html::document(&file.to_string_lossy(), &body, &recordings);
        sheet.write(page);
    }
    ended(sheet, courier, status)
}

/// The heading of a block's trace, and the fence before it.
fn begin(sheet: &Sheet, format: Format, number: usize, block: &Block, index: usize) {
    if format == Format::Html {
        return;
    }
    let first = block.text.lines().find(|line| !line.trim().is_empty()).unwrap_or("").trim();
    let blank = if index == 0 { "" } else { "\n" };
    let language = if format == Format::Perfetto { "json" } else { format.word() };
    let heading = format!("{blank}## Block {number}, line {}\n\n", block.first_line);
    let shown = if first.is_empty() { String::new() } else { format!("`{}`\n\n", first.replace('`', "'")) };
    sheet.write(format!("{heading}{shown}```{language}\n"));
}

/// The document as HTML, with the place of a stepper in the place of each block.
fn body(text: &str, blocks: &[(usize, Block)]) -> String {
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_FOOTNOTES
        // What stands in front for the program that makes pages of notes is not shown.
        | Extensions::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let (mut within, mut links) = (false, 0);
    let events = Parser::new_ext(text, extensions).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
            let fence = starts.partition_point(|start| *start <= range.start) as u32;
            let block = blocks.iter().position(|(_, block)| block.first_line == fence + 1);
            let Some(block) = block else { return Some(event) };
            within = true;
            Some(Event::Html(format!("<section class=\"stepper\" data-recording=\"{block}\"></section>\n").into()))
        }
        Event::End(TagEnd::CodeBlock) if within => {
            within = false;
            None
        }
        _ if within => None,
        // Nothing is loaded from elsewhere: of a picture there is its name, which leads to it, or where the link does that it is in.
        Event::Start(Tag::Link { .. }) => {
            links += 1;
            Some(event)
        }
        Event::End(TagEnd::Link) => {
            links -= 1;
            Some(event)
        }
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) if links > 0 => None,
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        Event::End(TagEnd::Image) => Some(Event::End(TagEnd::Link)),
        // What else the document has as HTML is shown as text: a page runs nothing but the stepper.
        Event::Html(html) | Event::InlineHtml(html) if is_harmless(&html) => Some(Event::Html(html)),
        Event::Html(html) | Event::InlineHtml(html) if html.trim_start().starts_with("<!--") => {
            drop(html);
            None
        }
        Event::Html(html) | Event::InlineHtml(html) => Some(Event::Text(html)),
        event => Some(event),
    });
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events);
    out
}

/// Are there no tags in it but some that only say how what stands between them looks, without attributes?
fn is_harmless(html: &str) -> bool {
    const TAGS: &[&str] = &[
        "b", "br", "code", "del", "details", "em", "hr", "i", "ins", "kbd", "mark", "s", "samp", "small", "strong",
        "sub", "summary", "sup", "u", "var",
    ];
    let mut parts = html.split('<');
    let before = parts.next().unwrap_or("");
    let is_plain = |part: &str| {
        part.split_once('>').is_some_and(|(tag, behind)| {
            let name = tag.strip_prefix('/').unwrap_or(tag).trim_end_matches(['/', ' ']);
            let name = if name == "details open" { "details" } else { name };
            TAGS.iter().any(|known| known.eq_ignore_ascii_case(name)) && !behind.contains('>')
        })
    };
    !before.contains('>') && parts.all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::super::markdown::python_blocks;
    use super::*;

    #[test]
    fn notes_look_as_elsewhere() {
        let text = "---\ntitle: T\n---\n\n<details><summary>more</summary>\n\nx<br>y H<sub>2</sub>\n\n</details>\n\n[![b](i.png)](u) ![c](j.png)\n";
        let html = body(text, &[]);
        assert!(
            !html.contains("title") && html.contains("<details><summary>more</summary>\n<p>x<br>y H<sub>2"),
            "{html}"
        );
        assert!(html.contains("</details>\n<p><a href=\"u\">b</a> <a href=\"j.png\">c</a></p>"), "{html}");
        for html in ["<script>", "<b onclick=f()>", "<details", "<img src=x>", "<b><script>", "a>b<b>", "</section>"] {
            assert!(!is_harmless(html), "{html}");
        }
    }

    #[test]
    fn steppers_stand_in_the_place_of_the_programs() {
        let text = "# A *title*\n\n- item\n\n  ```python\n  x = 1\n  ```\n\n<b onclick='f()'>bold</b> <!-- c -->\n\n```sh\nls\n```\n\n~~~py\ny\n~~~\n";
        let blocks: Vec<(usize, Block)> = (1..).zip(python_blocks(text)).collect();
        let html = body(text, &blocks);
        assert_eq!(html.matches("class=\"stepper\"").count(), 2);
        assert!(html.contains("data-recording=\"1\"") && !html.contains("x = 1") && html.contains("ls\n"), "{html}");
        assert!(html.contains("<em>title</em>") && html.contains("&lt;b onclick") && !html.contains("-- c"), "{html}");
    }
}
