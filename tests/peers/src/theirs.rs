//! The peer's books: a wallet is what is owed to a person, and nobody may owe anything in turn.

use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use doubleentry::{
    AccountHandle, AccountKind, Amount, BalanceLimit, BalanceQuery, Currency, Date, Entry, Journal, LedgerId, date,
};

use crate::{EACH, Run, Transfer};

const OPENED: Date = date!("2027-01-01");
const DAY: Date = date!("2027-01-15");
const BANK: &str = "Assets:Bank";

pub fn run(people: usize, asked: &[Transfer], batch: usize) -> Result<Run> {
    let yuan = Currency::new("CNY")?;
    let (mut books, wallets) = founded(people, yuan)?;
    let fen = Amount::from_minor(1)?;
    let wallet = |n: usize| wallets.get(n).copied().context("a wallet is missing");
    let sent = asked.iter().enumerate().map(|(n, Transfer { from, to })| {
        Ok(Entry::new(format!("t{n}"), DAY).debit(wallet(*from)?, fen, yuan).credit(wallet(*to)?, fen, yuan))
    });
    let mut entries = sent.collect::<Result<Vec<Entry>>>()?.into_iter();
    let mut done = 0;
    let start = Instant::now();
    if batch == 1 {
        for entry in entries {
            done += usize::from(!books.record(entry)?.replayed);
        }
    } else {
        while entries.len() > 0 {
            let recorded = books.record_batch(entries.by_ref().take(batch))?;
            done += recorded.iter().filter(|entry| !entry.replayed).count();
        }
    }
    let took = start.elapsed();
    ensure!(done == asked.len(), "{done} of {} transfers were made", asked.len());
    Ok(Run { took, balances: balances(&books, &wallets)? })
}

/// Wallets with money in them.
fn founded(people: usize, yuan: Currency) -> Result<(Journal, Vec<AccountHandle>)> {
    let mut books = Journal::new(LedgerId::new("example.com/wallets")?);
    books.declare_currency(yuan, 2, OPENED)?;
    books.define_months(2027, 1..=1)?;
    let bank = books.open(BANK, AccountKind::Asset, OPENED)?;
    let each = Amount::from_minor(EACH.into())?;
    let mut wallets = Vec::with_capacity(people);
    for n in 0..people {
        let wallet = books.open(format!("Liabilities:Wallets:w{n}"), AccountKind::Liability, OPENED)?;
        books.set_limit(wallet, BalanceLimit::NoDebitBalance, OPENED)?;
        books.record(Entry::new(format!("c{n}"), OPENED).debit(bank, each, yuan).credit(wallet, each, yuan))?;
        wallets.push(wallet);
    }
    Ok((books, wallets))
}

/// What is owed to everybody, in fen.
fn balances(books: &Journal, wallets: &[AccountHandle]) -> Result<Vec<i128>> {
    let trial = books.trial_balance(&BalanceQuery::all())?;
    let mut owed: std::collections::HashMap<AccountHandle, i128> =
        trial.rows().iter().map(|row| (row.account, row.balance.net().negate().to_minor())).collect();
    let all = wallets.iter().map(|wallet| owed.remove(wallet).unwrap_or_default());
    Ok(all.collect())
}
