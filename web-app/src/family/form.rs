//! What somebody typed, and the case that it makes.

use anxin_core::family::{
    AreaCode, Consents, Dissolve, DissolveWhy, FamilyAsk, FamilyCase, Insured, Kin, Model, Moment, Pair, Party,
    Patient, Pay, Share, Sharer, Use,
};
use anxin_core::{Day, Fen, RefusalCode};

use super::words::F;
use crate::model::amount::{tidy, whole, yuan};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    Share,
    Pay,
    Dissolve,
}

/// A person of the question.
#[derive(Clone, Debug, PartialEq)]
pub struct PartyForm {
    /// A code that is listed, or empty for another.
    pub area: String,
    pub other_area: String,
    pub cover: Insured,
    pub age: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RelativeForm {
    /// Stays with the row while others come and go.
    pub key: u32,
    pub name: String,
    pub party: PartyForm,
    pub kin: Kin,
    pub available: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    pub question: Question,
    pub on: String,
    pub sharer: PartyForm,
    pub recipient: PartyForm,
    pub kin: Kin,
    pub consents: Consents,
    pub amount: String,
    pub balance: String,
    pub set_aside: String,
    pub model: Option<Model>,
    pub time: String,
    pub sent: String,
    pub purpose: Use,
    pub pay: String,
    pub own: String,
    pub wallet: String,
    pub relatives: Vec<RelativeForm>,
    pub why: DissolveWhy,
    pub way: Model,
    pub shared: String,
    pub used: String,
    pub held: String,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    pub field: String,
    pub code: RefusalCode,
    pub text: F,
}

/// A case, or what keeps the form from being one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    pub case: Option<FamilyCase>,
    pub wrong: Vec<Wrong>,
    pub missing: Vec<(String, F)>,
}

impl PartyForm {
    fn new(area: &str, cover: Insured) -> PartyForm {
        PartyForm { area: area.to_owned(), other_area: String::new(), cover, age: String::new() }
    }
}

impl Form {
    pub fn blank(today: String) -> Form {
        Form {
            question: Question::Share,
            on: today,
            sharer: PartyForm::new("450100", Insured::Employee),
            recipient: PartyForm::new("450800", Insured::Resident),
            kin: Kin::Parent,
            consents: Consents { sharer: true, recipient: true, guardian: true },
            amount: String::new(),
            balance: String::new(),
            set_aside: String::new(),
            model: None,
            time: String::new(),
            sent: String::new(),
            purpose: Use::Institution,
            pay: String::new(),
            own: String::new(),
            wallet: String::new(),
            relatives: vec![RelativeForm::new(0)],
            why: DissolveWhy::Asked,
            way: Model::Quota,
            shared: String::new(),
            used: String::new(),
            held: String::new(),
        }
    }

    pub fn read(&self) -> Read {
        let mut reader = Reader::default();
        let on = reader.day(&self.on);
        let at = reader.moment(&self.time).filter(|_| self.question == Question::Share);
        let ask = match self.question {
            Question::Share => self.share(&mut reader).map(FamilyAsk::Share),
            Question::Pay => self.pay(&mut reader).map(FamilyAsk::Pay),
            Question::Dissolve => self.dissolve(&mut reader).map(FamilyAsk::Dissolve),
        };
        let Reader { wrong, missing } = reader;
        let whole = wrong.is_empty() && missing.is_empty();
        let case = on.zip(ask).filter(|_| whole).map(|(on, ask)| FamilyCase { on, at, ask });
        Read { case, wrong, missing }
    }

    fn share(&self, reader: &mut Reader) -> Option<Share> {
        let (sharer, recipient) = (reader.party("sharer", &self.sharer), reader.party("recipient", &self.recipient));
        let amount_fen = reader.needed("amount", &self.amount, F::AmountQ);
        let balance_fen = reader.needed("balance", &self.balance, F::BalanceQ);
        let set_aside_fen = reader.amount("set-aside", &self.set_aside);
        let sent_today = reader.count("sent", &self.sent);
        let (sharer, recipient) = (sharer?, recipient?);
        let pair = Pair { sharer, recipient, kin: self.kin, consents: self.consents, members: None };
        Some(Share {
            pair,
            amount_fen: amount_fen?,
            balance_fen: balance_fen?,
            set_aside_fen: set_aside_fen.unwrap_or_default(),
            model: self.model,
            sent_today: sent_today.unwrap_or_default(),
            waiting: 0,
        })
    }

    fn pay(&self, reader: &mut Reader) -> Option<Pay> {
        let party = reader.party("recipient", &self.recipient);
        let amount_fen = reader.needed("pay", &self.pay, F::PayQ);
        let account_fen = reader.amount("own", &self.own).unwrap_or_default();
        let wallet_fen = reader.amount("wallet", &self.wallet).unwrap_or_default();
        let sharers = self.relatives.iter().map(|relative| relative.read(reader)).collect::<Vec<_>>();
        let sharers = (0_u8..).zip(sharers).filter_map(|(n, sharer)| Some(Sharer { priority: n, ..sharer? })).collect();
        let patient = Patient { party: party?, account_fen, wallet_fen };
        Some(Pay { patient, purpose: self.purpose, amount_fen: amount_fen?, sharers })
    }

    fn dissolve(&self, reader: &mut Reader) -> Option<Dissolve> {
        let sharer = reader.party("sharer", &self.sharer);
        let shared_fen = match self.way {
            Model::Binding => Some(Fen::ZERO),
            Model::Transfer | Model::Quota => reader.needed("shared", &self.shared, F::SharedQ),
        };
        let amount = |reader: &mut Reader, id, text| match self.way {
            Model::Binding => Fen::ZERO,
            Model::Transfer | Model::Quota => reader.amount(id, text).unwrap_or_default(),
        };
        let (used_fen, held_fen) = (amount(reader, "used", &self.used), amount(reader, "held", &self.held));
        let area = sharer?.area;
        Some(Dissolve { why: self.why, model: self.way, area, shared_fen: shared_fen?, used_fen, held_fen })
    }
}

impl RelativeForm {
    pub fn new(key: u32) -> RelativeForm {
        RelativeForm {
            key,
            name: String::new(),
            party: PartyForm::new("450100", Insured::Employee),
            kin: Kin::Parent,
            available: String::new(),
        }
    }

    pub fn id(&self, part: &str) -> String {
        format!("relative-{}-{part}", self.key)
    }

    /// A row in which nothing was typed is no relative.
    fn read(&self, reader: &mut Reader) -> Option<Sharer> {
        if self.name.trim().is_empty() && self.available.trim().is_empty() {
            return None;
        }
        let party = reader.party(&self.id("party"), &self.party);
        let available_fen = reader.needed(&self.id("available"), &self.available, F::AvailableQ);
        let typed = self.name.trim();
        let name = if typed.is_empty() { format!("#{}", self.key + 1) } else { typed.to_owned() };
        let (party, available_fen) = (party?, available_fen?);
        Some(Sharer { name, party, kin: self.kin, model: None, available_fen, priority: 0, since: None })
    }
}

#[derive(Default)]
struct Reader {
    wrong: Vec<Wrong>,
    missing: Vec<(String, F)>,
}

impl Reader {
    fn note(&mut self, field: &str, code: RefusalCode, text: F) {
        self.wrong.push(Wrong { field: field.to_owned(), code, text });
    }

    fn day(&mut self, text: &str) -> Option<Day> {
        let day = Day::parse(text);
        if day.is_none() {
            self.note("on", RefusalCode::Malformed, F::WrongDay);
        }
        day
    }

    fn moment(&mut self, text: &str) -> Option<Moment> {
        let text = text.trim();
        let moment = Moment::parse(text);
        if moment.is_none() && !text.is_empty() {
            self.note("time", RefusalCode::Malformed, F::WrongTime);
        }
        moment
    }

    fn party(&mut self, id: &str, form: &PartyForm) -> Option<Party> {
        let typed = tidy(&form.other_area);
        let area = AreaCode::parse(if form.area.is_empty() { &typed } else { &form.area });
        if area.is_none() {
            let field = format!("{id}-code");
            if typed.is_empty() {
                self.missing.push((field, F::AreaCodeQ));
            } else {
                self.note(&field, RefusalCode::Malformed, F::WrongArea);
            }
        }
        let age = whole::<u8>(&form.age);
        if age.is_err() {
            self.note(&format!("{id}-age"), RefusalCode::Malformed, F::WrongCount);
        }
        Some(Party { area: area?, cover: form.cover, age: age.ok()?, without_phone: false })
    }

    fn amount(&mut self, id: &str, text: &str) -> Option<Fen> {
        match yuan(text) {
            Ok(fen) => fen,
            Err(_) => {
                self.note(id, RefusalCode::Malformed, F::WrongAmount);
                None
            }
        }
    }

    fn needed(&mut self, id: &str, text: &str, name: F) -> Option<Fen> {
        let before = self.wrong.len();
        let amount = self.amount(id, text);
        if amount.is_none() && self.wrong.len() == before {
            self.missing.push((id.to_owned(), name));
        }
        amount
    }

    fn count(&mut self, id: &str, text: &str) -> Option<u32> {
        let count = whole::<u32>(text);
        if count.is_err() {
            self.note(id, RefusalCode::Malformed, F::WrongCount);
        }
        count.ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Form {
        Form { amount: "2,000".into(), balance: "８６１２.30".into(), ..Form::blank("2026-11-22".into()) }
    }

    #[test]
    fn a_filled_form_is_a_case() {
        let Some(FamilyCase { ask: FamilyAsk::Share(share), .. }) = filled().read().case else { panic!() };
        assert_eq!((share.amount_fen.get(), share.balance_fen.get()), (200_000, 861_230));
    }

    #[test]
    fn what_is_wrong_or_missing_is_named() {
        let check = |form: Form, wrong: &[&str], missing: &[&str]| {
            let read = form.read();
            assert_eq!(read.case, None);
            assert_eq!(read.wrong.iter().map(|w| w.field.as_str()).collect::<Vec<_>>(), wrong);
            assert_eq!(read.missing.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), missing);
        };
        check(Form::blank("2026-11-22".into()), &[], &["amount", "balance"]);
        check(Form { amount: "-5".into(), ..filled() }, &["amount"], &[]);
        check(Form { time: "24:00".into(), ..filled() }, &["time"], &[]);
        check(Form { on: String::new(), ..filled() }, &["on"], &[]);
        let mut elsewhere = filled();
        elsewhere.sharer.area.clear();
        check(elsewhere.clone(), &[], &["sharer-code"]);
        elsewhere.sharer.other_area = "4418".into();
        check(elsewhere, &["sharer-code"], &[]);
    }

    #[test]
    fn an_empty_row_is_no_relative_and_the_others_keep_their_order() {
        let mut form = Form { question: Question::Pay, pay: "10".into(), ..filled() };
        let row =
            |key: u32, name: &str| RelativeForm { name: name.into(), available: "5".into(), ..RelativeForm::new(key) };
        form.relatives = vec![row(0, "女儿"), RelativeForm::new(1), row(2, "儿子")];
        let Some(FamilyCase { ask: FamilyAsk::Pay(pay), .. }) = form.read().case else { panic!() };
        let order: Vec<_> = pay.sharers.iter().map(|s| (s.name.as_str(), s.priority)).collect();
        assert_eq!(order, [("女儿", 0), ("儿子", 2)]);
    }
}
