//! The national settlement interface. Its transactions are told in `docs/API.md`; here is what they all have.

use serde_json::{Value, json};

use super::operations::{Body, Operation};

pub const ALL: &[Operation] = &[Operation {
    path: "/nhsa/{infno}",
    method: "post",
    id: "nhsa",
    tag: "nhsa",
    summary: "One transaction of the national settlement interface",
    description: "Takes a signed message of an institution: 9001, 9002, 1101, 1162, 2001, 2101 to 2103, 2201 to 2208, 2301 to 2305, 2401 to 2405, 2501 to 2506, 2601, 3201 to 3205, 4101A, 6201 to 6203, 6301, 6401, 9101 and 9102. The same message again gets the same answer. The outcome of a message that is not answered by 200 is not known: send the same one again, or take it back by 2601.",
    call: None,
    request: Some(Body::NhsaRequest),
    answer: Body::NhsaAnswer,
    answered: "`infcode` 0: it was done. −1: it was not, and `err_msg` says why.",
    status: "200",
    query: &[],
    headers: &[],
    worded: true,
    tagged: false,
    refusals: &[
        ("400", "The language is not `zh` or `en`."),
        ("408", "The body did not arrive in time."),
        ("413", "Larger than 1 MiB."),
        ("415", "Not announced as uncompressed `application/json` in UTF-8."),
        ("429", "Too many messages: `Retry-After` says when the next one is taken."),
        ("503", "Nothing is taken in at the moment. Send the same message again."),
        ("504", "The outcome is not known. Send the same message again, or take it back by 2601."),
    ],
}];

pub fn example(body: Body) -> Option<Value> {
    Some(match body {
        Body::NhsaRequest => json!({
            "infno": "1101", "msgid": "H00000000001202611020900000001", "mdtrtarea_admvs": "440100",
            "insuplc_admdvs": "441800", "recer_sys_code": "ANXIN", "dev_no": "till-1", "dev_safe_info": "",
            "cainfo": "9f".repeat(64), "signtype": "SM2", "infver": "V1.0", "opter_type": "1", "opter": "op-1",
            "opter_name": "收费员", "inf_time": "2026-11-02 09:00:00", "fixmedins_code": "H00000000001",
            "fixmedins_name": "示范医院", "sign_no": "04419583920174628835",
            "input": { "data": { "mdtrt_cert_type": "02", "mdtrt_cert_no": "000000199206180055" } },
        }),
        Body::NhsaAnswer => json!({
            "infcode": 0, "inf_refmsgid": "440100000000202611020900000001", "refmsg_time": "2026-11-02 09:00:00",
            "respond_time": "2026-11-02 09:00:00", "err_msg": "", "warn_msg": "",
            "output": {
                "baseinfo": {
                    "psn_no": "58213350917746020911", "psn_cert_type": "01", "certno": "000*************55",
                    "brdy": "1992-06-18", "age": 34, "exp_time": "2026-11-03 09:00:00",
                },
                "insuinfo": [
                    { "insutype": "310", "psn_insu_stas": "1", "insuplc_admdvs": "441800", "balc": "2500.00" },
                ],
            },
        }),
        _ => return None,
    })
}
