use serde_json::Value;

use crate::common::{done, refused};

const CASE: &str = wallet_api::openapi::EXAMPLE_FAMILY;

#[test]
fn json_is_the_answer_of_the_core_and_a_table_is_for_people() {
    let answer: Value = serde_json::from_str(&done(&["family", "-"], CASE)).unwrap();
    assert_eq!((&answer["family"]["verdict"], &answer["family"]["model"]), (&"yes".into(), &"quota".into()));
    let table = done(&["family", "--format", "table", "-"], CASE);
    for line in
        ["✓ 是规定的近亲属。 [gbf-2021-14]", "共济额度：钱留在自己的个人账户里", "· 共济人自己不能再用这 ¥2,000.00"]
    {
        assert!(table.contains(line), "{line}\n{table}");
    }
}

#[test]
fn a_refusal_names_the_field() {
    let refusal = refused(&["family", "-"], &CASE.replace("\"450800\"", "\"45080\""));
    assert_eq!((&refusal["code"], &refusal["field"]), (&"AX1001".into(), &"ask.share.pair.recipient.area".into()));
    let refusal = refused(&["family", "-"], &CASE.replace("200000", "0"));
    assert_eq!((&refusal["code"], &refusal["field"]), (&"AX1014".into(), &"ask.share.amount_fen".into()));
}

#[test]
fn the_schema_describes_a_question() {
    let schema: Value = serde_json::from_str(&done(&["family", "--schema"], "")).unwrap();
    assert_eq!((&schema["title"], &schema["additionalProperties"]), (&"FamilyCase".into(), &false.into()));
}
