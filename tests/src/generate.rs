//! Requests by the thousand, the same for the same seed: cases that a person might enter, and
//! damage done to them.

use anxin_core::rules::{AidClass, Area, Binding, Dim, Filing, Plan, Region, Scheme, Ward, WorkStatus};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};

/// Makes requests over the regions and diseases that it is given.
pub struct Generator {
    rng: ChaCha8Rng,
    regions: Vec<(Region, Vec<String>)>,
}

const CATEGORIES: &[&str] = &["bed", "examination", "laboratory", "surgery", "materials", "western_medicine", "other"];
/// Amounts at which formulas change: nothing, one fen, half-fen ratios, deductibles, caps.
const EDGES: &[i64] = &[0, 1, 2, 3, 33, 99, 100, 101, 20_000, 30_000, 100_000, 1_000_000, 9_999_999, 40_000_000];

impl Generator {
    pub fn new(seed: u64, regions: Vec<(Region, Vec<String>)>) -> Generator {
        Generator { rng: ChaCha8Rng::seed_from_u64(seed), regions }
    }

    /// A request as bytes of UTF-8. About a third of them is damaged in some way.
    pub fn request(&mut self) -> Vec<u8> {
        let mut request = self.sound();
        match self.rng.random_range(0..12) {
            0 | 1 => damage_value(&mut request, &mut self.rng),
            2 => insert_field(&mut request, &mut self.rng),
            3 => return self.damage_text(&request.to_string()),
            _ => {}
        }
        request.to_string().into_bytes()
    }

    fn sound(&mut self) -> Value {
        let call = match self.rng.random_range(0..20) {
            0 => json!({ "regions": {} }),
            1 | 2 => json!({ "compare": self.cases(4) }),
            3 | 4 => json!({ "year": self.cases(5) }),
            _ => json!({ "estimate": self.case() }),
        };
        match self.rng.random_range(0..3) {
            0 => json!({ "call": call }),
            1 => json!({ "call": call, "lang": "zh" }),
            _ => json!({ "call": call, "lang": "en" }),
        }
    }

    fn cases(&mut self, most: usize) -> Vec<Value> {
        (0..self.rng.random_range(1..=most)).map(|_| self.case()).collect()
    }

    pub fn case(&mut self) -> Value {
        let Some((region, diseases)) = self.regions.choose(&mut self.rng).cloned() else { return Value::Null };
        let visit = self.visit(&region, &diseases);
        let scheme = region.schemes.choose(&mut self.rng).copied().unwrap_or(Scheme::Resident);
        let mut case = json!({ "region": region.slug, "scheme": scheme, "visit": visit });
        if self.half() {
            case["person"] = json!({
                "status": self.word::<WorkStatus>(), "plan": self.word::<Plan>(), "aid": self.word::<AidClass>(),
                "insured_months": self.rng.random_range(0..40),
            });
        }
        if self.half() {
            case["year_to_date"] = json!({
                "admissions": self.rng.random_range(0..4), "pool_paid_fen": self.fen(),
                "own_in_scope_fen": self.fen(), "catastrophic_paid_fen": self.fen(), "outpatient_paid_fen": self.fen(),
            });
        }
        if self.half() {
            case["accounts"] = json!({ "own_balance_fen": self.fen(), "family_balance_fen": self.fen() });
        }
        if self.rng.random_range(0..4) == 0 {
            case["options"] = json!({ "trace": self.half(), "shared_accounts": "additive" });
        }
        case
    }

    fn visit(&mut self, region: &Region, diseases: &[String]) -> Value {
        let level = json!(region.levels.choose(&mut self.rng));
        let (place, bill, on) = (self.place(), self.bill(), self.day());
        match (self.rng.random_range(0..10), diseases.choose(&mut self.rng)) {
            (0 | 1, _) => json!({ "outpatient": {
                "level": level, "place": place, "on": on, "binding": self.word::<Binding>(), "bill": bill,
            }}),
            (2, Some(disease)) => json!({ "special_outpatient": {
                "disease": disease, "level": level, "place": place, "on": on, "bill": bill,
            }}),
            (3, _) => json!({ "maternity": {
                "on": on, "employer_monthly_wage_fen": self.fen(), "birth": "delivery", "dystocia": self.half(),
            }}),
            (4, _) => json!({ "second_pay": { "on": on, "place": place, "own_in_scope_fen": self.fen() } }),
            (5, _) => json!({ "day_surgery": { "level": level, "place": place, "discharged": on, "bill": bill } }),
            _ => json!({ "inpatient": {
                "level": level, "place": place, "discharged": on, "nth": self.rng.random_range(1..4),
                "ward": self.word::<Ward>(), "bill": bill,
            }}),
        }
    }

    fn place(&mut self) -> Value {
        if self.half() {
            return json!({ "area": "local", "filing": "not_needed" });
        }
        json!({ "area": self.word::<Area>(), "filing": self.word::<Filing>() })
    }

    fn bill(&mut self) -> Value {
        let total = self.fen();
        match self.rng.random_range(0..4) {
            0 => json!({ "total": { "total_fen": total, "own_share_low": "0.05", "own_share_high": self.share() } }),
            1 => json!({ "categories": (0..3).map(|_| self.category()).collect::<Vec<_>>() }),
            2 => json!({ "lines": (0..4).map(|_| self.line()).collect::<Vec<_>>() }),
            _ => json!({ "split": {
                "total_fen": total, "own_expense_fen": total / self.rng.random_range(5..50),
                "over_limit_fen": total / self.rng.random_range(20..90), "pre_self_pay_fen": total / 11,
            }}),
        }
    }

    fn category(&mut self) -> Value {
        let amount = self.fen();
        let category = CATEGORIES.choose(&mut self.rng);
        if self.half() {
            return json!({ "category": category, "amount_fen": amount });
        }
        json!({ "category": category, "amount_fen": amount, "own_expense_fen": amount / 7, "pre_self_pay_fen": amount / 9 })
    }

    fn line(&mut self) -> Value {
        let class = ["01", "02", "03"].choose(&mut self.rng);
        json!({
            "category": CATEGORIES.choose(&mut self.rng), "amount_fen": self.fen(), "self_pay_share": self.share(),
            "class": class, "count": self.rng.random_range(1..9),
            "price_limit_fen": self.fen(),
        })
    }

    fn share(&mut self) -> String {
        format!("0.{:02}", self.rng.random_range(0..100))
    }

    fn day(&mut self) -> String {
        let (year, month, day) =
            (self.rng.random_range(2019..=2027), self.rng.random_range(1..=12), self.rng.random_range(1..=28));
        format!("{year}-{month:02}-{day:02}")
    }

    fn fen(&mut self) -> i64 {
        match self.rng.random_range(0..4) {
            0 => EDGES.choose(&mut self.rng).copied().unwrap_or_default(),
            1 => self.rng.random_range(0..100_000),
            2 => self.rng.random_range(0..10_000_000),
            _ => self.rng.random_range(0..200_000_000),
        }
    }

    fn half(&mut self) -> bool {
        self.rng.random_range(0..2) == 0
    }

    fn word<D: Dim>(&mut self) -> &'static str {
        D::WORDS.choose(&mut self.rng).map_or("", |(_, word)| word)
    }

    /// Cuts, doubles or replaces a character.
    fn damage_text(&mut self, text: &str) -> Vec<u8> {
        let mut letters: Vec<char> = text.chars().collect();
        let at = self.rng.random_range(0..letters.len());
        match self.rng.random_range(0..4) {
            0 => letters.truncate(at),
            1 => letters.insert(at, letters[at]),
            2 => {
                letters[at] = ['{', '}', '"', ',', '0', '-', 'e', '０', '\u{feff}', '\0'][self.rng.random_range(0..10)]
            }
            _ => letters.extend("{}".chars()),
        }
        letters.into_iter().collect::<String>().into_bytes()
    }
}

/// Puts a value where another of some other kind was.
fn damage_value(value: &mut Value, rng: &mut ChaCha8Rng) {
    let children: Vec<&mut Value> = match value {
        Value::Object(fields) => fields.values_mut().collect(),
        Value::Array(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    };
    if children.is_empty() || rng.random_range(0..6) == 0 {
        let odd = [
            json!(null),
            json!(-1),
            json!(1.5),
            json!(1e3),
            json!(9_007_199_254_740_992_i64),
            json!("1e3"),
            json!("１２"),
            json!([]),
            json!({}),
            json!("2023-02-29"),
            json!("9999999"),
            json!(true),
            json!(""),
            json!("3"),
            json!(9_007_199_254_740_991_i64),
        ];
        *value = odd[rng.random_range(0..odd.len())].clone();
        return;
    }
    let chosen = rng.random_range(0..children.len());
    if let Some(child) = children.into_iter().nth(chosen) {
        damage_value(child, rng);
    }
}

/// Adds a field that nobody knows, somewhere.
fn insert_field(value: &mut Value, rng: &mut ChaCha8Rng) {
    let Value::Object(fields) = value else { return };
    if rng.random_range(0..3) == 0 {
        fields.insert("surprise".into(), Value::Object(Map::new()));
    } else if let Some(child) = fields.values_mut().find(|v| v.is_object()) {
        insert_field(child, rng);
    }
}
