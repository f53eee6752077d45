//! Programs and modules in zip archives, as `zipapp` makes them: what lies under a name.

use miniz_oxide::inflate::decompress_to_vec_with_limit;
use std::collections::HashMap;

/// An archive, read as far as its table of contents.
pub struct Archive {
    bytes: Vec<u8>,
    members: HashMap<String, Member>,
}

/// Where something lies, and how it is packed.
struct Member {
    header: usize,
    method: u16,
    packed: usize,
    size: usize,
}

const END: [u8; 4] = *b"PK\x05\x06";
const ENTRY: [u8; 4] = *b"PK\x01\x02";
const HEADER: [u8; 4] = *b"PK\x03\x04";

fn half(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn whole(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()
}

impl Archive {
    /// The archive that a file is; there may be something before it, such as the line for the shell.
    pub fn read(bytes: Vec<u8>) -> Option<Archive> {
        let end = end_of(&bytes)?;
        let length = whole(&bytes, end + 12)?;
        let start = end.checked_sub(length)?;
        // What stands before the archive is not counted by it.
        let before = start.checked_sub(whole(&bytes, end + 16)?)?;
        let mut members = HashMap::new();
        let mut at = start;
        while at < end {
            if bytes.get(at..at + 4)? != ENTRY {
                return None;
            }
            let (name, extra, comment) = (half(&bytes, at + 28)?, half(&bytes, at + 30)?, half(&bytes, at + 32)?);
            let member = Member {
                header: before.checked_add(whole(&bytes, at + 42)?)?,
                method: u16::try_from(half(&bytes, at + 10)?).ok()?,
                packed: whole(&bytes, at + 20)?,
                size: whole(&bytes, at + 24)?,
            };
            let name = String::from_utf8_lossy(bytes.get(at + 46..at + 46 + name)?).into_owned();
            at += 46 + name.len() + extra + comment;
            members.insert(name, member);
        }
        Some(Archive { bytes, members })
    }

    /// Is a file one?
    pub fn is(bytes: &[u8]) -> bool {
        end_of(bytes).is_some()
    }

    /// Is there something in a directory of this name?
    pub fn has_directory(&self, name: &str) -> bool {
        self.members.keys().any(|member| member.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')))
    }

    /// What lies under a name; `Err` if it cannot be unpacked.
    pub fn member(&self, name: &str) -> Option<Result<Vec<u8>, String>> {
        let member = self.members.get(name)?;
        let unpacked = self.packed(member).ok_or_else(|| format!("{name} is not where the archive says"));
        Some(unpacked.and_then(|packed| match member.method {
            0 => Ok(packed.to_vec()),
            8 => decompress_to_vec_with_limit(packed, member.size).map_err(|_| format!("{name} cannot be unpacked")),
            method => Err(format!("{name} is packed in a way that is not known (method {method})")),
        }))
    }

    fn packed(&self, member: &Member) -> Option<&[u8]> {
        let header = self.bytes.get(member.header..)?;
        let start = 30 + half(header, 26)? + half(header, 28)?;
        header.get(start..start + member.packed).filter(|_| header.starts_with(&HEADER))
    }
}

/// Where the last part of an archive begins, which ends with a comment.
fn end_of(bytes: &[u8]) -> Option<usize> {
    /// Without the comment.
    const LENGTH: usize = 22;
    let last = bytes.len().checked_sub(LENGTH)?;
    let is_end = |at: &usize| bytes[*at..].starts_with(&END) && half(bytes, at + 20) == Some(last - at);
    // Only what begins as an archive or a program for the shell is looked through for one with a comment.
    let first = if bytes.starts_with(b"PK") || bytes.starts_with(b"#!") { last.saturating_sub(0xffff) } else { last };
    (first..=last).rev().find(is_end)
}

#[cfg(test)]
mod tests {
    use super::Archive;

    /// An archive with one member, which is not packed.
    fn archive(before: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
        let half = |number: usize| (number as u16).to_le_bytes();
        let whole = |number: usize| (number as u32).to_le_bytes();
        let sizes = [whole(content.len()), whole(content.len())].concat();
        let header =
            [b"PK\x03\x04".as_slice(), &[0; 14], &sizes, &half(name.len()), &half(0), name.as_bytes(), content]
                .concat();
        let entry = [b"PK\x01\x02".as_slice(), &[0; 16], &sizes, &half(name.len()), &[0; 16], name.as_bytes()].concat();
        let end =
            [b"PK\x05\x06".as_slice(), &[0; 8], &whole(entry.len()), &whole(header.len()), &half(2), b"me"].concat();
        [before, &header, &entry, &end].concat()
    }

    #[test]
    fn members_are_found() {
        let read = Archive::read(archive(b"#!/usr/bin/env pyield\n", "pkg/a.py", b"x = 1\n"));
        let read = read.expect("it is an archive");
        assert_eq!(read.member("pkg/a.py"), Some(Ok(b"x = 1\n".to_vec())));
        assert_eq!(read.member("pkg/b.py"), None);
        assert!(read.has_directory("pkg") && !read.has_directory("pk"));
    }

    #[test]
    fn what_is_broken_is_refused() {
        let whole = archive(b"", "a.py", b"x = 1\n");
        for length in 0..whole.len() {
            assert!(Archive::read(whole[..length].to_vec()).is_none(), "{length}");
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            if let Some(read) = Archive::read(bytes) {
                // Whatever comes of it, it ends.
                let _ = read.member("a.py");
            }
        }
        assert!(!Archive::is(b"print(1)\n"));
    }
}
