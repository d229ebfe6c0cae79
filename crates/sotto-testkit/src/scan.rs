//! Whether a word that must be nowhere is somewhere: in files, or in the memory of a running process.
//!
//! A scan that finds nothing proves nothing by itself: every test that uses one also shows that the same scan finds the word
//! where it must be (the control).

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use memchr::memmem::Finder;

/// Bytes read at once.
const CHUNK: usize = 4 * 1024 * 1024;

/// A word that a test puts into a message and then looks for.
#[derive(Debug, Clone)]
pub struct Canary {
    text: String,
    spellings: Vec<Vec<u8>>,
}

impl Canary {
    /// Looks for the text as UTF-8, as UTF-16 (a webview's strings) and in hexadecimal.
    ///
    /// # Panics
    /// If the text is too short to be told from noise.
    #[must_use]
    pub fn new(text: &str) -> Self {
        assert!(text.len() >= 12, "a canary is at least 12 bytes long, or it may occur by chance");
        let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        Self { text: text.to_owned(), spellings: vec![text.as_bytes().to_vec(), wide, hex::encode(text).into_bytes()] }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    fn finders(&self) -> Vec<Finder<'_>> {
        self.spellings.iter().map(|spelling| Finder::new(spelling.as_slice())).collect()
    }

    fn longest(&self) -> usize {
        self.spellings.iter().map(Vec::len).max().unwrap_or(1)
    }
}

/// Where a canary was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The file, or the process's mapping.
    pub place: String,
    /// How far into it, in bytes.
    pub offset: u64,
}

/// Looks into every file below `folder`; at most one sighting a file.
///
/// # Errors
/// Where a file that is there cannot be read; a file that vanishes meanwhile is none.
pub fn files(folder: &Path, canary: &Canary) -> Result<Vec<Sighting>> {
    let mut sightings = Vec::new();
    for path in files_below(folder)? {
        let Ok(mut file) = File::open(&path) else { continue };
        let length = file.metadata().map_or(0, |meta| meta.len());
        if let Some(offset) = find(&mut file, 0, length, canary).with_context(|| format!("could not scan {}", path.display()))? {
            sightings.push(Sighting { place: path.display().to_string(), offset });
        }
    }
    Ok(sightings)
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("could not list {}", folder.display()))? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    Ok(files)
}

/// Looks into the writable memory of a process (Linux; needs the right to trace it). At most one sighting a mapping.
///
/// # Errors
/// Where the process is gone or may not be read.
pub fn memory(pid: u32, canary: &Canary) -> Result<Vec<Sighting>> {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).with_context(|| format!("could not read the mappings of {pid}"))?;
    let mut memory = File::open(format!("/proc/{pid}/mem")).with_context(|| format!("could not open the memory of {pid}"))?;
    let mut pages = File::open(format!("/proc/{pid}/pagemap")).with_context(|| format!("could not open the page table of {pid}"))?;
    let mut sightings = Vec::new();
    for line in maps.lines() {
        let Some((start, end)) = writable(line) else { continue };
        for (start, end) in present(&mut pages, start, end) {
            // Guard pages and device mappings cannot be read; what can, is.
            if let Ok(Some(offset)) = find(&mut memory, start, end - start, canary) {
                sightings.push(Sighting { place: format!("process {pid}: {line}"), offset });
                break;
            }
        }
    }
    Ok(sightings)
}

/// Bytes of a page, and of its line in the page table.
const PAGE: u64 = 4096;
const PAGE_LINE: u64 = 8;
/// The page is in memory, or swapped out (Linux, Documentation/admin-guide/mm/pagemap.rst).
const IN_USE: u64 = 0b11 << 62;

/// The parts of a range that hold anything: a webview reserves many gigabytes and uses little of them.
fn present(pages: &mut File, start: u64, end: u64) -> Vec<(u64, u64)> {
    let mut parts: Vec<(u64, u64)> = Vec::new();
    let mut at = start;
    let mut buffer = vec![0; 64 * 1024];
    while at < end && pages.seek(SeekFrom::Start(at / PAGE * PAGE_LINE)).is_ok() {
        let want = usize::try_from((end - at) / PAGE * PAGE_LINE).unwrap_or(usize::MAX).min(buffer.len());
        let Some(room) = buffer.get_mut(..want) else { break };
        if pages.read_exact(room).is_err() {
            // A part that is not in the table is scanned as it is.
            parts.push((at, end));
            break;
        }
        for line in room.as_chunks::<8>().0 {
            if u64::from_le_bytes(*line) & IN_USE != 0 {
                match parts.last_mut() {
                    Some((_, last)) if *last == at => *last = at + PAGE,
                    _ => parts.push((at, at + PAGE)),
                }
            }
            at += PAGE;
        }
    }
    parts
}

/// The range of a line of `/proc/PID/maps`, if a program could have written there.
fn writable(line: &str) -> Option<(u64, u64)> {
    let mut words = line.split_whitespace();
    let (start, end) = words.next()?.split_once('-')?;
    let rights = words.next()?;
    if !rights.starts_with("rw") {
        return None;
    }
    Some((u64::from_str_radix(start, 16).ok()?, u64::from_str_radix(end, 16).ok()?))
}

/// The process and all that descend from it, itself first (a webview's processes are children of the app).
#[must_use]
pub fn family(pid: u32) -> Vec<u32> {
    let mut family = vec![pid];
    let parents: Vec<(u32, u32)> =
        std::fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(|e| parent_of(&e.path())).collect();
    let mut next = 0;
    while let Some(parent) = family.get(next).copied() {
        family.extend(parents.iter().filter(|(_, p)| *p == parent).map(|(child, _)| *child));
        next += 1;
    }
    family
}

fn parent_of(folder: &Path) -> Option<(u32, u32)> {
    let pid = folder.file_name()?.to_str()?.parse().ok()?;
    let status = std::fs::read_to_string(folder.join("status")).ok()?;
    let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    Some((pid, parent.trim().parse().ok()?))
}

fn find(file: &mut (impl Read + Seek), start: u64, length: u64, canary: &Canary) -> Result<Option<u64>> {
    let finders = canary.finders();
    let overlap = canary.longest() - 1;
    let mut buffer = vec![0; CHUNK + overlap];
    let mut done: u64 = 0;
    let mut kept = 0;
    file.seek(SeekFrom::Start(start))?;
    while done < length {
        let want = usize::try_from(length - done).unwrap_or(CHUNK).min(CHUNK);
        let Some(room) = buffer.get_mut(kept..kept + want) else { break };
        let read = match file.read(room) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if done == 0 => return Err(error.into()),
            Err(_) => break,
        };
        let filled = buffer.get(..kept + read).unwrap_or_default();
        if let Some(at) = finders.iter().find_map(|finder| finder.find(filled)) {
            return Ok(Some(done + at as u64 - kept as u64));
        }
        // What may be the beginning of a word that the next chunk completes stays in front.
        done += read as u64;
        let keep = overlap.min(kept + read);
        buffer.copy_within(kept + read - keep..kept + read, 0);
        kept = keep;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_every_spelling_and_across_chunks() {
        let folder = tempfile::tempdir().unwrap();
        let canary = Canary::new("canary-in-the-mine");
        assert!(files(folder.path(), &canary).unwrap().is_empty());
        let wide: Vec<u8> = canary.text().encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut across = vec![b'.'; CHUNK - 5];
        across.extend_from_slice(canary.text().as_bytes());
        std::fs::create_dir(folder.path().join("below")).unwrap();
        std::fs::write(folder.path().join("below/plain"), format!("a {} b", canary.text())).unwrap();
        std::fs::write(folder.path().join("wide"), wide).unwrap();
        std::fs::write(folder.path().join("across"), across).unwrap();
        let found = files(folder.path(), &canary).unwrap();
        assert_eq!(found.len(), 3);
        assert!(found.iter().any(|s| s.place.ends_with("across") && s.offset == CHUNK as u64 - 5));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_word_in_memory_is_found() {
        // Made at run time: a literal would lie in the program's read-only data.
        let word = ["canary", "in", "the", "memory"].join("~");
        let sightings = memory(std::process::id(), &Canary::new(&word)).unwrap();
        assert!(!sightings.is_empty(), "this process holds the word and the scan must see it");
        assert!(family(std::process::id()).contains(&std::process::id()));
    }
}
