//! Times on a machine that has other things to do: of many rounds the shortest counts.

use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: u32 = 30;

/// Items a second: the shortest time of several rounds for each slice of them, and their sum.
pub fn per_second<T, R>(items: &[T], slice: usize, mut work: impl FnMut(&T) -> R) -> f64 {
    let slices: Vec<&[T]> = items.chunks(slice).collect();
    let mut shortest = vec![Duration::MAX; slices.len()];
    for _ in 0..ROUNDS {
        for (slice, best) in slices.iter().zip(&mut shortest) {
            let start = Instant::now();
            for item in *slice {
                drop(black_box(work(item)));
            }
            *best = start.elapsed().min(*best);
        }
    }
    items.len() as f64 / shortest.iter().sum::<Duration>().as_secs_f64()
}

/// The shortest time of several rounds.
pub fn shortest<R>(mut work: impl FnMut() -> R) -> Duration {
    let timed = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        drop(black_box(work()));
        start.elapsed()
    });
    timed.min().unwrap_or_default()
}

/// So many copies of each item in a row, so that a slice takes long enough to be timed.
pub fn repeated<T: Clone>(items: &[T], times: usize) -> Vec<T> {
    std::iter::repeat_n(items, times).flatten().cloned().collect()
}
