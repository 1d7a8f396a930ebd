//! Two provinces under load. Servers, primaries and brokers are killed and the way between the provinces is cut.
//! Afterwards everybody agrees on what was paid, to the fen.

use std::thread;
use std::time::{Duration, Instant};

use anxin_brokers::Brokers;

use crate::province::{Client, Ground, Load, Pair, Province};

/// Load goes on within this after a standby was promoted. It is held where nothing else runs: `cargo xtask test --faults`.
const RESUMED: Duration = Duration::from_secs(10);

/// How often everything is killed once; more with this in the environment.
fn rounds() -> u32 {
    std::env::var("ANXIN_PROVINCE_ROUNDS").map_or(1, |text| text.parse().unwrap())
}

/// Each server and each primary of a province is killed; the longest that nothing was settled after a promotion.
fn everything_is_killed(province: &mut Province, load: &Load) -> Duration {
    for server in 0..2 {
        province.kill(server);
        load.more(2);
        province.start(server);
    }
    let promoted = province.promote();
    load.more(1);
    promoted.elapsed()
}

#[test]
#[expect(clippy::print_stderr, reason = "how long it took is what a longer run is for")]
fn whoever_is_killed_two_provinces_agree_to_the_fen() {
    let mut pair = Pair::under(Client::settle, Ground::new(), None);
    pair.load.more(2);
    let mut longest = Duration::ZERO;
    for _ in 0..rounds() {
        for province in &mut pair.provinces {
            longest = longest.max(everything_is_killed(province, &pair.load));
        }
        pair.ground.cut();
        thread::sleep(Duration::from_secs(2));
        pair.ground.mend();
    }
    let healed = Instant::now();
    pair.load.more(1);
    let (bills, paid) = pair.agreed();
    eprintln!(
        "{bills} bills, {paid} fen; gone on within {longest:?} of a promotion, all agreed {:?} after the last fault",
        healed.elapsed()
    );
    assert!(rounds() == 1 || longest < RESUMED, "{longest:?}");
}

/// Letters go by three brokers. One after the other is killed while bills are settled, and comes back while they still are.
/// While one is away, servers and the primary of a province are killed as well.
#[test]
#[expect(clippy::print_stderr, reason = "how long it took is what a longer run is for")]
fn whichever_broker_is_killed_two_provinces_agree_to_the_fen() {
    let mut brokers = Brokers::start().unwrap();
    let ground = Ground::shared();
    // Whatever is not told by the brokers does not arrive.
    ground.cut();
    let mut pair = Pair::under(Client::settle, ground, Some(brokers.url()));
    pair.load.more(2);
    let (mut of_broker, mut of_promotion) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..rounds() {
        let mut provinces = pair.provinces.iter_mut();
        for broker in &mut brokers.all {
            broker.kill();
            let killed = Instant::now();
            pair.load.more(2);
            of_broker = of_broker.max(killed.elapsed());
            if let Some(province) = provinces.next() {
                of_promotion = of_promotion.max(everything_is_killed(province, &pair.load));
            }
            broker.start().unwrap();
            pair.load.more(1);
        }
    }
    let (bills, paid) = pair.agreed();
    eprintln!(
        "{bills} bills, {paid} fen; gone on within {of_broker:?} of a broker's end, {of_promotion:?} of a promotion"
    );
    assert!(rounds() == 1 || of_promotion < RESUMED, "{of_promotion:?}");
}
