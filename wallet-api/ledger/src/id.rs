//! Opaque ids. The server makes them; nothing about a person can be read from one.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u128);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:032x})"), self.0)
            }
        }
    )*};
}

ids! {
    AccountId,
    TransferId,
    HoldId,
    /// A settlement that several cells pay for.
    DrawId,
    /// A person or an institution, as the directory outside the books numbers it.
    OwnerId,
}
