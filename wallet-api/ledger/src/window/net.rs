//! What remains to be paid of a window once claims are set against each other.

use std::collections::BTreeMap;

use anxin_core::Fen;

use crate::account::Fund;
use crate::pooling::CellId;
use crate::window::Window;

/// One cell pays another this much, and then neither owes the other anything of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Net {
    pub debtor: CellId,
    pub creditor: CellId,
    pub amount: Fen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetError {
    /// Two cells do not say the same of each other.
    Differs(CellId, CellId),
    /// What is paid in is not what is paid out.
    NotZero,
    Overflow,
}

/// What each pair of cells has to pay, by the windows of all of them. Neither side is believed alone.
pub fn pairs(windows: &BTreeMap<CellId, Window>, fund: Fund) -> Result<Vec<Net>, NetError> {
    let mut nets = Vec::new();
    for (here, window) in windows {
        for (peer, of) in window.peers() {
            if of != fund {
                continue;
            }
            let owed = window.net(peer, fund).ok_or(NetError::Overflow)?;
            let theirs = windows.get(&peer).map_or(Some(Fen::ZERO), |window| window.net(*here, fund));
            let mirrored = Fen::ZERO.checked_sub(theirs.ok_or(NetError::Overflow)?).ok_or(NetError::Overflow)?;
            if owed != mirrored {
                return Err(NetError::Differs(*here.min(&peer), *here.max(&peer)));
            }
            if owed > Fen::ZERO {
                nets.push(Net { debtor: *here, creditor: peer, amount: owed });
            }
        }
    }
    Ok(nets)
}

/// What each cell pays in, or below zero is paid, where all settle with one clearing house. The sum is zero.
pub fn multilateral(nets: &[Net]) -> Result<BTreeMap<CellId, Fen>, NetError> {
    let mut positions: BTreeMap<CellId, Fen> = BTreeMap::new();
    for net in nets {
        let debtor = positions.entry(net.debtor).or_default();
        *debtor = debtor.checked_add(net.amount).ok_or(NetError::Overflow)?;
        let creditor = positions.entry(net.creditor).or_default();
        *creditor = creditor.checked_sub(net.amount).ok_or(NetError::Overflow)?;
    }
    let sum = positions.values().map(|position| i128::from(position.get())).sum::<i128>();
    if sum == 0 { Ok(positions) } else { Err(NetError::NotZero) }
}
