//! 1101, 1162 and 2001: who somebody is and what they are entitled to, as far as the area knows.

use anxin_core::Fen;
use anxin_core::family::Insured;
use serde_json::Value;
use wallet_ledger::{AccountId, AccountKind, Micros, OwnerId};
use wallet_store::{Actor, Person};
use wallet_types::nhsa::{
    CodeQuery, CodeRead, Entitlement, EntitlementFound, EntitlementQuery, NhsaData, PersonBase, PersonCover,
    PersonFound, PersonQuery,
};
use wallet_types::{Business, CertKind, DecodeAsk, NhsaCode};

use super::refuse::{Refused, Stop};
use super::{Asked, digits, envelope, times};
use crate::pay::Till;

const EMPLOYEE: &str = "310";
const RESIDENT: &str = "390";
pub const INSUTYPES: &[&str] = &[EMPLOYEE, RESIDENT];
const PAYMENT_CODE: &str = "01";
const IDENTITY_CARD: &str = "02";
/// 社会保障卡, by its 社会保障号码: the same number as on the identity card.
const SOCIAL_CARD: &str = "03";

impl Asked<'_> {
    pub(super) async fn person(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<PersonQuery>>()?;
        let owner = self.identified(&data).await?;
        let person = self.wallet.desk.person(owner).await?.ok_or_else(|| nobody("input.data.mdtrt_cert_no"))?;
        let psn_no = psn_no(owner);
        let hours = i64::from(self.wallet.nhsa.settings.identified_hours);
        let until = Micros(self.now.0.saturating_add(hours * 3_600 * times::SECOND));
        let minutes = i64::from(self.wallet.nhsa.settings.settle_minutes);
        let settles_until = Micros(self.now.0.saturating_add(minutes * 60 * times::SECOND));
        self.wallet.desk.nhsa_saw(self.code(), &psn_no, owner, until, settles_until).await?;
        let party = self.wallet.party(&person)?;
        let insutype = insutype(party.cover).map(str::to_owned);
        let balc = self.balance(owner).await?;
        let cover = insutype.map(|insutype| PersonCover {
            insutype,
            psn_insu_stas: "1".into(),
            insuplc_admdvs: person.area.clone(),
            balc: balc.map(|fen| fen.yuan().to_string()),
        });
        self.written(PersonFound {
            baseinfo: PersonBase {
                psn_no,
                psn_cert_type: "01".into(),
                certno: (data.mdtrt_cert_type != PAYMENT_CODE).then(|| masked(&data.mdtrt_cert_no)),
                brdy: person.born,
                age: party.age,
                exp_time: times::written(until),
            },
            insuinfo: cover.into_iter().collect(),
        })
    }

    /// Whoever stands at the counter with a document.
    async fn identified(&self, query: &PersonQuery) -> Result<OwnerId, Stop> {
        let field = "input.data.mdtrt_cert_no";
        envelope::one_of(
            "input.data.mdtrt_cert_type",
            &query.mdtrt_cert_type,
            &[PAYMENT_CODE, IDENTITY_CARD, SOCIAL_CARD],
        )?;
        envelope::length(field, &query.mdtrt_cert_no, 1, 100)?;
        if query.mdtrt_cert_type == PAYMENT_CODE {
            // Whoever is known by a token may have a bill settled afterwards: one for another purpose is not taken.
            return self.shown(field, &query.mdtrt_cert_no).await;
        }
        let lookups = self.wallet.lookup_keys()?.person(&query.mdtrt_cert_no);
        let lookups = lookups.map_err(|refusal| Refused::field(field, refusal.accepted))?;
        Ok(self.wallet.desk.person_with(&lookups.all).await?.ok_or_else(|| nobody(field))?)
    }

    /// Whoever a token stands for that this operator was given at this counter.
    pub(super) async fn shown(&self, field: &str, token: &str) -> Result<OwnerId, Stop> {
        envelope::length(field, token, 1, 100)?;
        Ok(self.wallet.bearer(self.till(), self.device(), token, None).await?.0)
    }

    /// 1162: a code that a patient shows becomes a token for this operator at this counter.
    pub(super) async fn decode(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<CodeQuery>>()?;
        envelope::length("input.data.outBizNo", &data.out_biz_no, 1, 64)?;
        let business = Business::of_word(&data.business_type).ok_or_else(|| {
            let known: Vec<&str> = Business::ALL.iter().map(|business| business.word()).collect();
            Refused::field("input.data.businessType", known.join(", "))
        })?;
        let ask = DecodeAsk {
            cert: CertKind::Code,
            value: data.ec_qr_code,
            business,
            device: self.device().to_owned(),
            ceiling_fen: None,
            agent_number: None,
        };
        let told = self.wallet.decode(self.till(), &self.request.msgid, &ask).await?;
        self.written(CodeRead {
            ec_token: told.token,
            user_name: told.name,
            age: told.age,
            insu_org: told.area,
            by_agent: told.by_agent,
        })
    }

    fn till(&self) -> Till {
        let operator = digits("operator", &[self.code(), &self.request.opter]);
        Till { institution: self.institution.owner, operator: operator.parse().unwrap_or_default() }
    }

    /// The counter, as the envelope names it.
    fn device(&self) -> &str {
        if self.request.dev_no.is_empty() { "-" } else { &self.request.dev_no }
    }

    /// What is in somebody's own account.
    async fn balance(&self, owner: OwnerId) -> Result<Option<Fen>, Stop> {
        const MOST: u32 = 500;
        let all = self.wallet.desk.accounts(Actor::Resident(owner), AccountId(0), MOST).await?;
        let personal = all.iter().find(|a| a.kind == AccountKind::Personal && a.closed.is_none());
        Ok(personal.map(|account| wallet_store::Balance::of(account).available()))
    }

    /// Whom a number means that 1101 gave to this institution.
    pub(super) async fn seen(&self, field: &str, psn_no: &str) -> Result<OwnerId, Stop> {
        let owner = self.wallet.desk.nhsa_seen(self.code(), psn_no, self.now).await?;
        Ok(owner.ok_or_else(|| nobody(field))?)
    }

    /// The same with how they are insured, which has to be as the message says.
    pub(super) async fn insured(&self, within: &str, psn_no: &str, insutype: &str) -> Result<(OwnerId, Person), Stop> {
        let (field, kind) = (format!("{within}.psn_no"), format!("{within}.insutype"));
        envelope::one_of(&kind, insutype, INSUTYPES)?;
        let owner = self.seen(&field, psn_no).await?;
        let person = self.wallet.desk.person(owner).await?.ok_or_else(|| nobody(&field))?;
        match self::insutype(self.wallet.party(&person)?.cover) {
            Some(own) if own == insutype => Ok((owner, person)),
            own => Err(Refused::field(kind, own.unwrap_or_default()).into()),
        }
    }

    pub(super) async fn entitlement(&self) -> Result<Value, Stop> {
        let NhsaData { data } = self.input::<NhsaData<EntitlementQuery>>()?;
        self.own("input.data.fixmedins_code", &data.fixmedins_code)?;
        envelope::one_of("input.data.insutype", &data.insutype, INSUTYPES)?;
        let begins = times::read(&data.begntime);
        let begins = begins.ok_or_else(|| Refused::field("input.data.begntime", "yyyy-MM-dd HH:mm:ss"))?;
        let owner = self.seen("input.data.psn_no", &data.psn_no).await?;
        let person = self.wallet.desk.person(owner).await?.ok_or_else(|| nobody("input.data.psn_no"))?;
        // The area says how somebody is insured now. It does not say how that was, or of waiting times.
        let today = times::day(begins) == times::day(self.now);
        let covered = insutype(self.wallet.party(&person)?.cover) == Some(data.insutype.as_str());
        let (flag, memo) = match (today, covered) {
            (false, _) => (None, "仅能核验当日的参保状态"),
            (true, true) => (Some("1"), "按当前参保状态核验；待遇等待期未登记"),
            (true, false) => (Some("0"), "当前未参加该险种"),
        };
        let entitlement = Entitlement {
            psn_no: data.psn_no,
            trt_enjymnt_flag: flag.map(str::to_owned),
            begndate: None,
            enddate: None,
            memo: memo.into(),
        };
        self.written(EntitlementFound { trtinfo: vec![entitlement] })
    }
}

pub(super) fn nobody(field: &str) -> Refused {
    Refused::new(NhsaCode::PersonUnknown, field, "")
}

/// 人员编号: what an institution calls a person. Nobody finds the person by it whom 1101 did not tell.
pub fn psn_no(owner: OwnerId) -> String {
    digits("psn_no", &[&format!("{:032x}", owner.0)])
}

pub fn insutype(cover: Insured) -> Option<&'static str> {
    match cover {
        Insured::Employee | Insured::EmployeeWithoutAccount => Some(EMPLOYEE),
        Insured::Resident => Some(RESIDENT),
        Insured::None => None,
    }
}

/// The first three and the last two letters.
fn masked(number: &str) -> String {
    let letters: Vec<char> = number.trim().chars().collect();
    let shown = |n: usize| letters.len() > 6 && (n < 3 || n + 2 >= letters.len());
    letters.iter().enumerate().map(|(n, letter)| if shown(n) { *letter } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_number_is_not_shown_whole() {
        assert_eq!(masked("000000198503010011"), "000*************11");
        assert_eq!(masked("12345"), "*****");
    }
}
