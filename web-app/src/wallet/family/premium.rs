use anxin_core::family::{
    DrawFrom, FamilyAnswer, FamilyAsk, Insured, Model, Party, Patient, Pay, Sharer, Use, Verdict, WalletBook,
};
use anxin_core::{Fen, RefusalCode, text};
use wallet_types::{
    AccountKindName, AccountOut, Accounts, Id, OwnCover, PayeeOut, Payees, PaymentAsk, PaymentOut, RelationKind,
    RelationOut, Relations, Side,
};
use yew::prelude::*;

use super::invite::wrong;
use super::kin::relative;
use super::words::G;
use super::{RELATIONS, told, use_own_rules};
use crate::components::{Choice, Kind, Pick, Radios, TextField};
use crate::family::{AnswerView, F, Rules, waiting as waiting_rules};
use crate::hooks::use_lang;
use crate::i18n::Lang;
use crate::model::amount::yuan;
use crate::services::browser;
use crate::services::words::money;
use crate::wallet::deed::{Deeds, use_deeds};
use crate::wallet::form::use_form;
use crate::wallet::home::ACCOUNTS;
use crate::wallet::load::{Load, use_load};
use crate::wallet::trouble::waiting;
use crate::wallet::words::W;

const PAYEES: &str = "/wallet/payees";

/// Pays a premium: the rules say first whether they allow it and where it would be drawn.
#[component]
pub fn Premium() -> Html {
    let lang = use_lang();
    let (rules, retry, cover, cover_again) = use_own_rules();
    let (accounts, accounts_again) = use_load::<Accounts>(ACCOUNTS.into());
    let (relations, relations_again) = use_load::<Relations>(RELATIONS.into());
    let (payees, payees_again) = use_load::<Payees>(PAYEES.into());
    let form = match (&cover, &accounts, &relations, &payees) {
        (Load::Here(cover), Load::Here(accounts), Load::Here(relations), Load::Here(payees)) => {
            let means = Means {
                cover: cover.clone(),
                accounts: accounts.accounts.clone(),
                relations: relations.relations.clone(),
            };
            let payees = payees.payees.iter().filter(|p| p.kind == AccountKindName::Premium).cloned();
            html! { <Till {means} rules={rules.clone()} payees={payees.collect::<Vec<PayeeOut>>()} again={accounts_again.clone()} /> }
        }
        _ => Html::default(),
    };
    html! {
        <>
            <p class="lead">{ G::PremiumIntro.say(lang) }</p>
            { waiting_rules(&rules, retry, lang) }
            { waiting(&cover, cover_again, lang) }
            { waiting(&accounts, accounts_again, lang) }
            { waiting(&relations, relations_again, lang) }
            { waiting(&payees, payees_again, lang) }
            { form }
        </>
    }
}

/// What somebody can pay with.
#[derive(Clone, PartialEq)]
struct Means {
    cover: OwnCover,
    accounts: Vec<AccountOut>,
    relations: Vec<RelationOut>,
}

impl Means {
    fn available(&self, kind: AccountKindName) -> Fen {
        let open = self.accounts.iter().find(|a| a.kind == kind && a.closed_at.is_none());
        open.map(|account| account.available_fen).unwrap_or_default()
    }

    /// Whether somebody shares whose balance is not known here.
    fn unknown(&self) -> bool {
        self.sharing().any(|relation| relation.usable_fen.is_none())
    }

    fn sharing(&self) -> impl Iterator<Item = &RelationOut> {
        let shares = |r: &&RelationOut| r.side == Side::Taker && r.kind == RelationKind::Share && r.ended_at.is_none();
        self.relations.iter().filter(shares)
    }

    fn ask(&self, purpose: Use, amount: Fen, lang: Lang) -> FamilyAsk {
        let OwnCover { area, cover, age, .. } = self.cover.clone();
        let patient = Patient {
            party: Party { area, cover, age, without_phone: false },
            account_fen: self.available(AccountKindName::Personal),
            wallet_fen: self.available(AccountKindName::Wallet),
        };
        let sharers = self.sharing().filter_map(|relation| {
            let area = relation.giver_area.clone()?;
            let party = Party { area, cover: Insured::Employee, age: None, without_phone: false };
            // What a relative has under a binding is theirs to know: it is asked as if it were enough, and said so.
            let available =
                relation.usable_fen.unwrap_or(if relation.model == Some(Model::Binding) { amount } else { Fen::ZERO });
            let name = relative(relation.side, relation.kin, lang);
            let (kin, model) = (relation.kin, relation.model);
            Some(Sharer { name, party, kin, model, available_fen: available, priority: 0, since: None })
        });
        FamilyAsk::Pay(Pay { patient, purpose, amount_fen: amount, sharers: sharers.collect() })
    }
}

#[derive(Properties, PartialEq)]
struct TillProps {
    means: Means,
    rules: Rules,
    payees: Vec<PayeeOut>,
    again: Callback<()>,
}

#[derive(Clone, PartialEq)]
struct Typed {
    purpose: Use,
    payee: Option<Id>,
    amount: String,
}

#[component]
fn Till(props: &TillProps) -> Html {
    let lang = use_lang();
    let rules = &props.rules;
    let first = props.payees.first().map(|payee| payee.account);
    let form = use_form(|| Typed { purpose: Use::ResidentPremium, payee: first, amount: String::new() });
    let deeds = use_deeds::<PaymentOut>("premium", None, true);
    let (purpose, amount) = (form.typed.purpose, yuan(&form.typed.amount).ok().flatten().filter(|fen| !fen.is_zero()));
    let answer = rules.book().zip(amount).and_then(|(book, amount)| asked(book, &props.means, purpose, amount, lang));
    let kinds = [
        Choice::new(Use::ResidentPremium, "resident-premium", F::UsePremium.say(lang)),
        Choice::new(Use::CarePremium, "care-premium", F::UseCare.say(lang)),
        Choice::new(Use::CommercialCover, "commercial-cover", F::UseCommercial.say(lang)),
    ];
    let to = props.payees.iter().map(|p| Choice::new(p.account, p.account.to_string(), p.name.clone()));
    let typing = || {
        let fields = html! {
            <>
                <Radios<Use> id="premium-kind" legend={G::PremiumQ.say(lang)} choices={kinds.to_vec()} value={Some(purpose)}
                    onchange={form.set(|t, purpose| t.purpose = purpose)} />
                <Pick<Id> id="payee" legend={G::PayeeQ.say(lang)} choices={to.collect::<Vec<_>>()} value={form.typed.payee}
                    onchange={form.set(|t, id| t.payee = Some(id))} />
                <TextField id="premium-amount" kind={Kind::Money} label={G::PremiumAmountQ.say(lang)} value={form.typed.amount.clone()}
                    onchange={form.set(|t, amount| t.amount = amount)} />
                if let Some(answer) = answer.clone() {
                    <section class="card" aria-labelledby="may-title">
                        <h2 id="may-title" tabindex="-1">{ G::MayPremiumTitle.say(lang) }</h2>
                        <AnswerView {answer} />
                        if props.means.unknown() {
                            <p class="small">{ G::UnknownBalance.say(lang) }</p>
                        }
                    </section>
                }
            </>
        };
        let bad = || wrong("premium-amount", RefusalCode::Malformed.code(), W::WrongAmount.say(lang));
        let notes = amount.is_none().then(bad).into_iter().collect();
        let payee = props.payees.iter().find(|one| Some(one.account) == form.typed.payee).cloned();
        let here = deeds.clone();
        let go = move || match (amount, &answer, &payee) {
            (Some(amount), Some(answer), Some(payee)) => check(&here, payee, purpose, amount, answer, lang),
            _ => browser::focus("premium-amount"),
        };
        form.view("premium", notes, fields, W::Next.say(lang), go)
    };
    let another = {
        let (deeds, form, again) = (deeds.clone(), form.clone(), props.again.clone());
        Callback::from(move |_: MouseEvent| {
            form.again(Typed { amount: String::new(), ..(*form.typed).clone() });
            deeds.again();
            again.emit(());
        })
    };
    deeds.view(G::PremiumConfirm.say(lang), typing, |paid| done(paid, another, lang))
}

/// What the rules say of it.
fn asked(book: &WalletBook, means: &Means, purpose: Use, amount: Fen, lang: Lang) -> Option<FamilyAnswer> {
    told(book, means.ask(purpose, amount, lang), lang)
}

/// A premium is paid in full or not at all.
fn check(deeds: &Deeds<PaymentOut>, payee: &PayeeOut, purpose: Use, amount: Fen, answer: &FamilyAnswer, lang: Lang) {
    if answer.verdict != Verdict::Yes {
        return browser::focus("may-title");
    }
    let mut then: Vec<String> = answer
        .draws
        .iter()
        .filter(|draw| !draw.amount_fen.is_zero())
        .map(|draw| {
            let name = draw.name.clone().map(|name| format!("（{name}）")).unwrap_or_default();
            let name = if lang == Lang::En { name.replace('（', " (").replace('）', ")") } else { name };
            G::PremiumDraw
                .fill(lang, &[&format!("{}{name}", text::draw_source(draw.from, lang)), &money(draw.amount_fen)])
        })
        .collect();
    if answer.cash_fen.is_some_and(|cash| !cash.is_zero()) {
        then.push(G::PremiumShort.say(lang).into());
    }
    then.push(W::ThenOnce.say(lang).into());
    let ask = PaymentAsk { to: payee.account, purpose, amount_fen: amount, until: None };
    let say = G::PremiumSay.fill(lang, &[&payee.name, &money(amount)]);
    deeds.check("/wallet/family/payments".into(), &ask, say, then);
}

fn done(paid: &PaymentOut, another: Callback<MouseEvent>, lang: Lang) -> Html {
    let draw = |n: usize, draw: &wallet_types::DrawnOut| {
        let from = match draw.from {
            DrawFrom::Sharer => G::FromRelative.say(lang),
            from => text::draw_source(from, lang),
        };
        html! {
            <li key={n} data-testid={format!("paid-{n}")} data-fen={draw.amount_fen.get().to_string()}>
                { G::PremiumDraw.fill(lang, &[from, &money(draw.amount_fen)]) }
            </li>
        }
    };
    html! {
        <section aria-labelledby="paid-title" data-testid="premium-done">
            <h2 id="paid-title">{ G::PremiumDone.say(lang) }</h2>
            <ul>{ for paid.draws.iter().enumerate().map(|(n, one)| draw(n, one)) }</ul>
            <button type="button" class="secondary" data-testid="premium-another" onclick={another}>{ G::PremiumAnother.say(lang) }</button>
        </section>
    }
}
