//! The file that heads are exported to: one line of JSON each, only ever added to.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, Take, Write as _};
use std::path::Path;

use super::SignedHead;

/// Adds heads of one shard to a file that several shards may share.
#[derive(Debug)]
pub struct Export {
    file: File,
    last: Option<SignedHead>,
}

impl Export {
    /// Opens a file, or begins one. What a crash left of a last line is taken off.
    pub fn open(path: &Path, shard: u64) -> io::Result<Export> {
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        let mut heads = Exported::new(file.try_clone()?, u64::MAX, shard);
        let mut last = None;
        for head in heads.by_ref() {
            last = Some(head?);
        }
        if heads.whole < file.metadata()?.len() {
            file.set_len(heads.whole)?;
        }
        file.seek(io::SeekFrom::End(0))?;
        Ok(Export { file, last })
    }

    /// The last head that is in the file.
    pub fn last(&self) -> Option<&SignedHead> {
        self.last.as_ref()
    }

    /// Writes heads, and waits until they are on the disk.
    pub fn append(&mut self, heads: &[SignedHead]) -> io::Result<()> {
        let Some(last) = heads.last() else { return Ok(()) };
        let lines: String = heads.iter().map(|head| head.to_line() + "\n").collect();
        self.file.write_all(lines.as_bytes())?;
        self.file.sync_data()?;
        self.last = Some(*last);
        Ok(())
    }
}

/// Heads of one shard in a file, in their order. A last line without an end is what a crash left, and no head.
#[derive(Debug)]
pub struct Exported {
    from: BufReader<Take<File>>,
    shard: u64,
    number: u64,
    /// How far whole lines reach.
    whole: u64,
}

/// Reads the heads that are in a file now. What is added later is not looked at.
pub fn read_heads(path: &Path, shard: u64) -> io::Result<Exported> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    Ok(Exported::new(file, length, shard))
}

impl Exported {
    fn new(file: File, length: u64, shard: u64) -> Exported {
        Exported { from: BufReader::new(file.take(length)), shard, number: 0, whole: 0 }
    }

    fn bad(&self) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, format!("line {} is no head", self.number))
    }
}

impl Iterator for Exported {
    type Item = io::Result<SignedHead>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut line = String::new();
            let length = match self.from.read_line(&mut line) {
                Ok(length) => length,
                Err(cause) => return Some(Err(cause)),
            };
            let text = line.strip_suffix('\n')?;
            self.number += 1;
            self.whole += u64::try_from(length).unwrap_or_default();
            match SignedHead::from_line(text) {
                None => return Some(Err(self.bad())),
                Some(head) if head.shard == self.shard => return Some(Ok(head)),
                Some(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use wallet_ledger::{Head, Micros};

    use super::*;
    use crate::heads::HeadKey;

    fn head(shard: u64, size: u64) -> SignedHead {
        HeadKey::demo().unwrap().sign(shard, Head { size, root: [1; 32] }, Micros(5)).unwrap()
    }

    #[test]
    fn a_file_goes_on_where_a_crash_cut_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("heads.jsonl");
        Export::open(&path, 7).unwrap().append(&[head(7, 1), head(7, 2)]).unwrap();
        Export::open(&path, 8).unwrap().append(&[head(8, 5)]).unwrap();
        let torn = std::fs::read_to_string(&path).unwrap() + "{\"shard\":7,\"si";
        std::fs::write(&path, torn).unwrap();
        assert_eq!(read_heads(&path, 7).unwrap().map(Result::unwrap).count(), 2);
        let mut export = Export::open(&path, 7).unwrap();
        assert_eq!(export.last(), Some(&head(7, 2)));
        export.append(&[head(7, 3)]).unwrap();
        let sizes: Vec<u64> = read_heads(&path, 7).unwrap().map(|h| h.unwrap().head.size).collect();
        assert_eq!(sizes, [1, 2, 3]);
        assert_eq!(read_heads(&path, 8).unwrap().map(Result::unwrap).collect::<Vec<_>>(), [head(8, 5)]);
    }

    #[test]
    fn a_line_that_is_no_head_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("heads.jsonl");
        let line = head(7, 1).to_line();
        for bad in ["{}\n", "\n", &line.replace("\"size\"", "\"more\":1,\"size\""), &line.replace('a', "g")] {
            std::fs::write(&path, format!("{line}\n{}\n", bad.trim_end())).unwrap();
            let told = Export::open(&path, 7).unwrap_err().to_string();
            assert!(told.contains("line 2"), "{bad}: {told}");
        }
    }
}
