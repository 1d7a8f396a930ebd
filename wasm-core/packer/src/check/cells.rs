use anxin_core::rules::{Found, Kind, Level, Query, RuleBook, Scheme, Slot, WorkStatus};

use crate::draft::{Allowed, Draft};
use crate::lint::{Lint, LintKind};

/// A cell of the local inpatient table: who, and at which grade.
#[derive(Clone, Copy)]
struct Cell {
    scheme: Scheme,
    status: WorkStatus,
    level: Level,
}

impl Cell {
    fn query(self) -> Query {
        Query::new(self.scheme, Kind::Inpatient).with(self.status).with(self.level)
    }
}

/// Local deductible and ratio come in pairs, unless the area says that it looked and found one only.
pub fn missing(draft: &Draft) -> Vec<Lint> {
    let book = match draft.book() {
        Ok(book) => book,
        Err(lint) => return vec![lint],
    };
    let mut lints = Vec::new();
    let mut excused = vec![false; draft.unknown().len()];
    for cell in cells(&book) {
        for (slot, other) in
            [(Slot::InpatientDeductible, Slot::InpatientRatio), (Slot::InpatientRatio, Slot::InpatientDeductible)]
        {
            let there = |slot| !matches!(book.find(slot, cell.query(), None, draft.edition_day()), Found::Unknown);
            let listed = draft.unknown().iter().position(|allowed| covers(allowed, slot, cell));
            match (there(slot), listed) {
                (false, Some(index)) => excused[index] = true,
                (false, None) if there(other) => lints.push(gap(draft, slot, other, cell)),
                _ => {}
            }
        }
    }
    let stale = draft.unknown().iter().zip(excused).filter(|(_, excused)| !excused).map(|(allowed, _)| {
        let message = "listed as unknown, and no cell of it is";
        Lint::new(LintKind::StaleUnknown, &allowed.at, allowed.slot.word(), message)
    });
    lints.extend(stale);
    lints
}

fn cells(book: &RuleBook) -> Vec<Cell> {
    let mut cells = Vec::new();
    for &scheme in &book.region.schemes {
        let statuses: &[_] = match scheme {
            Scheme::Resident => &[WorkStatus::Active],
            Scheme::Employee => &[WorkStatus::Active, WorkStatus::Retired],
        };
        for &status in statuses {
            cells.extend(book.region.levels.iter().map(|&level| Cell { scheme, status, level }));
        }
    }
    cells
}

fn covers(allowed: &Allowed, slot: Slot, cell: Cell) -> bool {
    allowed.slot == slot && allowed.reach.accepts(cell.query())
}

fn gap(draft: &Draft, slot: Slot, other: Slot, cell: Cell) -> Lint {
    use anxin_core::rules::Dim;
    let Cell { scheme, status, level } = cell;
    let subject = format!("{} {} {} {}", scheme.word(), status.word(), slot.word(), level.word());
    let message = format!("`{}` is there; give this too, or list it under `[[unknown]]`", other.word());
    Lint::new(LintKind::MissingCell, draft.at(), subject, message)
}
