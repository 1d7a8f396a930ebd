use std::time::Duration;

use sqlx::SqlitePool;
use wallet_ledger::{CellCommand, Command};

use super::*;
use crate::wallet::{Key, Operation, Order};

/// So long a lease lasts, as its store has it.
const LEASE: i64 = 10_000_000;
const SOMEBODY_ELSE: u128 = 7;

/// Commits what changes nothing but that a batch was there; whether it was taken in.
async fn booked(wallet: &Wallet, key: &str) -> bool {
    let key = Key { tenant: 1, operation: Operation::CloseWindow, key: key.into() };
    let command = Command::Cell(Box::new(CellCommand::CloseWindow));
    wallet.answers(&Order { key, commands: vec![command], body: &() }).await.is_ok()
}

/// A server that can book nothing would only keep letters from one that can.
#[tokio::test]
async fn who_can_book_nothing_leaves_letters_to_others() {
    let now = Arc::new(AtomicI64::new(NINE));
    let dial = Arc::clone(&now);
    let clock = Clock::Given(Arc::new(move || Micros(dial.load(Ordering::Relaxed))));
    let (wallet, folder) = wallet_by(clock, |_| {}).await;
    let lease = async || wallet.database.lease("courier", SOMEBODY_ELSE).await.unwrap();
    // The wallet's own sender takes it first.
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(!lease().await, "the wallet sends");

    let books = SqlitePool::connect(&format!("sqlite:{}", folder.path().join("books.db").display())).await.unwrap();
    sqlx::query("ALTER TABLE batch RENAME TO taken_away").execute(&books).await.unwrap();
    books.close().await;
    assert!(!booked(&wallet, "first").await);
    assert!(wallet.writer.is_halted());
    // Rounds that would take the lease again, were it asked for.
    now.fetch_add(LEASE - 1, Ordering::Relaxed);
    for _ in 0..3 {
        wallet.wake_cells();
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    now.fetch_add(2, Ordering::Relaxed);
    assert!(lease().await, "it has run out");
}
