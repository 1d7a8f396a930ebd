//! 9001 and 9002: an operator's working day.

use serde_json::Value;
use wallet_store::Signing;
use wallet_types::NhsaCode;
use wallet_types::nhsa::{SignInInput, SignInOutput, SignOutInput, SignOutOutput, SignedIn, SignedOut};

use super::refuse::{Refused, Stop};
use super::{Asked, envelope, times};

impl Asked<'_> {
    pub(super) async fn sign_in(&self) -> Result<Value, Stop> {
        let SignInInput { sign_in } = self.input()?;
        envelope::length("input.signIn.mac", &sign_in.mac, 0, 20)?;
        envelope::length("input.signIn.ip", &sign_in.ip, 0, 20)?;
        self.same_operator("input.signIn.opter_no", &sign_in.opter_no)?;
        let signing = Signing {
            code: self.code().to_owned(),
            sign_no: self.number("sign_no"),
            opter: self.request.opter.clone(),
            day: times::day(self.now),
            at: self.now,
        };
        let sign_no = self.wallet.desk.nhsa_sign_in(&signing).await?;
        self.written(SignInOutput { signinoutb: SignedIn { sign_no, sign_time: times::written(self.now) } })
    }

    pub(super) async fn sign_out(&self) -> Result<Value, Stop> {
        let SignOutInput { sign_out } = self.input()?;
        self.same_operator("input.signOut.opter_no", &sign_out.opter_no)?;
        let (code, opter) = (self.code(), &self.request.opter);
        if !self.wallet.desk.nhsa_sign_out(code, &sign_out.sign_no, opter, self.now).await? {
            return Err(Refused::new(NhsaCode::NotSignedIn, "input.signOut.sign_no", "").into());
        }
        self.written(SignOutOutput { signoutoutb: SignedOut { sign_time: times::written(self.now) } })
    }

    fn same_operator(&self, field: &str, opter: &str) -> Result<(), Refused> {
        if opter == self.request.opter { Ok(()) } else { Err(Refused::field(field, &*self.request.opter)) }
    }
}
