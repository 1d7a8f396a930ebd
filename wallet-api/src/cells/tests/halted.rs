use std::time::Duration;

use sqlx::SqlitePool;
use wallet_store::LEASE;

use super::*;

const SOMEBODY_ELSE: u128 = 7;

/// A server that can book nothing would only keep letters from one that can.
#[tokio::test]
async fn who_can_book_nothing_leaves_letters_to_others() {
    let now = Arc::new(AtomicI64::new(NINE));
    let dial = Arc::clone(&now);
    let clock = Clock::Given(Arc::new(move || Micros(dial.load(Ordering::Relaxed))));
    let (wallet, folder) = wallet_by(clock, |_| {}).await;
    let lease = async || wallet.database.lease("courier", SOMEBODY_ELSE).await.unwrap();
    let books = SqlitePool::connect(&format!("sqlite:{}", folder.path().join("books.db").display())).await.unwrap();
    let held = "SELECT 1 FROM lease WHERE name = 'courier'";
    let taken = async {
        while sqlx::query(held).fetch_optional(&books).await.unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(90), taken).await.expect("the wallet takes the lease");
    assert!(!lease().await, "the wallet sends");

    sqlx::query("ALTER TABLE batch RENAME TO taken_away").execute(&books).await.unwrap();
    books.close().await;
    assert!(wallet.close_window(1, "first".into()).await.is_err());
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
