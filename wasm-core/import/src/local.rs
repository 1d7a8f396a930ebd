//! 本地细分组: a city's own groups laid over those of a national scheme, ADRG by ADRG.

use std::collections::{BTreeMap, BTreeSet};

use anxin_core::drg::layout::{Drg, Layout, SCHEMA};
use anxin_core::drg::rule::{Next, Program, Step, Test};
use anxin_core::pack::{self, PackError, PackHeader, PackKind};
use serde::{Deserialize, Serialize};

use crate::condition::{Asked, Condition, Severity};
use crate::lists::Lists;

/// A group as the city's table has it.
#[derive(Clone, Debug)]
pub struct LocalGroup {
    pub sheet: String,
    pub row: u32,
    pub code: String,
    pub name: String,
    /// The text of a column of conditions.
    pub condition: Option<String>,
}

/// A group whose ADRG stays as the base has it, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlaid {
    /// The place of the group in the list.
    pub at: usize,
    pub why: WhyNot,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// The base has no such ADRG.
    NoAdrg,
    /// Words of its condition that are not understood; the code alone does not say what it asks for.
    Words(String),
    /// Two groups of the ADRG ask for the same.
    SameAs(String),
}

/// A base with a city's groups over it.
#[derive(Clone, Debug)]
pub struct Overlay {
    pub layout: Layout,
    /// ADRGs whose groups are the city's.
    pub replaced: BTreeSet<String>,
    pub unlaid: Vec<Unlaid>,
}

/// A group that is understood, with the place that it is asked in.
struct Laid<'g> {
    group: &'g LocalGroup,
    condition: Condition,
}

impl Overlay {
    /// Lays groups over the scheme of a pack. ADRGs that the table does not name stay as they are.
    pub fn over(base: &[u8], id: &str, title: &str, groups: &[LocalGroup]) -> Result<Overlay, PackError> {
        let mut layout: Layout = pack::open_as(base, PackKind::Drg, SCHEMA)?;
        layout.base = Some(std::mem::replace(&mut layout.id, id.to_owned()));
        title.clone_into(&mut layout.title);
        layout.historical = None;
        let mut overlay = Overlay { layout, replaced: BTreeSet::new(), unlaid: Vec::new() };
        let mut by_adrg: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, group) in groups.iter().enumerate() {
            by_adrg.entry(group.code.get(..3).unwrap_or_default()).or_default().push(at);
        }
        for (adrg, members) in by_adrg {
            overlay.lay(adrg, &members, groups)?;
        }
        Ok(overlay)
    }

    /// A pack `drg/<id>` of the whole scheme, to be used at once.
    pub fn pack(&self, edition: &str) -> Result<Vec<u8>, PackError> {
        let id = format!("drg/{}", self.layout.id);
        let header = PackHeader { kind: PackKind::Drg, id, schema: SCHEMA, edition: edition.to_owned() };
        let payload = postcard::to_allocvec(&self.layout).map_err(|_| PackError::BadPayload)?;
        pack::seal(&header, &payload)
    }

    fn lay(&mut self, adrg: &str, members: &[usize], groups: &[LocalGroup]) -> Result<(), PackError> {
        let listed: Vec<(usize, &LocalGroup)> = members.iter().filter_map(|at| Some((*at, groups.get(*at)?))).collect();
        if !self.layout.adrgs.iter().any(|known| known.code == adrg) {
            self.unlaid.extend(listed.iter().map(|(at, _)| Unlaid { at: *at, why: WhyNot::NoAdrg }));
            return Ok(());
        }
        if self.is_as_before(adrg, &listed) {
            return Ok(());
        }
        let codes: BTreeSet<&str> = listed.iter().map(|(_, group)| group.code.as_str()).collect();
        let mut laid = Vec::new();
        let before = self.unlaid.len();
        for (at, group) in listed {
            match condition(group, &codes) {
                Ok(mut condition) => {
                    // Without a word on severity a group takes what the others leave.
                    condition.severity.get_or_insert(Severity::Rest);
                    laid.push(Laid { group, condition });
                }
                Err(words) => self.unlaid.push(Unlaid { at, why: WhyNot::Words(words) }),
            }
        }
        if self.unlaid.len() > before {
            return Ok(());
        }
        laid.sort_by_key(|l| (usize::MAX - l.condition.clauses.len(), l.condition.width(), l.condition.severity));
        if let Some((group, code)) = self.unknown_code(&laid)? {
            let at = groups.iter().position(|known| std::ptr::eq(known, group)).unwrap_or_default();
            self.unlaid.push(Unlaid { at, why: WhyNot::Words(code) });
            return Ok(());
        }
        let same = laid.windows(2).find_map(|pair| match pair {
            [a, b] if a.condition == b.condition => Some((a.group.code.clone(), b.group)),
            _ => None,
        });
        if let Some((other, group)) = same {
            let at = groups.iter().position(|known| std::ptr::eq(known, group)).unwrap_or_default();
            self.unlaid.push(Unlaid { at, why: WhyNot::SameAs(other) });
            return Ok(());
        }
        self.replace(adrg, &laid)
    }

    /// Whether the city has the groups that the base has, and says of none what it asks for. A table that only
    /// lacks the last of them has no weight for it, and does not split otherwise.
    fn is_as_before(&self, adrg: &str, listed: &[(usize, &LocalGroup)]) -> bool {
        let base: Vec<&str> =
            self.layout.drgs.iter().filter(|drg| drg.adrg == adrg).map(|drg| drg.code.as_str()).collect();
        let listed_code = |code: &&str| listed.iter().any(|(_, group)| group.code == *code);
        let said = listed.iter().any(|(_, group)| group.condition.is_some());
        let own = listed.iter().any(|(_, group)| !base.contains(&group.code.as_str()));
        !said && !own && (base.iter().all(listed_code) || !base.last().is_some_and(listed_code))
    }

    /// A code that a group asks for and the scheme does not have.
    fn unknown_code<'g>(&mut self, laid: &[Laid<'g>]) -> Result<Option<(&'g LocalGroup, String)>, PackError> {
        let asks = |l: &&Laid<'g>| l.condition.clauses.iter().flatten().any(|asked| matches!(asked, Asked::Codes(..)));
        if !laid.iter().any(|l| asks(&l)) {
            return Ok(None);
        }
        let lists = Lists::of(&mut self.layout).ok_or(PackError::BadPayload)?;
        let unknown = |l: &Laid<'g>| {
            let code = l.condition.clauses.iter().flatten().find_map(|asked| lists.unknown(asked))?;
            Some((l.group, code.to_owned()))
        };
        Ok(laid.iter().find_map(unknown))
    }

    fn replace(&mut self, adrg: &str, laid: &[Laid<'_>]) -> Result<(), PackError> {
        let at = self.layout.drgs.iter().position(|drg| drg.adrg == adrg).unwrap_or(self.layout.drgs.len());
        self.layout.drgs.retain(|drg| drg.adrg != adrg);
        for (offset, Laid { group, condition }) in laid.iter().enumerate() {
            let condition = self.program(&group.code, condition)?;
            let drg = Drg { code: group.code.clone(), adrg: adrg.to_owned(), condition };
            self.layout.drgs.insert(at + offset, drg);
            if !group.name.is_empty() {
                self.layout.own_names.push((group.code.clone(), group.name.clone()));
            }
        }
        self.replaced.insert(adrg.to_owned());
        Ok(())
    }

    /// The clauses of a condition, its lists put beside those of the scheme.
    fn tests(&mut self, group: &str, condition: &Condition) -> Result<Vec<Vec<Test>>, PackError> {
        let plain = |asked: &Asked| match asked {
            Asked::Test(test) => Some(*test),
            Asked::Codes(..) | Asked::Wards(_) => None,
        };
        let all = |clause: &Vec<Asked>| clause.iter().map(plain).collect::<Option<Vec<Test>>>();
        if let Some(tests) = condition.clauses.iter().map(all).collect() {
            return Ok(tests);
        }
        let mut lists = Lists::of(&mut self.layout).ok_or(PackError::BadPayload)?;
        let mut all = |clause: &Vec<Asked>| clause.iter().map(|asked| lists.test(group, asked)).collect();
        condition.clauses.iter().map(&mut all).collect::<Option<_>>().ok_or(PackError::BadPayload)
    }

    /// The steps of a condition: every clause has to hold, by one of its tests.
    fn program(&mut self, group: &str, condition: &Condition) -> Result<Program, PackError> {
        let mut clauses = self.tests(group, condition)?;
        clauses.extend(match condition.severity {
            Some(Severity::Mcc) => Some(vec![Test::Mcc]),
            Some(Severity::Cc) => Some(vec![Test::Cc]),
            Some(Severity::Either) => Some(vec![Test::Mcc, Test::Cc]),
            Some(Severity::Rest) | None => None,
        });
        if clauses.is_empty() {
            clauses.push(vec![Test::Always]);
        }
        let start = u16::try_from(self.layout.steps.len()).map_err(|_| PackError::BadPayload)?;
        let steps = steps(&clauses);
        let len = u8::try_from(steps.len()).map_err(|_| PackError::BadPayload)?;
        self.layout.steps.extend(steps);
        Ok(Program { start, len })
    }
}

fn steps(clauses: &[Vec<Test>]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let last_clause = at + 1 == clauses.len();
        for (i, test) in clause.iter().enumerate() {
            let left = clause.len() - i;
            let yes = if last_clause { Next::Accept } else { Next::Skip(u8::try_from(left).unwrap_or(u8::MAX)) };
            let no = if left == 1 { Next::Reject } else { Next::Skip(1) };
            steps.push(Step { test: *test, yes, no });
        }
    }
    steps
}

/// What a group asks for: as its column says, else as its name does, else as the last sign of its code does.
/// The words that are not understood otherwise.
fn condition(group: &LocalGroup, codes: &BTreeSet<&str>) -> Result<Condition, String> {
    if let Some(text) = &group.condition {
        let (condition, left) = Condition::read(text);
        return if left.is_empty() { Ok(condition) } else { Err(left.join("，")) };
    }
    let (mut condition, left) = Condition::read(&group.name);
    // What comes before the conditions is what the ADRG is called.
    let named = condition.severity.is_some() || !condition.clauses.is_empty();
    let trailing = left.last().is_some_and(|part| {
        let plain: String = group.name.chars().filter_map(crate::number::narrow).collect();
        left.len() > 1 && named && plain.ends_with(part.as_str())
    });
    if trailing {
        return Err(left.last().cloned().unwrap_or_default());
    }
    if condition.severity.is_none() {
        condition.severity = by_code(&group.code, codes, named)?;
    }
    Ok(condition)
}

/// The last sign of a code as the national scheme uses it: 1 with MCC, 3 with CC (or either, where there is no 1),
/// 5 without, 9 and 0 not split.
fn by_code(code: &str, codes: &BTreeSet<&str>, named: bool) -> Result<Option<Severity>, String> {
    let (adrg, sign) = code.split_at_checked(3).unwrap_or((code, ""));
    match sign {
        "1" => Ok(Some(Severity::Mcc)),
        "3" if codes.contains(format!("{adrg}1").as_str()) => Ok(Some(Severity::Cc)),
        "3" => Ok(Some(Severity::Either)),
        "5" => Ok(Some(Severity::Rest)),
        "0" | "9" => Ok(None),
        _ if named => Ok(None),
        _ => Err(code.to_owned()),
    }
}
