//! The wallet: what somebody has, what came and went, a transfer, and a proof that it was booked. The books are a
//! server's; what it says is believed only where it cannot be checked here.

mod api;
mod app;
mod balances;
mod camera;
mod cells;
mod check;
mod clearing;
mod code;
mod counter;
mod deed;
mod errand;
mod family;
mod filter;
mod form;
mod history;
mod home;
mod load;
mod login;
mod moves;
mod notices;
mod office;
mod orders;
mod own;
mod pending;
mod proof;
mod qr;
mod receipt;
mod renew;
mod rx;
mod send;
mod send_form;
mod session;
mod sheet;
mod stories;
mod till;
mod time;
mod trouble;
mod window;
mod words;

pub use app::App;
#[cfg(test)]
pub use cells::A;
#[cfg(test)]
pub use counter::C;
#[cfg(test)]
pub use family::G;
#[cfg(test)]
pub use notices::N;
#[cfg(test)]
pub use own::S;
#[cfg(test)]
pub use stories::Y;
#[cfg(test)]
pub use window::O;
#[cfg(test)]
pub use words::W;
