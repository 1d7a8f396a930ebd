//! Tables of records as nobody should send them: a row is grouped the same each time, and the same with reasons as
//! without. `wasm-core/fuzz` asks the same.

use std::path::Path;
use std::sync::LazyLock;

use anxin_core::drg::{Columns, Explanation, Grouper, Scheme};

static SCHEME: LazyLock<Scheme> = LazyLock::new(|| {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    let pack = anxin_drgpack::scheme(&rules.join("drg"), "chs-drg-1.1").unwrap_or_else(|lints| panic!("{lints:?}"));
    Scheme::open(&pack).unwrap_or_else(|e| panic!("{e:?}"))
});

/// The first line is the table's head.
pub fn grouped(bytes: &[u8]) {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let Some(Ok(columns)) = lines.next().map(Columns::from_header) else { return };
    let (mut grouper, mut why) = (Grouper::new(&SCHEME), Explanation::default());
    for line in lines.take(64) {
        let grouping = grouper.group_row(&columns.row(line));
        grouper.explain_row(&columns.row(line), &mut why);
        assert_eq!(why.grouping, grouping, "{}", String::from_utf8_lossy(line));
        assert_eq!(Grouper::new(&SCHEME).group_row(&columns.row(line)), grouping, "what came before counts");
    }
}

#[test]
fn strange_rows_are_grouped_the_same_each_time() {
    use dice::{Dice, kept, times, touch};
    const TABLE: &str = "id\tgender\tage\tage_days\tweight\tlos\tleaving\tdx\tproc
1\t2\t50\t18560\t\t1\t1\tZ51.102|K02.800x006|H91.900x002\t99.2800x006
2\t2\t71\t\t\t7\t2\tJ32.000x005|N45.002\t94.2901|24.0x01
3\t1\t0\t3\t1200\t40\t1\tP07.100\t
x\t9\t-1\t99999999999\t\t||\t|\tI21.000";
    let mut tables = kept(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/table"));
    tables.push(TABLE.into());
    tables.iter().for_each(|table| grouped(table));
    let mut dice = Dice::new(7);
    for table in tables.iter().cycle().take(times(2_000)) {
        let mut changed = table.clone();
        touch(&mut changed, &mut dice);
        grouped(&changed);
    }
}

#[cfg(test)]
#[path = "../../fuzz/src/dice.rs"]
mod dice;
