//! What a bill would come to, over HTTP, for patients with whom more and more relatives share or once did: what is drawn
//! in which order is worked out anew each time.

use std::sync::Arc;

use anyhow::{Result, ensure};
use wallet_ledger::{AccountId, AccountKind, Command, Fund, Limits, Micros, OpenAccount, Outcome, OwnerId};
use wallet_store::{
    Answer, Clock, Consent, Desk, Invitation, InvitationState, PostgresStore, Relation, Vault, Writer, own,
};

use super::{LOOKS, middle, told};
use crate::Figure;
use crate::pay::{Town, insure};
use crate::wallet::http::{self, AREA, owner, personal};
use crate::wallet::postgres::{Database, Server};

/// Of each patient, by number.
const RELATIONS: [(u64, &str); 4] = [
    (1, "presettle_relations_1"),
    (10, "presettle_relations_10"),
    (100, "presettle_relations_100"),
    (1_000, "presettle_relations_1000"),
];
/// No more are drawn on for a payment; the others have ended.
const IN_FORCE: u64 = 32;
const IDS: u128 = 1 << 64;
const SINCE: i64 = 1_700_000_000_000_000;

pub async fn figures(postgres: &Server, most: u64) -> Result<Vec<Figure>> {
    let sizes: Vec<_> = RELATIONS.into_iter().filter(|(count, _)| *count <= most).collect();
    let patients = sizes.len() as u64;
    let relatives = sizes.last().map_or(0, |(count, _)| *count);
    let (database, folder) = (postgres.database()?, tempfile::tempdir()?);
    http::found(&database, patients + relatives).await?;
    let program = http::Server::start(&database, folder.path())?;
    let keys = std::fs::read_to_string(folder.path().join("fields"))?;
    insure(&database, &keys, patients + relatives).await?;
    for (patient, (count, _)) in (0..).zip(&sizes) {
        relate(&database, patient, (0..*count).map(|n| patients + n)).await?;
    }
    let town = Town::new(&program, patients)?;
    let mut figures = Vec::new();
    for (patient, (_, name)) in sizes.into_iter().enumerate() {
        figures.push(told(name, middle(town.presettles(patient, LOOKS).await?)));
    }
    Ok(figures)
}

/// Each of the relatives shares with a patient. The first still do.
async fn relate(database: &Database, patient: u64, relatives: impl Iterator<Item = u64>) -> Result<()> {
    let store = Arc::new(PostgresStore::open(database.options(), AREA, Limits::default(), Clock::Own).await?);
    let desk = store.desk(Arc::new(Vault::demo()));
    let mut batch = 1 << 64 | u128::from(patient) << 32;
    let writer = Writer::start(store, move || {
        batch += 1;
        batch
    });
    for (n, relative) in (0..).zip(relatives) {
        let relation = Relation {
            id: IDS * u128::from(patient + 1) + u128::from(n),
            kind: "share".into(),
            kin: "child".into(),
            giver: OwnerId(owner(relative)),
            taker: OwnerId(owner(patient)),
            since: Micros(SINCE + i64::try_from(n)?),
            ended_at: None,
            ended_by: None,
            why: None,
            priority: 0,
        };
        // As large as they are in the books: each has an account.
        let quota = OpenAccount {
            id: AccountId(relation.id),
            kind: AccountKind::Quota,
            fund: Fund::Account,
            owner: relation.giver,
            parent: Some(AccountId(personal(relative))),
        };
        let asked = own(1, 1, relation.id.to_string(), Command::Open(quota));
        let answers = writer.ask(vec![asked]).await.map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
        ensure!(answers.iter().all(|answer| Answer::outcome(answer) == Some(Outcome::Done)), "{answers:?}");
        agree(&desk, &relation).await?;
        if n >= IN_FORCE {
            desk.end_relation(&relation, None, "asked", relation.since.plus(1)).await?;
        }
    }
    Ok(())
}

async fn agree(desk: &Desk, relation: &Relation) -> Result<()> {
    let consent = |person| Consent {
        relation: relation.id,
        person,
        purpose: "sharing".into(),
        rules: String::new(),
        given_at: relation.since,
        withdrawn_at: None,
    };
    let mut code = [0; 32];
    code[..16].copy_from_slice(&relation.id.to_be_bytes());
    let invitation = Invitation {
        id: relation.id,
        code,
        inviter: relation.giver,
        invitee: code,
        lookup_key: String::new(),
        kind: relation.kind.clone(),
        kin: relation.kin.clone(),
        made_at: relation.since,
        until: Micros(i64::MAX),
        state: InvitationState::Waiting,
    };
    desk.invite(&invitation, &[], &consent(relation.giver)).await?;
    ensure!(desk.relate(relation, &[consent(relation.taker)]).await?, "nobody is related");
    Ok(())
}
