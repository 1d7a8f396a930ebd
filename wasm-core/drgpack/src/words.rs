//! The rule language: words joined by `&` and `|`, `&` binding tighter, with parentheses.
//!
//! `PDX`, `ADX`, `ODX`: the principal, any, or a later diagnosis is in the rule's own list of that
//! name. `MPROC`, `PROC`: the main, or any operation. `_2` or `_A` names another list of the same
//! owner, and `ADX:pdx` any list of it. Numbers: `AGE_DAYS>=29`, `AGE_YEARS=0`, `WEIGHT(1500..1999)`.

use anxin_core::drg::rule::{List, Next, STEPS_MAX, Span, Step, Test};

/// Gives the number of the owner's list of a role.
pub trait Lists {
    fn diagnosis(&mut self, role: &str) -> List;
    fn operation(&mut self, role: &str) -> List;
}

/// Compiles a rule to steps.
pub fn compile(rule: &str, lists: &mut dyn Lists) -> Result<Vec<Step>, String> {
    let tokens = tokens(rule)?;
    let mut parser = Parser { tokens: &tokens, lists };
    let tree = parser.any()?;
    if !parser.tokens.is_empty() {
        return Err(format!("{rule:?} goes on after its end"));
    }
    let steps = chain(&tree);
    if steps.len() > STEPS_MAX { Err(format!("more than {STEPS_MAX} tests")) } else { Ok(steps) }
}

enum Tree {
    One(Test),
    Not(Test),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

/// Cuts a rule into words, signs and parentheses; a range's parentheses belong to its word.
fn tokens(rule: &str) -> Result<Vec<String>, String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut in_range = false;
    for c in rule.chars() {
        let ends = !in_range && (c.is_whitespace() || "&|()".contains(c));
        if c == '(' && !word.is_empty() {
            in_range = true;
            word.push(c);
        } else if ends {
            tokens.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            tokens.extend((!c.is_whitespace()).then(|| c.to_string()));
        } else {
            in_range &= c != ')';
            word.push(c);
        }
    }
    tokens.extend((!word.is_empty()).then_some(word));
    if in_range { Err("a range is not closed".into()) } else { Ok(tokens) }
}

struct Parser<'a> {
    tokens: &'a [String],
    lists: &'a mut dyn Lists,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<&str> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    fn takes(&mut self, sign: &str) -> bool {
        let there = self.tokens.first().is_some_and(|t| t == sign);
        if there {
            self.next();
        }
        there
    }

    fn any(&mut self) -> Result<Tree, String> {
        let mut parts = vec![self.all()?];
        while self.takes("|") {
            parts.push(self.all()?);
        }
        Ok(Tree::Any(parts))
    }

    fn all(&mut self) -> Result<Tree, String> {
        let mut parts = vec![self.one()?];
        while self.takes("&") {
            parts.push(self.one()?);
        }
        Ok(Tree::All(parts))
    }

    fn one(&mut self) -> Result<Tree, String> {
        if self.takes("(") {
            let inner = self.any()?;
            return if self.takes(")") { Ok(inner) } else { Err("a parenthesis is not closed".into()) };
        }
        let word = self.next().ok_or("a rule ends where a word should stand")?.to_owned();
        word_test(&word, self.lists)
    }
}

fn word_test(word: &str, lists: &mut dyn Lists) -> Result<Tree, String> {
    let unknown = || format!("no word {word:?}");
    let plain = match word {
        "TRUE" => Some(Tree::One(Test::Always)),
        "MVALID" => Some(Tree::One(Test::MainOperationValid)),
        "MNOTVALID" => Some(Tree::Not(Test::MainOperationValid)),
        "NOVALID" => Some(Tree::Not(Test::AnyOperationValid)),
        "NEWBORN" => Some(Tree::One(Test::AgeDays(Span { low: 0, high: 28 }))),
        "MALE" => Some(Tree::One(Test::Male)),
        "FEMALE" => Some(Tree::One(Test::Female)),
        "MCC" => Some(Tree::One(Test::Mcc)),
        "CC" => Some(Tree::One(Test::Cc)),
        _ => None,
    };
    if let Some(tree) = plain {
        return Ok(tree);
    }
    if let Some((name, span)) = number(word)? {
        return Ok(Tree::One(match name {
            "AGE_DAYS" => Test::AgeDays(span),
            "AGE_YEARS" => Test::AgeYears(span),
            // A weight of nothing is a weight that was not written down.
            "WEIGHT" => Test::BirthWeight(Span { low: span.low.max(1), ..span }),
            "TRAUMA_REGIONS" => {
                // The codes with a region are the owner's list; asking for regions is asking for it.
                lists.diagnosis("pdx");
                Test::TraumaRegions(span)
            }
            "STAY" => Test::Stay(span),
            "LEAVING" => Test::Leaving(span),
            "OPERATIONS" => Test::OperationCount(span),
            "VENTILATION" => Test::Ventilation(span),
            _ => return Err(unknown()),
        }));
    }
    let (word, explicit) = word.split_once(':').map_or((word, None), |(w, role)| (w, Some(role)));
    let role = explicit.map_or_else(|| word.to_ascii_lowercase(), str::to_owned);
    let head = word.split('_').next().unwrap_or_default();
    Ok(Tree::One(match head {
        "PDX" => Test::Principal(lists.diagnosis(&role)),
        "ADX" => Test::AnyDiagnosis(lists.diagnosis(&role)),
        "ODX" => Test::OtherDiagnosis(lists.diagnosis(&role)),
        "MPROC" => Test::MainOperation(lists.operation(&role)),
        "PROC" => Test::AnyOperation(lists.operation(&role)),
        _ => return Err(unknown()),
    }))
}

/// `NAME=3`, `NAME>=3`, `NAME<=3`, `NAME(1..3)`, `NAME(3..)`.
fn number(word: &str) -> Result<Option<(&str, Span)>, String> {
    let Some(at) = word.find(['=', '<', '>', '(']) else { return Ok(None) };
    let (name, range) = word.split_at(at);
    let bad = || format!("{word:?} is not a range of whole numbers");
    let whole = |text: &str| text.parse::<u32>().map_err(|_| bad());
    let span = if let Some(text) = range.strip_prefix(">=") {
        Span { low: whole(text)?, high: u32::MAX }
    } else if let Some(text) = range.strip_prefix("<=") {
        Span { low: 0, high: whole(text)? }
    } else if let Some(text) = range.strip_prefix('=') {
        Span { low: whole(text)?, high: whole(text)? }
    } else {
        let inner = range.strip_prefix('(').and_then(|r| r.strip_suffix(')')).ok_or_else(bad)?;
        let (low, high) = inner.split_once("..").ok_or_else(bad)?;
        Span { low: whole(low)?, high: if high.is_empty() { u32::MAX } else { whole(high)? } }
    };
    if span.low > span.high { Err(bad()) } else { Ok(Some((name, span))) }
}

/// Where a tree goes on, before the steps have numbers.
#[derive(Clone, Copy)]
enum Goal {
    Accept,
    Reject,
    Mark(usize),
}

#[derive(Default)]
struct Chain {
    steps: Vec<(Test, Goal, Goal)>,
    /// The step that each mark stands before.
    marks: Vec<usize>,
}

fn chain(tree: &Tree) -> Vec<Step> {
    let mut chain = Chain::default();
    chain.put(tree, Goal::Accept, Goal::Reject);
    let next = |from: usize, goal: Goal| match goal {
        Goal::Accept => Next::Accept,
        Goal::Reject => Next::Reject,
        // Rules of more than 64 steps are refused above, so that the distance always fits.
        Goal::Mark(mark) => Next::Skip(u8::try_from(chain.marks[mark] - from).unwrap_or(u8::MAX)),
    };
    chain
        .steps
        .iter()
        .enumerate()
        .map(|(i, (test, yes, no))| Step { test: *test, yes: next(i, *yes), no: next(i, *no) })
        .collect()
}

impl Chain {
    fn put(&mut self, tree: &Tree, yes: Goal, no: Goal) {
        match tree {
            Tree::One(test) => self.steps.push((*test, yes, no)),
            Tree::Not(test) => self.steps.push((*test, no, yes)),
            Tree::All(parts) => self.put_row(parts, |mark, last| (if last { yes } else { mark }, no)),
            Tree::Any(parts) => self.put_row(parts, |mark, last| (yes, if last { no } else { mark })),
        }
    }

    fn put_row(&mut self, parts: &[Tree], goals: impl Fn(Goal, bool) -> (Goal, Goal)) {
        for (i, part) in parts.iter().enumerate() {
            let mark = self.marks.len();
            self.marks.push(0);
            let (yes, no) = goals(Goal::Mark(mark), i + 1 == parts.len());
            self.put(part, yes, no);
            self.marks[mark] = self.steps.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use anxin_core::drg::rule::run;

    use super::*;

    /// Lists named by one letter each: `PDX_A` is list 0.
    struct Letters;

    impl Lists for Letters {
        fn diagnosis(&mut self, role: &str) -> List {
            List(u16::from(role.as_bytes()[role.len() - 1] - b'a'))
        }
        fn operation(&mut self, role: &str) -> List {
            self.diagnosis(role)
        }
    }

    /// Every combination of answers to PROC_A to PROC_D against a plain reading of the rule.
    fn check(rule: &str, meaning: fn([bool; 4]) -> bool) {
        let steps = compile(rule, &mut Letters).unwrap();
        for bits in 0..16_u16 {
            let held = [0, 1, 2, 3].map(|i| bits >> i & 1 == 1);
            let answer = |t| match t {
                Test::AnyOperation(List(n)) => held[usize::from(n)],
                Test::Always => true,
                Test::MainOperationValid => held[0],
                other => panic!("{other:?}"),
            };
            assert_eq!(run(&steps, answer), meaning(held), "{rule} with {held:?}");
        }
    }

    #[test]
    fn rules_mean_what_they_say() {
        check("PROC_A", |[a, ..]| a);
        check("TRUE", |_| true);
        check("MNOTVALID", |[a, ..]| !a);
        check("PROC_A & PROC_B | PROC_C & PROC_D", |[a, b, c, d]| a && b || c && d);
        check("PROC_A | PROC_B & PROC_C | PROC_D", |[a, b, c, d]| a || b && c || d);
        check("PROC_A & (PROC_B | PROC_C & PROC_D)", |[a, b, c, d]| a && (b || c && d));
        check("(PROC_A & PROC_B | PROC_C) & PROC_D", |[a, b, c, d]| (a && b || c) && d);
        check("(PROC_A | PROC_B) & (PROC_C | PROC_D)", |[a, b, c, d]| (a || b) && (c || d));
    }

    #[test]
    fn ranges_include_both_ends() {
        for (word, low, high) in
            [("WEIGHT(1500..1999)", 1500, 1999), ("WEIGHT(0..9)", 1, 9), ("WEIGHT(2500..)", 2500, u32::MAX)]
        {
            let steps = compile(word, &mut Letters).unwrap();
            assert_eq!(steps[0].test, Test::BirthWeight(Span { low, high }), "{word}");
        }
        assert_eq!(compile("AGE_YEARS=0", &mut Letters).unwrap()[0].test, Test::AgeYears(Span { low: 0, high: 0 }));
    }

    #[test]
    fn what_is_not_a_rule_is_refused() {
        for bad in [
            "",
            "PDX &",
            "PDX PDX",
            "(PDX",
            "PDX)",
            "FOO",
            "AGE_DAYS>28",
            "WEIGHT(9..1)",
            "WEIGHT(1",
            "AGE_DAYS>=x",
            "SIZE=1",
        ] {
            assert!(compile(bad, &mut Letters).is_err(), "{bad:?}");
        }
    }
}
