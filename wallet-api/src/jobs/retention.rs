//! Deletes what was kept for as long as it has to be.

use jiff::civil::Date;
use wallet_ledger::Micros;
use wallet_store::{Database, StoreError, Upkeep as _};

use crate::family::{china, civil};
use crate::wallet::Wallet;

/// Whoever holds this deletes.
const RETENTION: &str = "retention";
/// Of each kind in one transaction.
const PAGE: u32 = 100;
/// Days for which it is remembered what went without a code: for as long a request may come again.
const UNCODED: i64 = 40;

/// What was over before this has been kept for so many years, which count from the end of the calendar year in China in
/// which it was over.
fn kept_until(now: Micros, years: u32) -> Option<Micros> {
    let year = civil(now)?.year().checked_sub(i16::try_from(years).ok()?)?;
    let begins = Date::new(year, 1, 1).ok()?.to_zoned(china()).ok()?;
    Some(Micros(begins.timestamp().as_microsecond()))
}

impl Wallet {
    /// One round, by whoever of those that run on these books has the lease. Says how much is gone.
    ///
    /// # Errors
    /// When the store does not answer; what was deleted until then stays deleted.
    pub async fn sweep_kept(&self, me: u128) -> Result<u64, StoreError> {
        let Some(before) = kept_until(self.now(), self.keep_years) else { return Ok(0) };
        let mut all = 0;
        while self.holds_retention(me).await? {
            let gone = self.desk.sweep_kept(before, PAGE).await?;
            all += gone;
            if gone == 0 {
                self.desk.forget_uncoded(self.now().business_day().saturating_sub(UNCODED)).await?;
                break;
            }
        }
        Ok(all)
    }

    async fn holds_retention(&self, me: u128) -> Result<bool, StoreError> {
        match &self.database {
            Database::Sqlite(store) => store.lease(RETENTION, me).await,
            Database::Postgres(store) => store.lease(RETENTION, me).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_count_from_the_end_of_the_year_in_china() {
        let at = |text: &str| Micros(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        let check = |now: &str, years, before: &str| assert_eq!(kept_until(at(now), years), Some(at(before)), "{now}");
        check("2056-12-31T15:59:59.999999Z", 30, "2025-12-31T16:00:00Z");
        check("2056-12-31T16:00:00Z", 30, "2026-12-31T16:00:00Z");
        check("2026-11-02T01:00:00Z", 1, "2024-12-31T16:00:00Z");
    }
}
