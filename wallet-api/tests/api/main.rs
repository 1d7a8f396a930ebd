//! The interface as a client sees it, over the rules that come with the source.

mod common;
mod documents;
mod estimates;
mod family;
mod groupings;
mod refusals;
mod serving;
