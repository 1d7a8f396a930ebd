//! Texts of a workbook: the shared ones, and what an event of text says.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use crate::package::{Package, damaged};
use crate::{Limit, Limits, SheetError};

/// The shared strings, one after the other in one text.
#[derive(Default)]
pub struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    pub fn read(package: &Package<'_>, part: &str, limits: &Limits) -> Result<Strings, SheetError> {
        let mut xml = package.xml(part)?;
        let (mut buffer, mut strings) = (Vec::new(), Strings::default());
        let (mut in_text, mut phonetic) = (false, false);
        while let Some(event) = xml.next(&mut buffer)? {
            match &event {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "t" => in_text = !phonetic,
                    "rPh" => phonetic = true,
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "t" => in_text = false,
                    "rPh" => phonetic = false,
                    "si" => strings.close()?,
                    _ => {}
                },
                Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.close()?,
                event if in_text => push_text(event, &mut strings.text),
                _ => {}
            }
            // An end costs as much as the shortest string.
            if strings.text.len() + strings.ends.len() * 4 > limits.string_bytes {
                return Err(SheetError::TooLarge(Limit::Strings));
            }
        }
        Ok(strings)
    }

    fn close(&mut self) -> Result<(), SheetError> {
        self.ends.push(u32::try_from(self.text.len()).map_err(|_| damaged("sharedStrings"))?);
        Ok(())
    }

    pub fn get(&self, n: usize) -> Option<&str> {
        let end = usize::try_from(*self.ends.get(n)?).ok()?;
        let start = match n.checked_sub(1) {
            Some(before) => usize::try_from(*self.ends.get(before)?).ok()?,
            None => 0,
        };
        self.text.get(start..end)
    }
}

/// Adds what an event of text says.
pub fn push_text(event: &Event<'_>, into: &mut String) {
    match event {
        Event::Text(text) => into.push_str(&text.xml10_content()),
        Event::CData(text) => into.push_str(&text.xml10_content()),
        Event::GeneralRef(entity) => match entity.resolve_char_ref() {
            Ok(Some(c)) => into.push(c),
            _ => into.push_str(resolve_xml_entity(entity).unwrap_or_default()),
        },
        _ => {}
    }
}

/// An attribute by its name without prefix.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}
