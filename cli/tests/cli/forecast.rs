use serde_json::Value;
use tempfile::TempDir;

use crate::common::{done, refused};

#[test]
fn the_example_is_forecast_with_every_figure_and_its_source() {
    let example = done(&["forecast", "--example"], "");
    let told = done(&["forecast", "-"], &example);
    for text in [
        "本结果为测算，不是拨付，也不是清算",
        "（20000 × 5.5 元 − 42,000.00 元）× 0.9 − 500.00 元 = 60,700.00 元",
        "240000 × 5.5 元 × 0.6 × 0.98 − 0.00 元 = 776,160.00 元",
        "本院结算系统，2026-10-31",
        "假设，本院按前十个月推算",
        "没有填写，假设为 0.00 元",
        "点值不是结算点值",
    ] {
        assert!(told.contains(text), "{text}: {told}");
    }
    let json: Value = serde_json::from_str(&done(&["forecast", "-", "--format", "json"], &example)).unwrap();
    let year = json["forecast_dip"]["year"].as_array().unwrap();
    let fen = |id: &str| year.iter().find(|line| line["id"] == id).unwrap()["fen"].as_i64();
    // 776,160 − 750,000 = 26,160, below a twentieth of 750,000: all of it is kept.
    assert_eq!(
        (fen("difference"), fen("settled"), fen("balance")),
        (Some(2_616_000), Some(77_616_000), Some(17_616_000))
    );
    assert!(done(&["forecast", "--schema"], "").contains("prepay_ratio"));
}

#[test]
fn what_cannot_be_forecast_is_refused_with_its_field() {
    let check = |from: &str, to: &str, code: &str, field: &str| {
        let case = done(&["forecast", "--example"], "").replace(from, to);
        let refusal = refused(&["forecast", "-"], &case);
        assert_eq!((refusal["code"].as_str(), refusal["field"].as_str()), (Some(code), Some(field)), "{refusal}");
    };
    check("\"0.9\"", "\"9\"", "AX1009", "month.prepay_ratio");
    check("\"5.5\"", "\"0\"", "AX1014", "point.said.yuan");
    check("4200000", "-1", "AX1014", "month.patient_paid.value");
    check("\"share\": \"0.5\"", "\"share\": \"1.5\"", "AX1009", "year.sharing.value.surplus");
    check("\"month\"", "\"week\"", "AX1001", "week");
}

/// From stays to a year: the table that a grouping wrote is what the forecast adds up.
#[test]
fn a_forecast_takes_its_scores_from_a_grouping() {
    let dir = TempDir::new().unwrap();
    let stays = dir.path().join("stays.csv");
    let out = dir.path().join("groups.csv");
    let case = dir.path().join("case.json");
    std::fs::write(&case, done(&["forecast", "--example"], "")).unwrap();
    let table = "id,dx,ops,cost,hosp_coef,point_value,auxiliary\n\
                 1,C34.118,32.4100,,1,5.5,\n2,C34.118,32.4100,,1,5.5,severe=1.2|65岁以上=1.1\n3,Q99.900,,,,,\n";
    std::fs::write(&stays, table).unwrap();
    let (stays, out, case) = (stays.to_str().unwrap(), out.to_str().unwrap(), case.to_str().unwrap());
    done(&["group", "--scheme", "mz-dip2-2024", stays, out], "");
    let groups = std::fs::read_to_string(out).unwrap();
    let lines: Vec<Vec<&str>> = groups.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!((lines[0][6], lines[0][8]), ("case_score", "auxiliary"));
    // 4,542 points, and 4,542 × 1.2
    assert_eq!((lines[1][6], lines[2][6], lines[2][8]), ("4542.0000", "5450.4000", "severe=1.2"), "{groups}");
    let told = done(&["forecast", case, "--year-scores", out], "");
    assert!(told.contains("9992.4") && told.contains("分组结果 groups.csv，共 3 例，2 例有分值"), "{told}");
    let refusal = refused(&["forecast", case, "--year-scores", stays], "");
    assert_eq!((refusal["field"].as_str(), refusal["accepted"].as_str()), (Some("--year-scores"), Some("case_score")));
}
