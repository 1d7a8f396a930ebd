//! What somebody may ask about their own data: all of it in one file, and that what need not stay is deleted.

mod visits;

use wallet_ledger::{Micros, OwnerId};
use wallet_store::{Actor, WindowAct};
use wallet_types::{
    AccountOut, DeletionAsk, DeletionOut, DocumentKind, EndedWhy, ExportOut, ExportedAccount, Id, KeptOut, KeptWhy,
    LineOut, NoticeOut, RecordKind, TransportCode, WindowActOut,
};

use crate::problem::ApiError;
use crate::wallet::{Wallet, instant};

/// Rows that are read at a time.
const PAGE: u32 = 500;

/// Gone after a deletion.
const ERASED: [RecordKind; 4] =
    [RecordKind::Nicknames, RecordKind::Notices, RecordKind::SecondFactor, RecordKind::Invitations];

impl Wallet {
    /// All that is kept of somebody, of one moment or a little later: it is read in pages.
    pub(crate) async fn export(&self, owner: OwnerId) -> Result<ExportOut, ApiError> {
        let person = self.desk.person(owner).await?;
        let cover = if person.is_some() { Some(self.own_cover(owner).await?) } else { None };
        let mut accounts = Vec::new();
        for account in self.every_account(owner).await? {
            let lines = self.every_line(owner, account.id).await?;
            accounts.push(ExportedAccount { account, lines });
        }
        let invitations = match person.is_some() {
            true => self.invitations(owner).await?,
            false => wallet_types::Invitations { invitations: Vec::new() },
        };
        Ok(ExportOut {
            person: Id(owner.0),
            made_at: instant(self.now()),
            cover,
            born: person.and_then(|person| person.born),
            second_factor: self.second_factor(owner).await?.confirmed,
            accounts,
            relations: self.relations(owner).await?,
            invitations,
            transfers: self.gifts(owner).await?,
            orders: self.orders_out(self.orders_since(owner, Micros(i64::MIN)).await?, Actor::Resident(owner)).await?,
            notices: self.every_notice(owner).await?,
            window_acts: self.every_act(owner).await?,
            visits: self.every_visit(owner).await?,
            filings: self.every_filing(owner).await?,
            prescriptions: self.every_rx(owner).await?,
            authenticator_resets: self.own_resets(owner).await?,
        })
    }

    async fn every_account(&self, owner: OwnerId) -> Result<Vec<AccountOut>, ApiError> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = self.accounts(Actor::Resident(owner), after, PAGE).await?;
            all.extend(page.accounts);
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(all),
            }
        }
    }

    async fn every_line(&self, owner: OwnerId, account: Id) -> Result<Vec<LineOut>, ApiError> {
        let (mut all, mut before) = (Vec::new(), u64::MAX);
        loop {
            let page = self.statement(Actor::Resident(owner), account, before, PAGE).await?;
            all.extend(page.lines);
            match page.next {
                Some(next) => before = next,
                None => return Ok(all),
            }
        }
    }

    async fn every_notice(&self, owner: OwnerId) -> Result<Vec<NoticeOut>, ApiError> {
        let (mut all, mut before) = (Vec::new(), i64::MAX);
        loop {
            let page = self.notices(owner, before, PAGE).await?;
            all.extend(page.notices);
            match page.next {
                Some(next) => before = next,
                None => return Ok(all),
            }
        }
    }

    async fn every_act(&self, owner: OwnerId) -> Result<Vec<WindowActOut>, ApiError> {
        let damaged = || ApiError::Transport(TransportCode::Internal);
        let out = |act: WindowAct| {
            Ok(WindowActOut {
                relation: Id(act.relation),
                document: DocumentKind::of_word(&act.document).ok_or_else(damaged)?,
                paper: act.paper,
                guardian: act.guardian.is_some(),
                at: instant(act.at),
            })
        };
        self.desk.window_acts(owner).await?.into_iter().map(out).collect()
    }

    /// Ends relations and deletes what nothing obliges anybody to keep. Once more changes nothing.
    pub(crate) async fn erase(
        &self,
        owner: OwnerId,
        ask: &DeletionAsk,
        code: Option<&str>,
    ) -> Result<DeletionOut, ApiError> {
        if !ask.consent {
            return Err(ApiError::Transport(TransportCode::ConsentMissing));
        }
        self.second_factor_to_erase(owner, code).await?;
        for relation in self.desk.relations(owner).await?.into_iter().filter(|r| r.ended_at.is_none()) {
            self.dissolve(&relation, Some(owner.0), EndedWhy::Asked).await?;
        }
        self.desk.erase(owner).await?;
        let years = Some(self.keep_years);
        let mut kept = vec![
            KeptOut { what: RecordKind::Books, why: KeptWhy::Accounting, years: None },
            KeptOut { what: RecordKind::Visits, why: KeptWhy::Accounting, years: None },
            KeptOut { what: RecordKind::Consents, why: KeptWhy::Proof, years },
        ];
        if self.desk.person(owner).await?.is_some() {
            kept.push(KeptOut { what: RecordKind::Cover, why: KeptWhy::Insured, years: None });
        }
        Ok(DeletionOut { erased: ERASED.to_vec(), kept })
    }
}
