//! What every table has to do with people: a new one is not released before it stands here.

/// Whether somebody gets what a table has of them when they ask for their data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Under this member of the export.
    Exported(&'static str),
    /// Why not.
    Withheld(&'static str),
    /// It has nothing of anybody: institutions, other areas, the machinery.
    Nobodys,
}

use Held::{Exported, Nobodys, Withheld};

const SECRET: &str = "a secret or its hash";
const SHORT: &str = "gone by itself within hours or days";
const WITHIN: &str = "what is told under another member was worked out from it";
const OPERATORS: &str = "what operators did, by their own ids";

pub const TABLES: &[(&str, Held)] = &[
    ("account", Exported("accounts")),
    ("batch", Nobodys),
    ("benefit_year", Exported("cover")),
    ("cell", Nobodys),
    ("cell_alarm", Nobodys),
    ("clearing_batch", Nobodys),
    ("clearing_item", Nobodys),
    ("clearing_window", Nobodys),
    ("consent", Exported("relations")),
    ("correction", Withheld(OPERATORS)),
    ("death_notice", Withheld(OPERATORS)),
    ("demo_charge", Nobodys),
    ("difference", Nobodys),
    ("draw", Withheld(WITHIN)),
    ("drug_pack", Nobodys),
    ("drug_use", Exported("orders")),
    ("factor_reset", Exported("authenticator_resets")),
    ("gift", Exported("transfers")),
    ("head", Nobodys),
    ("hold", Exported("accounts")),
    ("institution", Nobodys),
    ("insured", Exported("cover")),
    ("invitation", Exported("invitations")),
    ("journal", Exported("accounts")),
    ("journal_end", Nobodys),
    ("journal_mention", Withheld(WITHIN)),
    ("lease", Nobodys),
    ("letter_in", Withheld(WITHIN)),
    ("letter_out", Withheld(WITHIN)),
    ("link", Nobodys),
    ("login", Withheld(SECRET)),
    ("nhsa_fee", Exported("visits")),
    ("nhsa_file", Withheld(SHORT)),
    ("nhsa_filing", Exported("filings")),
    ("nhsa_institution", Nobodys),
    ("nhsa_key", Nobodys),
    ("nhsa_list", Exported("visits")),
    ("nhsa_message", Withheld(SHORT)),
    ("nhsa_prepaid", Exported("visits")),
    ("nhsa_reversed", Nobodys),
    ("nhsa_seen", Withheld(SHORT)),
    ("nhsa_sequence", Nobodys),
    ("nhsa_settlement", Exported("visits")),
    ("nhsa_signing", Nobodys),
    ("nhsa_visit", Exported("visits")),
    ("nickname", Exported("relations")),
    ("notice", Exported("notices")),
    ("notice_end", Nobodys),
    ("notice_seen", Exported("notices")),
    ("obligation", Withheld(WITHIN)),
    ("order_waiting", Withheld(WITHIN)),
    ("pack_afar", Withheld(WITHIN)),
    ("pay_code", Withheld(SECRET)),
    ("pay_guess", Nobodys),
    ("pay_offer", Withheld(WITHIN)),
    ("pay_order", Exported("orders")),
    ("pay_token", Withheld(SECRET)),
    ("payment_draw", Withheld(WITHIN)),
    ("person", Exported("cover")),
    ("practitioner", Withheld("where somebody practises is their institution's to say")),
    ("priority_change", Exported("notices")),
    ("proposal", Withheld(OPERATORS)),
    ("provider", Nobodys),
    ("refresh", Withheld(SECRET)),
    ("relation", Exported("relations")),
    ("request", Nobodys),
    ("revoked", Nobodys),
    ("rx", Exported("prescriptions")),
    ("rx_review", Withheld(OPERATORS)),
    ("second_factor", Exported("second_factor")),
    ("session", Withheld(SHORT)),
    ("share_told", Withheld(WITHIN)),
    (
        "shared_from",
        Withheld("that there is a share elsewhere, by a hash of the number: that area has the share itself"),
    ),
    ("standing", Nobodys),
    ("transfer", Exported("accounts")),
    ("uncoded_day", Withheld(WITHIN)),
    ("uncoded_request", Withheld(WITHIN)),
    ("window_act", Exported("window_acts")),
];

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Arc;

    use wallet_ledger::Limits;

    use super::*;
    use crate::{Clock, SqliteStore, Vault};

    /// Columns that name a person, wherever they stand.
    const OF_PEOPLE: [&str; 6] = ["patient", "person", "inviter", "giver", "taker", "owner"];
    /// Whose `owner` is an institution.
    const OF_INSTITUTIONS: [&str; 3] = ["institution", "provider", "nhsa_institution"];

    #[tokio::test]
    async fn every_table_is_exported_or_it_says_why_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("books.db");
        let store = SqliteStore::open(&file, 7, Limits::default(), Clock::Own).await.unwrap();
        let desk = store.desk(Arc::new(Vault::demo()));
        const COLUMNS: &str = "SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '_sqlx%'";
        let mut columns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in desk.pools.rows(COLUMNS, Vec::new()).await.unwrap() {
            columns.entry(row.text(0).unwrap()).or_default().insert(row.text(1).unwrap());
        }
        let there: Vec<&str> = columns.keys().map(String::as_str).collect();
        let listed: Vec<&str> = TABLES.iter().map(|(table, _)| *table).collect();
        assert_eq!(listed, there, "a table is listed once, by name, with what it has of people");
        for (table, held) in TABLES {
            let names = |column: &str| columns[*table].contains(column);
            let of_people = OF_PEOPLE.iter().any(|column| names(column)) && !OF_INSTITUTIONS.contains(table);
            assert!(!of_people || *held != Nobodys, "{table} names people");
        }
    }
}
