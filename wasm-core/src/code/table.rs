use serde::{Deserialize, Serialize};

use super::Code;

/// A sorted column of codes, each written as what it shares with the one before and the rest, and
/// the class of every code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Bytes shared with the code before.
    shared: Vec<u8>,
    /// The remaining bytes, each ended by a line feed.
    rest: Vec<u8>,
    /// The number of each code's class.
    classes: Vec<u16>,
}

impl Column {
    /// Packs sorted codes with the number of each one's class. `None` when a code is not one, or
    /// they are not in strictly ascending order.
    pub fn pack<'a>(codes: impl IntoIterator<Item = (&'a str, u16)>) -> Option<Column> {
        let mut column = Column::default();
        let mut before: &[u8] = &[];
        for (text, class) in codes {
            let code = text.as_bytes();
            Code::new(code)?;
            if code <= before {
                return None;
            }
            let same = before.iter().zip(code).take_while(|(a, b)| a == b).count();
            column.shared.push(u8::try_from(same).ok()?);
            column.rest.extend_from_slice(code.get(same..)?);
            column.rest.push(b'\n');
            column.classes.push(class);
            before = code;
        }
        Some(column)
    }

    /// The codes in order. `None` when the column is damaged.
    pub fn unpack(&self) -> Option<Vec<Entry>> {
        let mut text = Vec::with_capacity(Code::LEN_MAX);
        let mut entries = Vec::with_capacity(self.shared.len());
        let mut rest = self.rest.split(|b| *b == b'\n');
        if self.classes.len() != self.shared.len() {
            return None;
        }
        for (same, class) in self.shared.iter().zip(&self.classes) {
            if usize::from(*same) > text.len() {
                return None;
            }
            text.truncate(usize::from(*same));
            text.extend_from_slice(rest.next()?);
            entries.push(Entry { code: Code::new(&text)?, class: *class });
        }
        (rest.next() == Some(&[]) || entries.is_empty()).then_some(entries)
    }
}

/// A code and the number of its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub code: Code,
    pub class: u16,
}

/// A column of codes that can be looked up: open addressing at half load, one cache line a probe in
/// most cases.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    entries: Vec<Entry>,
    slots: Vec<Slot>,
    mask: usize,
}

/// A place in the table: half a cache line, never across two.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Slot {
    code: Code,
    at: u16,
    class: u16,
}

const FREE: u16 = u16::MAX;

/// A code on its way to being found: where to look is known, nothing has been read yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Probe {
    code: Code,
    place: usize,
}

impl Dictionary {
    /// `None` when there are more entries than numbers for them.
    pub fn new(entries: Vec<Entry>) -> Option<Dictionary> {
        if entries.len() >= usize::from(FREE) {
            return None;
        }
        let size = (entries.len() * 2).next_power_of_two().max(8);
        let free = Slot { code: Code::NONE, at: FREE, class: 0 };
        let mut slots = vec![free; size];
        for (at, entry) in (0_u16..).zip(&entries) {
            let mut place = start(&entry.code, size - 1);
            while slots.get(place)?.at != FREE {
                place = (place + 1) & (size - 1);
            }
            *slots.get_mut(place)? = Slot { code: entry.code, at, class: entry.class };
        }
        Some(Dictionary { entries, slots, mask: size - 1 })
    }

    /// Works out where a code would be. Making several probes before reading any lets the machine
    /// wait for all of them at once.
    #[inline]
    pub(crate) fn probe(&self, text: &[u8]) -> Option<Probe> {
        let code = Code::padded(text)?;
        Some(Probe { code, place: start(&code, self.mask) })
    }

    /// The number and class of a probed code.
    #[inline]
    pub(crate) fn read(&self, probe: &Probe) -> Option<(u16, u16)> {
        let mut place = probe.place;
        loop {
            let slot = self.slots.get(place)?;
            if slot.at == FREE {
                return None;
            }
            if slot.code == probe.code {
                return Some((slot.at, slot.class));
            }
            place = (place + 1) & self.mask;
        }
    }

    /// The number and class of a code.
    #[inline]
    pub fn find(&self, text: &[u8]) -> Option<(u16, u16)> {
        self.read(&self.probe(text)?)
    }

    pub fn find_code(&self, code: &Code) -> Option<(u16, u16)> {
        self.read(&Probe { code: *code, place: start(code, self.mask) })
    }

    pub fn get(&self, at: u16) -> Option<&Entry> {
        self.entries.get(usize::from(at))
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Gives a code another class.
    pub(crate) fn reclass(&mut self, at: u16, class: u16) {
        if let Some(entry) = self.entries.get_mut(usize::from(at)) {
            entry.class = class;
        }
        if let Some(slot) = self.slots.iter_mut().find(|slot| slot.at == at) {
            slot.class = class;
        }
    }
}

/// Where the search for a code begins.
#[inline]
fn start(code: &Code, mask: usize) -> usize {
    let [a, b, c, d, ..] = code.hash().to_le_bytes();
    usize::try_from(u32::from_le_bytes([a, b, c, d])).unwrap_or_default() & mask
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_code_is_found_under_its_own_number(codes in prop::collection::btree_set("[A-Z][0-9]{2}\\.[0-9x]{1,18}", 1..200)) {
            let column = Column::pack(codes.iter().map(String::as_str).zip(7..)).unwrap();
            let dictionary = Dictionary::new(column.unpack().unwrap()).unwrap();
            for (i, code) in (0_u16..).zip(&codes) {
                let (at, class) = dictionary.find(code.as_bytes()).unwrap();
                prop_assert_eq!((at, class, dictionary.get(at).unwrap().code.as_str()), (i, i + 7, code.as_str()));
            }
            prop_assert!(dictionary.find(b"not there").is_none());
        }
    }

    #[test]
    fn disorder_and_damage_are_noticed() {
        assert_eq!(Column::pack([("B01", 0), ("A01", 0)]), None);
        assert_eq!(Column::pack([("A01", 0), ("A01", 0)]), None);
        assert_eq!(Column::pack([("霍乱", 0)]), None);
        let mut column = Column::pack([("A01", 0), ("A02", 0)]).unwrap();
        column.shared[1] = 9;
        assert_eq!(column.unpack(), None);
    }
}
