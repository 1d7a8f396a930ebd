//! Changes a text line by line, as somebody would who edits it without looking.

use super::dice::Dice;

const NUMBERS: &[&str] =
    &["0", "-1", "00", "1e9", "0.333333333", "1.0000000001", "9007199254740992", "99999999999999999999", "2024-02-30"];

/// One to four lines of it are changed.
pub fn edited(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=dice.below(4) {
        if lines.is_empty() {
            break;
        }
        let at = dice.below(lines.len());
        let other = lines[dice.below(lines.len())].clone();
        match dice.below(6) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, other),
            2 => lines[at] = other,
            3 => {
                if let (Some((name, _)), Some((_, value))) = (lines[at].split_once('='), other.split_once('=')) {
                    lines[at] = format!("{name}={value}");
                }
            }
            _ => lines[at] = renumbered(&lines[at], dice),
        }
    }
    lines.join("\n")
}

/// Another number in the place of the first one.
fn renumbered(line: &str, dice: &mut Dice) -> String {
    let Some(start) = line.find(|letter: char| letter.is_ascii_digit()) else { return format!("{line} #") };
    let digits = line[start..].find(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let end = digits.map_or(line.len(), |length| start + length);
    format!("{}{}{}", &line[..start], dice.of(NUMBERS), &line[end..])
}
