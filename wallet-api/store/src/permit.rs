//! Who may read and ask for what. Batches look at it in the transaction that they book in; where it is looked at before,
//! it still holds then, for an account's owner never changes.

use std::collections::BTreeSet;

use wallet_ledger::{Account, AccountId, AccountKind, Command, Hold, OwnerId, Purpose, Transfer};

/// On whose behalf the books are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    Resident(OwnerId),
    /// A hospital or pharmacy, by whoever works there.
    Institution(OwnerId),
    /// The insurance area, by its operators.
    Area,
    /// Sees what the area sees and changes nothing.
    Auditor,
}

/// Why the books were not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// What was named is not there for this actor.
    NotTheirs,
    /// Whoever it is, this is not theirs to ask.
    NotAllowed,
    /// Nobody asks in the name of somebody who died.
    Died,
}

impl Actor {
    /// Whose accounts the actor sees; `None` for all.
    pub fn sees(self) -> Option<OwnerId> {
        match self {
            Actor::Resident(owner) | Actor::Institution(owner) => Some(owner),
            Actor::Area | Actor::Auditor => None,
        }
    }

    /// Whether the actor is one side of something that an institution did, or looks after all of them.
    pub(crate) fn is_side(self, institution: OwnerId, patient: Option<OwnerId>) -> bool {
        match self {
            Actor::Resident(owner) => patient == Some(owner),
            Actor::Institution(owner) => institution == owner,
            Actor::Area | Actor::Auditor => true,
        }
    }

    pub fn sees_account(self, account: &Account) -> bool {
        self.sees().is_none_or(|owner| account.owner == owner)
    }
}

/// What a resident may move their own money for, at once or by a hold. To a relative's wallet it goes another way:
/// the relative has to accept it.
const OWN: &[Purpose] = &[
    Purpose::TopUp,
    Purpose::WalletReturn,
    Purpose::QuotaSet,
    Purpose::QuotaReturn,
    Purpose::Settle,
    Purpose::PayPremium,
];

/// What an area's operator books alone: never out of a person's account, and to an institution only by a batch or a
/// 预付金 that two looked at.
const AREA: &[Purpose] = &[
    Purpose::Credit,
    Purpose::PayOut,
    Purpose::Deposit,
    Purpose::DepositReturn,
    Purpose::FundIn,
    Purpose::Late,
    Purpose::Resolve,
];

/// What a decision about rights needs to know of the books.
#[derive(Debug, Default)]
pub struct Known<'k> {
    /// Those that [`looked_at`] names, and no others.
    pub accounts: Vec<&'k Account>,
    pub hold: Option<&'k Hold>,
    pub transfer: Option<&'k Transfer>,
}

/// Accounts that a decision about rights looks at.
pub fn looked_at(command: &Command, hold: Option<&Hold>, transfer: Option<&Transfer>) -> BTreeSet<AccountId> {
    match command {
        Command::Transfer { legs, .. } | Command::Hold { legs, .. } => legs.iter().map(|leg| leg.from).collect(),
        Command::Post { .. } | Command::Void { .. } => hold.iter().flat_map(|h| &h.legs).map(|leg| leg.to).collect(),
        Command::Refund { .. } => transfer.iter().flat_map(|t| &t.legs).map(|leg| leg.to).collect(),
        _ => BTreeSet::new(),
    }
}

/// Whether an actor may ask for a command at all. What the books say to it is another matter.
pub fn permit(actor: Actor, command: &Command, known: &Known<'_>) -> Result<(), Denied> {
    match (actor, command) {
        (Actor::Resident(owner), Command::Transfer { purpose, legs, .. } | Command::Hold { purpose, legs, .. }) => {
            if !OWN.contains(purpose) {
                return Err(Denied::NotAllowed);
            }
            own_all(owner, legs.iter().map(|leg| leg.from).collect(), &known.accounts)?;
            // What is set aside for a relative is the sharer's to take back, and not to spend.
            let set_aside = known.accounts.iter().any(|a| a.kind == AccountKind::Quota);
            if set_aside && *purpose != Purpose::QuotaReturn { Err(Denied::NotAllowed) } else { Ok(()) }
        }
        (Actor::Institution(owner), Command::Post { .. } | Command::Void { .. }) => {
            let hold = known.hold.ok_or(Denied::NotTheirs)?;
            own_all(owner, hold.legs.iter().map(|leg| leg.to).collect(), &known.accounts)
        }
        (Actor::Institution(owner), Command::Refund { .. }) => {
            let paid = known.transfer.ok_or(Denied::NotTheirs)?;
            own_all(owner, paid.legs.iter().map(|leg| leg.to).collect(), &known.accounts)
        }
        (Actor::Area, Command::Transfer { purpose, .. }) if AREA.contains(purpose) => {
            let to_institution =
                known.accounts.iter().any(|a| matches!(a.kind, AccountKind::Institution | AccountKind::Advance));
            if *purpose == Purpose::PayOut && to_institution { Err(Denied::NotAllowed) } else { Ok(()) }
        }
        (Actor::Area, Command::Open(_) | Command::Close { .. } | Command::Void { .. } | Command::Correct { .. }) => {
            Ok(())
        }
        _ => Err(Denied::NotAllowed),
    }
}

fn own_all(owner: OwnerId, named: BTreeSet<AccountId>, accounts: &[&Account]) -> Result<(), Denied> {
    let own = |id: &AccountId| accounts.iter().any(|a| a.id == *id && a.owner == owner);
    if named.iter().all(own) { Ok(()) } else { Err(Denied::NotTheirs) }
}
