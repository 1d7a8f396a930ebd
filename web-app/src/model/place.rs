use anxin_core::rules::{Area, Dim, Filing};

pub fn areas() -> impl Iterator<Item = Area> {
    Area::WORDS.iter().map(|(area, _)| *area)
}

/// The footings on which somebody can be treated in an area.
pub fn filings(area: Area) -> impl Iterator<Item = Filing> {
    Filing::WORDS.iter().map(|(filing, _)| *filing).filter(move |f| (*f == Filing::NotNeeded) == (area == Area::Local))
}

/// The footing that goes with an area: the one given where it fits, else the first that does. Away
/// from home that is the worst for the person, so that nobody is promised a filing they do not have.
pub fn settle_filing(area: Area, filing: Filing) -> Filing {
    match area {
        Area::Local => Filing::NotNeeded,
        _ if filing == Filing::NotNeeded => Filing::Unregistered,
        _ => filing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offered_filing_fits_its_area() {
        for area in areas() {
            assert!(filings(area).count() > 0);
            for filing in filings(area) {
                assert_eq!(settle_filing(area, filing), filing);
            }
        }
        assert_eq!(settle_filing(Area::Local, Filing::Emergency), Filing::NotNeeded);
        assert_eq!(settle_filing(Area::OutOfProvince, Filing::NotNeeded), Filing::Unregistered);
    }
}
