//! How what is owed in a window went over its hours, as lines.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::{Day, Fen};
use wallet_types::CoursePoint;
use yew::prelude::*;

use super::picture::owed;
use super::words::A;
use crate::i18n::Lang;
use crate::wallet::time;

/// In units of the drawing.
const WIDE: i64 = 320;
const TALL: i64 = 180;
const LEFT: i64 = 8;
/// Lines end where the names of their areas begin.
const RIGHT: i64 = 268;
const TOP: i64 = 24;
const BOTTOM: i64 = 136;
/// Between two names.
const NAME: i64 = 14;
/// Lines are told apart by their dashes, and by the names at their ends.
const DASHES: usize = 4;

fn first_day() -> Option<Day> {
    Day::new(2020, 1, 1)
}

/// Hours since [`first_day`], by the clock in China.
fn hour(instant: &str) -> Option<i64> {
    let local = time::local(instant)?;
    let (day, clock) = local.split_once(' ')?;
    Some(i64::from(first_day()?.days_until(Day::parse(day)?)) * 24 + clock.get(..2)?.parse::<i64>().ok()?)
}

/// `11-02 09:00` of such an hour.
fn clock(hour: i64) -> String {
    let day = i32::try_from(hour.div_euclid(24)).ok().and_then(|days| first_day()?.days_later(days));
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    format!("{} {:02}:00", day.get(5..).unwrap_or_default(), hour.rem_euclid(24))
}

/// What is drawn: of each area the hours at whose end something had changed, and what was owed to it by then.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Course {
    /// The hour that it begins with, at nothing.
    from: i64,
    to: i64,
    /// Never above nothing, and never below.
    least: i64,
    most: i64,
    lines: BTreeMap<String, Vec<(i64, i64)>>,
}

impl Course {
    /// `None` where there is nothing to draw.
    fn of(points: &[CoursePoint]) -> Option<Course> {
        let hours: Vec<i64> = points.iter().map(|point| hour(&point.at)).collect::<Option<_>>()?;
        let (first, to) = (hours.iter().min()?, *hours.iter().max()?);
        let positions = || points.iter().map(|point| point.position_fen.get());
        let mut lines: BTreeMap<String, Vec<(i64, i64)>> = BTreeMap::new();
        for (point, hour) in points.iter().zip(hours.iter()) {
            lines.entry(point.area.clone()).or_default().push((*hour, point.position_fen.get()));
        }
        let (least, most) = (positions().min()?.min(0), positions().max()?.max(0));
        Some(Course { from: first.saturating_sub(1), to, least, most, lines })
    }

    fn x(&self, hour: i64) -> i64 {
        LEFT + part(hour.saturating_sub(self.from), self.to.saturating_sub(self.from), RIGHT - LEFT)
    }

    fn y(&self, position: i64) -> i64 {
        TOP + part(self.most.saturating_sub(position), self.most.saturating_sub(self.least), BOTTOM - TOP)
    }

    /// It stays as it was until the hour in which it changed.
    fn path(&self, line: &[(i64, i64)]) -> String {
        let mut path = format!("M{} {}", self.x(self.from), self.y(0));
        for (hour, position) in line {
            path += &format!(" H{} L{} {}", self.x(hour.saturating_sub(1)), self.x(*hour), self.y(*position));
        }
        path
    }

    /// Heights that are marked: nothing, and the ends.
    fn marks(&self) -> BTreeSet<i64> {
        BTreeSet::from([self.most, 0, self.least])
    }

    /// Where the name of each line stands: at its end, one below the other where ends are close.
    fn names(&self) -> Vec<(&str, i64)> {
        let end = |line: &Vec<(i64, i64)>| line.last().map_or(0, |(_, position)| self.y(*position));
        let mut names: Vec<(&str, i64)> = self.lines.iter().map(|(area, line)| (area.as_str(), end(line))).collect();
        names.sort_by_key(|(_, y)| *y);
        let mut free = i64::MIN;
        for (_, y) in &mut names {
            *y = (*y).max(free);
            free = y.saturating_add(NAME);
        }
        names
    }
}

/// `length` times `some` of `all`.
fn part(some: i64, all: i64, length: i64) -> i64 {
    let part = i128::from(some) * i128::from(length) / i128::from(all.max(1));
    i64::try_from(part).unwrap_or_default()
}

/// The lines, and the same hour by hour in words.
pub fn course(points: &[CoursePoint], lang: Lang) -> Html {
    let Some(course) = Course::of(points) else {
        return html! { <p data-testid="no-course">{ A::NoCourse.say(lang) }</p> };
    };
    let ends: Vec<String> = course.lines.iter().map(|(area, line)| told(area, line.last(), lang)).collect();
    let (from, to) = (clock(course.from), clock(course.to));
    let label = A::CourseLabel.fill(lang, &[&from, &to, &ends.join(lang.of("；", "; "))]);
    let line = |(n, line): (usize, &Vec<(i64, i64)>)| {
        html! { <path key={n} class={format!("line dash-{}", n % DASHES)} d={course.path(line)} /> }
    };
    let name = |(area, y): (&str, i64)| {
        html! { <text key={area.to_owned()} class="name" x={(RIGHT + 6).to_string()} y={(y + 4).to_string()}>{ area.to_owned() }</text> }
    };
    html! {
        <>
            <svg class="tree course" role="img" aria-label={label} viewBox={format!("0 0 {WIDE} {TALL}")} data-testid="course">
                { for course.marks().into_iter().map(|position| mark(&course, position, lang)) }
                { for course.lines.values().enumerate().map(line) }
                { for course.names().into_iter().map(name) }
                <text x={LEFT.to_string()} y={(TALL - 6).to_string()}>{ from }</text>
                <text x={RIGHT.to_string()} y={(TALL - 6).to_string()} text-anchor="end">{ to }</text>
            </svg>
            <details class="fold" data-testid="course-words">
                <summary id="course-open"><h3>{ A::CourseWords.say(lang) }</h3></summary>
                <ul class="moves">{ for hours(points, lang) }</ul>
            </details>
        </>
    }
}

fn told(area: &str, last: Option<&(i64, i64)>, lang: Lang) -> String {
    let position = last.and_then(|(_, position)| Fen::new(*position)).unwrap_or_default();
    format!("{area} {}", owed(position, lang))
}

/// A height and what it means: above the line where it is above nothing, else below it.
fn mark(course: &Course, position: i64, lang: Lang) -> Html {
    let y = course.y(position);
    let text = if position > 0 { y - 5 } else { y + 15 };
    html! {
        <g key={position}>
            <path class="tick" d={format!("M{LEFT} {y} H{RIGHT}")} />
            if position != 0 {
                <text x={LEFT.to_string()} y={text.to_string()}>{ owed(Fen::new(position).unwrap_or_default(), lang) }</text>
            }
        </g>
    }
}

fn hours(points: &[CoursePoint], lang: Lang) -> Vec<Html> {
    let mut hours: Vec<(&str, Vec<String>)> = Vec::new();
    for point in points {
        let words = format!("{} {}", point.area, owed(point.position_fen, lang));
        match hours.last_mut().filter(|(at, _)| *at == point.at) {
            Some((_, told)) => told.push(words),
            None => hours.push((&point.at, vec![words])),
        }
    }
    let line = |(at, told): (&str, Vec<String>)| {
        html! {
            <li key={at.to_owned()}>
                <strong>{ hour(at).map(clock).unwrap_or_default() }</strong>
                <span class="small whole">{ told.join(lang.of("；", "; ")) }</span>
            </li>
        }
    };
    hours.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(at: &str, area: &str, fen: i64) -> CoursePoint {
        CoursePoint { at: at.into(), area: area.into(), position_fen: Fen::new(fen).unwrap() }
    }

    fn day() -> Vec<CoursePoint> {
        vec![
            point("2026-11-02T02:00:00.000000Z", "440100", 300),
            point("2026-11-02T02:00:00.000000Z", "450800", -100),
            point("2026-11-02T06:00:00.000000Z", "440100", 300),
            point("2026-11-02T06:00:00.000000Z", "450800", -300),
        ]
    }

    #[test]
    fn a_line_goes_from_nothing_to_what_is_owed_in_the_end() {
        let course = Course::of(&day()).unwrap();
        assert_eq!((course.to - course.from, course.least, course.most), (5, -300, 300));
        let middle = i64::midpoint(TOP, BOTTOM);
        let first = LEFT + (RIGHT - LEFT) / 5;
        let path = format!("M{LEFT} {middle} H{LEFT} L{first} {TOP} H216 L{RIGHT} {TOP}");
        assert_eq!(course.path(&course.lines["440100"]), path);
        assert_eq!([course.from, course.to].map(clock), ["11-02 09:00", "11-02 14:00"]);
        assert_eq!(course.names(), [("440100", TOP), ("450800", BOTTOM)]);
    }

    #[test]
    fn names_do_not_cover_each_other() {
        let mut all = day();
        all.iter_mut().for_each(|point| point.position_fen = Fen::new(100).unwrap());
        let course = Course::of(&all).unwrap();
        assert_eq!(course.names(), [("440100", TOP), ("450800", TOP + NAME)]);
        assert_eq!((course.least, course.most), (0, 100), "nothing is always on it");
    }

    #[test]
    fn nothing_and_what_is_not_a_time_are_not_drawn() {
        assert_eq!(Course::of(&[]), None);
        assert_eq!(Course::of(&[point("soon", "440100", 1)]), None);
        // Over midnight in China it goes on.
        let [late, early] = ["2026-11-02T15:00:00.000000Z", "2026-11-02T17:00:00.000000Z"].map(|at| hour(at).unwrap());
        assert_eq!(early - late, 2);
    }
}
