//! The parts of a workbook: a zip of XML, inflated no further than the limits allow.

use std::cell::Cell as Counter;
use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::DeflateDecoder;
use quick_xml::Reader;
use quick_xml::events::Event;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

use crate::{Limit, Limits, SheetError};

pub struct Package<'a> {
    archive: ZipSliceArchive<&'a [u8]>,
    parts: HashMap<String, Entry>,
    limits: Limits,
}

#[derive(Clone, Copy)]
struct Entry {
    at: ZipArchiveEntryWayfinder,
    deflated: bool,
}

/// Most files of a package.
const FILES_MAX: usize = 10_000;

pub fn damaged(part: &str) -> SheetError {
    SheetError::Damaged(part.into())
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Package<'a>, SheetError> {
        let archive = ZipArchive::from_slice(bytes).map_err(|_| damaged("zip"))?;
        let mut parts = HashMap::new();
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(|_| damaged("zip"))? {
            if parts.len() >= FILES_MAX {
                return Err(SheetError::TooLarge(Limit::Sheets));
            }
            let name = String::from_utf8_lossy(entry.file_path().as_bytes()).replace('\\', "/").to_ascii_lowercase();
            let deflated = match entry.compression_method() {
                CompressionMethod::STORE => false,
                CompressionMethod::DEFLATE => true,
                _ => continue,
            };
            let name = name.trim_start_matches('/').to_owned();
            parts.entry(name).or_insert(Entry { at: entry.wayfinder(), deflated });
        }
        Ok(Package { archive, parts, limits: limits.clone() })
    }

    pub fn has(&self, part: &str) -> bool {
        self.parts.contains_key(&part.to_ascii_lowercase())
    }

    /// A part as XML.
    pub fn xml(&self, part: &str) -> Result<Xml<'_>, SheetError> {
        let entry = self.parts.get(&part.to_ascii_lowercase()).ok_or_else(|| damaged(part))?;
        let found = self.archive.get_entry(entry.at).map_err(|_| damaged(part))?;
        let data = found.data();
        let plain: Box<dyn Read + '_> = if entry.deflated {
            Box::new(found.verifying_reader(DeflateDecoder::new(data)))
        } else {
            Box::new(found.verifying_reader(data))
        };
        let state = Rc::new(State::default());
        let ratio_bytes = data.len().saturating_mul(self.limits.ratio).max(RATIO_FREE_BYTES);
        let measured = Measured {
            inner: BufReader::with_capacity(64 << 10, plain),
            state: Rc::clone(&state),
            total: 0,
            most: (self.limits.part_bytes, ratio_bytes, self.limits.token_bytes),
        };
        let mut reader = Reader::from_reader(measured);
        reader.config_mut().check_end_names = false;
        Ok(Xml { reader, state, part: part.into() })
    }
}

/// A part smaller than this may have been as small as it likes before.
const RATIO_FREE_BYTES: usize = 1 << 20;

/// What reader and inflater tell each other.
#[derive(Default)]
struct State {
    /// Bytes since the last event.
    token: Counter<usize>,
    passed: Counter<Option<Limit>>,
}

/// Counts what is inflated, and stops at a limit.
struct Measured<R> {
    inner: BufReader<R>,
    state: Rc<State>,
    total: usize,
    /// Bytes of the part, bytes by ratio, bytes of a token.
    most: (usize, usize, usize),
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(into)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: Read> BufRead for Measured<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let (part, ratio, token) = self.most;
        let passed = match () {
            () if self.total > part => Some(Limit::Part),
            () if self.total > ratio => Some(Limit::Ratio),
            () if self.state.token.get() > token => Some(Limit::Token),
            () => None,
        };
        if passed.is_some() {
            self.state.passed.set(passed);
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.total = self.total.saturating_add(n);
        self.state.token.set(self.state.token.get().saturating_add(n));
        self.inner.consume(n);
    }
}

/// A part in the act of being read.
pub struct Xml<'p> {
    reader: Reader<Measured<Box<dyn Read + 'p>>>,
    state: Rc<State>,
    part: String,
}

impl Xml<'_> {
    /// The next event; `None` at the end.
    pub fn next<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Option<Event<'b>>, SheetError> {
        buffer.clear();
        self.state.token.set(0);
        match self.reader.read_event_into(buffer) {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => Ok(Some(event)),
            Err(_) => Err(match self.state.passed.get() {
                Some(limit) => SheetError::TooLarge(limit),
                None => damaged(&self.part),
            }),
        }
    }
}
