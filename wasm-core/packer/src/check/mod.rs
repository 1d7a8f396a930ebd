//! Lints that look at a whole area rather than at one entry.

mod cells;
mod dates;

use crate::draft::Draft;
use crate::lint::Lint;

pub fn all(draft: &Draft) -> Vec<Lint> {
    let mut lints = dates::duplicate_ids(draft.values());
    lints.extend(dates::conflicts(draft.values()));
    lints.extend(dates::gaps(draft.values()));
    lints.extend(cells::missing(draft));
    lints
}
