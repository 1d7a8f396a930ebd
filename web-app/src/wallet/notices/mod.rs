//! What somebody is told: a bell with a count, the list, and the stream that both live on.

mod bell;
mod events;
mod feed;
mod page;
mod words;

pub use bell::Bell;
pub use feed::{FeedHandle, use_feed_state, use_news};
pub use page::NoticesPage;
pub use words::N;
