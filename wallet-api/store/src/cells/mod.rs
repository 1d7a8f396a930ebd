//! What a cell keeps of other cells, in the transaction that books it.

mod forget;
mod load;
mod owed;
mod packs;
mod read;
mod rows;
mod shares;
mod sheet;

pub use load::{Find, Shelf, load};
pub use packs::PacksNews;
pub use rows::CellRows;
pub use shares::{Glance, ShareNews};
