//! What if another row of the record came first. Only a stay with operations that no core group takes is asked
//! about: where one does, or where nothing was done, there is nothing to look for.

use super::answer::{DipHintCode, DipHintOut};
use crate::dip::{Grouper, Path, Record};
use crate::drg::{Diagnosis, Operation, Place};

pub(super) fn hints(grouper: &mut Grouper<'_>, record: &Record, path: Path) -> Vec<DipHintOut> {
    if !matches!(path, Path::Comprehensive | Path::Chapter | Path::Blank | Path::Ungrouped | Path::Excluded) {
        return Vec::new();
    }
    let mut fits = |record: &Record| {
        let grouping = grouper.group_record(record);
        grouping.path == Path::Core && grouping.main.is_some()
    };
    let hint =
        |code, place, recorded: &String| DipHintOut { code, place, recorded: Some(recorded.clone()), text: None };
    let mut found = Vec::new();
    for (row, n) in record.diagnoses.iter().zip(0_u16..) {
        if !matches!(row.diag_type.as_deref(), Some("2" | "3")) && fits(&with_principal(record, n)) {
            found.push(hint(DipHintCode::OtherPrincipal, Place::Diagnosis(n), &row.diag_code));
        }
    }
    for (row, n) in record.operations.iter().zip(0_u16..) {
        if fits(&with_main(record, n)) {
            found.push(hint(DipHintCode::OtherMain, Place::Operation(n), &row.oprn_oprt_code));
        }
    }
    found
}

fn with_principal(record: &Record, place: u16) -> Record {
    let flagged = |(row, n): (&Diagnosis, u16)| Diagnosis { maindiag_flag: flag(n == place), ..row.clone() };
    Record { diagnoses: record.diagnoses.iter().zip(0..).map(flagged).collect(), ..record.clone() }
}

fn with_main(record: &Record, place: u16) -> Record {
    let flagged = |(row, n): (&Operation, u16)| Operation { main_oprn_flag: flag(n == place), ..row.clone() };
    Record { operations: record.operations.iter().zip(0..).map(flagged).collect(), ..record.clone() }
}

fn flag(first: bool) -> Option<String> {
    first.then(|| "1".to_owned())
}
