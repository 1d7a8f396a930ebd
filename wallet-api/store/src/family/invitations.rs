use wallet_ledger::{Micros, OwnerId};

use super::relations::Consent;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::notices::{Notice, NoticeKind};
use crate::rows::id;
use crate::sql::{Arg, Row};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationState {
    Waiting,
    Accepted,
    Withdrawn,
}

impl InvitationState {
    const ALL: [InvitationState; 3] = [InvitationState::Waiting, InvitationState::Accepted, InvitationState::Withdrawn];

    pub(super) fn number(self) -> i64 {
        match self {
            InvitationState::Waiting => 0,
            InvitationState::Accepted => 1,
            InvitationState::Withdrawn => 2,
        }
    }
}

/// One person asks another to be related, and nobody else can say yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: u128,
    /// The digest of the code.
    pub code: [u8; 32],
    pub inviter: OwnerId,
    /// The keyed digest of the identity number of whom it is for.
    pub invitee: [u8; 32],
    /// The name of the key that it was made by last.
    pub lookup_key: String,
    pub kind: String,
    pub kin: String,
    pub made_at: Micros,
    /// The first instant at which it cannot be accepted any more.
    pub until: Micros,
    pub state: InvitationState,
}

const BY_ID: &str = "SELECT id, code, inviter, invitee, kind, kin, made_at, until, state, lookup_key
    FROM invitation WHERE shard = $1 AND id = $2";
const BY_CODE: &str = "SELECT id, code, inviter, invitee, kind, kin, made_at, until, state, lookup_key
    FROM invitation WHERE shard = $1 AND code = $2 AND invitee = $3";
const BY_INVITER: &str = "SELECT id, code, inviter, invitee, kind, kin, made_at, until, state, lookup_key
    FROM invitation WHERE shard = $1 AND inviter = $2 ORDER BY made_at DESC, id LIMIT 200";
const BY_INVITEE: &str = "SELECT id, code, inviter, invitee, kind, kin, made_at, until, state, lookup_key
    FROM invitation WHERE shard = $1 AND invitee = $2 ORDER BY made_at DESC, id LIMIT 200";
/// How many are shown of what somebody made or what is for them.
const SHOWN: usize = 200;

impl Desk {
    /// Keeps an invitation with the inviter's consent; the same id again changes nothing. `lookups` are the digests of
    /// whom it is for, under every key that counts.
    pub async fn invite(
        &self,
        invitation: &Invitation,
        lookups: &[[u8; 32]],
        consent: &Consent,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO invitation
            (shard, id, code, inviter, invitee, kind, kin, made_at, until, state, lookup_key)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING";
        let args = vec![
            self.here(),
            Arg::Bytes(id(invitation.id)),
            Arg::Bytes(invitation.code.to_vec()),
            Arg::Bytes(id(invitation.inviter.0)),
            Arg::Bytes(invitation.invitee.to_vec()),
            Arg::Text(invitation.kind.clone()),
            Arg::Text(invitation.kin.clone()),
            Arg::Number(invitation.made_at.0),
            Arg::Number(invitation.until.0),
            Arg::Number(invitation.state.number()),
            Arg::Text(invitation.lookup_key.clone()),
        ];
        let invitee = self.person_with(lookups).await?;
        let mut open = self.pools.change().await?;
        let new = open.run(SQL, args).await? == 1;
        self.keep_consent(&mut open, consent).await?;
        if let Some(owner) = invitee.filter(|_| new) {
            let (kind, at, relation) = (NoticeKind::Invited, invitation.made_at, invitation.id);
            self.tell_in(&mut open, &Notice { owner, kind, at, relation, amount: None, institution: None }).await?;
        }
        open.commit().await
    }

    pub async fn invitation(&self, invitation: u128) -> Result<Option<Invitation>, StoreError> {
        let rows = self.pools.rows(BY_ID, vec![self.here(), Arg::Bytes(id(invitation))]).await?;
        rows.first().map(read).transpose()
    }

    /// The invitation with a code, if it is for this person, whose digests are tried in the order of the keys.
    pub async fn invitation_for(&self, code: [u8; 32], lookups: &[[u8; 32]]) -> Result<Option<Invitation>, StoreError> {
        for lookup in lookups {
            let args = vec![self.here(), Arg::Bytes(code.to_vec()), Arg::Bytes(lookup.to_vec())];
            if let Some(row) = self.pools.rows(BY_CODE, args).await?.first() {
                return read(row).map(Some);
            }
        }
        Ok(None)
    }

    /// Invitations that somebody made or that are for them, the latest first.
    pub async fn invitations(&self, owner: OwnerId, lookups: &[[u8; 32]]) -> Result<Vec<Invitation>, StoreError> {
        let mut rows = self.pools.rows(BY_INVITER, vec![self.here(), Arg::Bytes(id(owner.0))]).await?;
        for lookup in lookups {
            rows.extend(self.pools.rows(BY_INVITEE, vec![self.here(), Arg::Bytes(lookup.to_vec())]).await?);
        }
        let mut all = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        all.sort_by_key(|invitation| (std::cmp::Reverse(invitation.made_at), invitation.id));
        // One that went on to the next key between two of the questions is there twice.
        all.dedup_by_key(|invitation| invitation.id);
        all.truncate(SHOWN);
        Ok(all)
    }

    /// Takes an invitation back that nobody accepted. Says whether it is taken back now.
    pub async fn withdraw(&self, invitation: u128, inviter: OwnerId) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE invitation SET state = 2 WHERE shard = $1 AND id = $2 AND inviter = $3 AND state = 0";
        let args = vec![self.here(), Arg::Bytes(id(invitation)), Arg::Bytes(id(inviter.0))];
        self.once(SQL, args).await?;
        Ok(self.invitation(invitation).await?.is_some_and(|i| i.state == InvitationState::Withdrawn))
    }
}

fn read(row: &Row) -> Result<Invitation, StoreError> {
    let damaged = || StoreError::Damaged("invitation".into());
    let number = row.number(8)?;
    let state = InvitationState::ALL.into_iter().find(|state| state.number() == number).ok_or_else(damaged)?;
    Ok(Invitation {
        id: row.id(0)?,
        code: row.bytes(1)?.try_into().map_err(|_| damaged())?,
        inviter: OwnerId(row.id(2)?),
        invitee: row.bytes(3)?.try_into().map_err(|_| damaged())?,
        kind: row.text(4)?,
        kin: row.text(5)?,
        made_at: Micros(row.number(6)?),
        until: Micros(row.number(7)?),
        state,
        lookup_key: row.text(9)?,
    })
}
