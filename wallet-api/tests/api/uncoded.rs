//! Many small amounts of one day are asked for a code as one large one is.

use futures_util::future::join_all;

use crate::bank::{Bank, Base, Hands, MINUTE, MORNING, settlement};
use crate::own::{demo_code, problem, with_code};

const BOTH: [Base; 2] = [Base::Sqlite, Base::Postgres];
/// 00:00 in China of the day after the morning, which begins at nine.
const MIDNIGHT: i64 = MORNING + 15 * 60 * MINUTE;

async fn limited(base: Base, hands: &Hands, above: u32, day: u32) -> Bank {
    Bank::at(base, hands, |s| (s.second_factor.above_fen, s.second_factor.day_fen) = (above, day)).await
}

#[actix_web::test]
async fn small_amounts_of_a_day_come_to_a_large_one() {
    for base in BOTH {
        let hands = Hands::at(MORNING);
        let bank = limited(base, &hands, 10_000, 15_000).await;
        let (from, to) = (bank.account("daughter1", "wallet").await, bank.account("hospital1", "institution").await);
        let pay = async |key: &str, fen: i64| {
            let paid = bank.post("daughter1", "wallet/transfers", key, settlement(&from, &to, fen)).await;
            (paid.status, problem(&paid).1)
        };
        let (done, asked) = ((201, String::new()), (403, "AX9025".to_owned()));
        assert_eq!(pay("a", 10_000).await, done);
        assert_eq!(pay("b", 5_000).await, done, "as much as there may be");
        assert_eq!(pay("c", 1).await, asked, "and no more");
        // An answer that was lost is asked for again, and nothing else under its key.
        assert_eq!((pay("a", 10_000).await, pay("b", 5_000).await), (done.clone(), done.clone()));
        assert_eq!(pay("a", 9_999).await, asked);
        let code = demo_code(&bank, "daughter1").await;
        let body = settlement(&from, &to, 1);
        assert_eq!(with_code(&bank, "daughter1", "wallet/transfers", "c", body, &code).await.status, 201);
        assert_eq!(pay("d", 1).await, asked, "a code is for one request");
        hands.set(MIDNIGHT - 1);
        assert_eq!(pay("d", 1).await, asked);
        hands.set(MIDNIGHT);
        assert_eq!((pay("d", 10_000).await, pay("e", 5_000).await), (done.clone(), done));
        assert_eq!(pay("f", 1).await, asked);
        assert_eq!(bank.posted("daughter1", &from).await, 50_000 - 30_001);
    }
}

/// Each is small, and all come at once.
#[actix_web::test]
async fn however_many_come_at_once_no_more_go_than_the_day_has() {
    for base in BOTH {
        let bank = limited(base, &Hands::at(MORNING), 10_000, 5_000).await;
        let (from, to) = (bank.account("daughter1", "wallet").await, bank.account("hospital1", "institution").await);
        let keys: Vec<String> = (0..20).map(|n| format!("k{n}")).collect();
        let asks =
            keys.iter().map(|key| bank.post("daughter1", "wallet/transfers", key, settlement(&from, &to, 1_000)));
        let done = join_all(asks).await.iter().filter(|answered| answered.status == 201).count();
        assert_eq!(done, 5);
        assert_eq!(bank.posted("daughter1", &from).await, 45_000);
    }
}
