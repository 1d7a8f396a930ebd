//! Where a sealed value stands: table and column, area, and the rest of the row's key.

/// Two places are written alike only if they are the same.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    name: &'static str,
    bytes: Vec<u8>,
}

impl Place {
    pub fn new(name: &'static str, shard: i64) -> Place {
        let bytes = [name.as_bytes(), b"\0", &shard.to_be_bytes()].concat();
        Place { name, bytes }
    }

    pub fn part(mut self, part: &[u8]) -> Place {
        self.bytes.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.bytes.extend(part);
        self
    }

    pub fn id(self, id: u128) -> Place {
        self.part(&id.to_be_bytes())
    }

    pub fn text(self, text: &str) -> Place {
        self.part(text.as_bytes())
    }

    pub fn number(self, number: i64) -> Place {
        self.part(&number.to_be_bytes())
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
