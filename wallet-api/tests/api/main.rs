//! The interface as a client sees it, over the rules that come with the source.

mod bank;
mod callbacks;
mod clearing;
mod cluster;
mod common;
mod counter;
mod documents;
mod drugs;
mod estimates;
mod family;
mod flags;
mod groupings;
mod matrix;
mod money;
mod nhsa;
mod notices;
mod own;
mod pay;
mod provider_keys;
mod refusals;
mod relatives;
mod rx;
mod serving;
mod sessions;
mod tokens;
