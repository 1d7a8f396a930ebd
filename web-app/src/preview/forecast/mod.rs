//! What DIP pays a hospital for a month and a year, as a forecast for its finance office.

mod form;
mod page;
mod read;
mod words;

pub use form::ForecastForm;
pub use page::Forecast;
#[cfg(test)]
pub use words::F;
