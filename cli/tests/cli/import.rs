use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::common::{anxin, done, refused, rules};

/// Runs a command in a folder: its exit code, standard output and standard error.
fn run(dir: &Path, args: &[&str], stdin: &str) -> (i32, String, String) {
    let output = anxin(args).current_dir(dir).write_stdin(stdin).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const CATALOGUE: &str = "\
病种编码,病种名称,分值,均费
K61.0:49.0400,肛门脓肿,726,7260
K61.0,肛门脓肿,300,3000
K61.0,重复,1,1
I10.x:88.5500,高血压,约60,
I11.9:00.6600X008,高血压性心脏病,80,800
A99.9,没有,1,10
";

#[test]
fn a_catalogue_becomes_a_pack_that_groups_at_once() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("某市2025.csv"), CATALOGUE).unwrap();
    let import = ["pack", "import", "dip", "某市2025.csv", "-o", "my.anxpack", "--edition", "2025-01-01"];
    let (code, told, stderr) = run(dir.path(), &import, "");
    assert_eq!((code, stderr.as_str()), (3, "anxin: 2 of 6 rows were not taken; the report says why\n"));
    for line in [
        "- A 病种编码 → group 病种（病组）编码",
        "- D 均费 → mean_cost 次均费用",
        "- 第 4 行，病种（病组）编码“K61.0”：编码与前面的行重复。",
        "- 第 5 行，病种分值“约60”：不是正数。",
        "- 第 7 行，A99.9：A99.9 不在医保版编码库内。",
        "- 共 6 行，读取 4 行，未读取 2 行，其中编码重复 1 行。",
        "规则包 dip/2025 已写入 my.anxpack（2025-01-01，",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(told.contains("00.6600x008 是国家临床版编码，已映射为医保版 00.6601。"), "{told}");
    let table = "id,dx,ops\n1,K61.000,49.0400\n2,K61.000,\n";
    let (code, out, _) = run(dir.path(), &["group", "--pack", "my.anxpack", "--scheme", "2025", "-"], table);
    let groups: Vec<&str> = out.lines().skip(1).map(|line| line.split('\t').nth(2).unwrap()).collect();
    assert_eq!((code, groups), (0, vec!["K61.0:49.0400", "K61.0"]));
    let (code, seen, _) = run(dir.path(), &["pack", "verify", "my.anxpack"], "");
    assert!(code == 0 && seen.starts_with("ok  dip/2025  "), "{seen}");
}

#[test]
fn the_report_is_data_too_and_columns_can_be_named() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("a.csv"), CATALOGUE).unwrap();
    let import = ["pack", "import", "dip", "a.csv", "--format", "json", "--map", "D=", "--map", "病种名称=group_name"];
    let (code, told, _) = run(dir.path(), &import, "");
    let report: Value = serde_json::from_str(&told).unwrap();
    let columns = &report["guess"]["tables"][0]["columns"];
    assert_eq!((code, &columns["mean_cost"], &columns["group_name"]), (3, &Value::Null, &1.into()), "{told}");
    let problem = &report["problems"][0];
    assert_eq!(
        (&problem["row"], &problem["field"], &problem["reason"]),
        (&4.into(), &"group".into(), &serde_json::json!({ "group": "repeated" }))
    );
    assert_eq!(problem["message"], "第 4 行，病种（病组）编码“K61.0”：编码与前面的行重复。");
    assert_eq!(
        (&report["quality"]["rows"], &report["pack"]["id"], &report["pack"]["file"]),
        (&6.into(), &"dip/a".into(), &Value::Null)
    );
    assert!(fs::read_dir(dir.path()).unwrap().count() == 1, "nothing is written unless somebody says where to");
}

/// The shipped catalogue as a table, imported under the shipped one's id: it goes in its place.
#[test]
fn an_imported_pack_goes_before_a_built_in_one() {
    let dir = TempDir::new().unwrap();
    let groups = rules().join("dip/mz-dip2-2024/groups.tsv");
    let import = ["pack", "import", "dip", groups.to_str().unwrap(), "-o", "mz.anxpack", "--id", "mz-dip2-2024"];
    let (code, told, _) = run(dir.path(), &[&import[..], &["--title", "甲市病种目录"]].concat(), "");
    assert!(code == 0 && told.contains("- 共 3393 行，读取 3393 行，未读取 0 行"), "{code} {told}");
    let (_, listed, _) = run(dir.path(), &["group", "--schemes", "--pack", "mz.anxpack"], "");
    assert_eq!(
        listed.lines().filter(|l| l.starts_with("mz-dip2-2024  ")).collect::<Vec<_>>(),
        ["mz-dip2-2024  甲市病种目录"]
    );
}

#[test]
fn weights_become_a_pack_beside_those_that_are_there() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("w.csv"), "DRG编码,DRG名称,权重\nBR25,脑缺血,0.9\nBR21,脑缺血,1.2\nZZ,坏,1\n").unwrap();
    let import = ["pack", "import", "drg", "w.csv", "-o", "w.anxpack", "--id", "city-2025", "--title", "某市 2025 年"];
    let import = [&import[..], &["--price", "10000", "--scheme", "chs-drg-1.1"]].concat();
    let (code, told, _) = run(dir.path(), &import, "");
    assert!(code == 3 && told.contains("- 第 4 行，病种（病组）编码“ZZ”：没有编码。"), "{told}");
    assert!(told.contains("适用的分组方案：chs-drg-1.1。"), "{told}");
    let group = |region: &str, price: &str, scheme: &str| {
        let weights = ["group", "--pack", "w.anxpack", "--region", region, "--price", price];
        let args = [&weights[..], &["--scheme", scheme, "-"]].concat();
        let (code, out, stderr) = run(dir.path(), &args, "id,gender,age,dx\n1,2,61,I63.900\n");
        match code {
            0 => out.lines().nth(1).unwrap().split('\t').nth(6).unwrap().to_owned(),
            _ => stderr,
        }
    };
    assert_eq!(group("city-2025", "费率", "chs-drg-1.1"), "9000.00");
    assert_eq!(group("guangxi-2022", "例均费用（玉林）", "guangxi-2022"), "6755.75");
    for (region, price, own) in
        [("city-2025", "费率", "chs-drg-1.1"), ("guangxi-2022", "例均费用（玉林）", "guangxi-2022")]
    {
        let refusal: Value = serde_json::from_str(&group(region, price, "chs-drg-2.0")).unwrap();
        assert_eq!(
            (&refusal["code"], &refusal["field"], &refusal["accepted"]),
            (&"AX1024".into(), &"scheme".into(), &own.into())
        );
    }
}

/// A bureau's sheet as it is sent: a title, stray blanks, small letters, thousands separators, groups of its own.
const BUREAU: &str = "\
某市2025年DRG病组权重表,,,,,,
序号,DRG编码,DRG名称,权重,等级系数（三级）,等级系数（二级）,病组类型
1,br2a ,脑缺血性疾患，年龄≤60岁,0.95,1.05,0.9,普通病组
2,BR21,脑缺血性疾患，伴严重并发症或合并症,1.5,1.05,0.9,普通病组
3, BR25,脑缺血性疾患，不伴并发症或合并症,0.8,1.05,0.85,普通病组
序号,DRG编码,DRG名称,权重,等级系数（三级）,等级系数（二级）,病组类型
4,TR19,精神分裂症,0.04,1.05,0.9,床日病组
5,BT1A,病毒性脑膜炎，多学科诊疗,1.1,1.05,0.9,普通病组
6,BQ19,合计,约3,1.05,0.9,
";

#[test]
fn a_bureaus_own_groups_group_and_pay() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("b.csv"), BUREAU).unwrap();
    let import = ["pack", "import", "drg", "b.csv", "-o", "w.anxpack", "--groups", "g.anxpack", "--id", "city-2025"];
    let import = [&import[..], &["--title", "某市 2025 年", "--price", "10000", "--scheme", "chs-drg-1.1"]].concat();
    let (code, told, stderr) = run(dir.path(), &import, "");
    assert_eq!((code, stderr.as_str()), (3, "anxin: 1 of 6 rows were not taken; the report says why\n"), "{told}");
    for line in [
        "- E 等级系数（三级） → coefficient 等级系数",
        "- 第 9 行，权重（点数）“约3”：不是正数。",
        "- 第 8 行，BT1A：入组条件“BT1A”未能识别，BT1 仍按基础方案分组。",
        "适用的分组方案：city-2025。",
        "1 个 ADRG 采用本地细分组，其余沿用基础方案。",
        "规则包 drg/city-2025 已写入 g.anxpack（",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    let table = "id,gender,age,dx,los,cost\n\
                 young,2,60,I63.900,9,5000\nmajor,2,61,I63.900|J96.000,9,\nplain,2,61,I63.900,9,\n\
                 days,1,40,F20.900,30,\nundated,1,40,F20.900,,\nother,1,50,K35.900,3,\n";
    let group = |more: &[&str]| {
        let group = ["group", "--pack", "w.anxpack", "--pack", "g.anxpack", "--scheme", "city-2025"];
        let pay = ["--region", "city-2025", "--price", "费率", "-"];
        let (code, out, stderr) = run(dir.path(), &[&group[..], more, &pay].concat(), table);
        assert_eq!(code, 0, "{stderr}");
        let cell = |line: &str, at: usize| line.split('\t').nth(at).unwrap_or_default().to_owned();
        out.lines().skip(1).map(|l| format!("{} {}", cell(l, 4), cell(l, 6))).collect::<Vec<_>>()
    };
    let third = group(&["--level", "三级"]);
    assert_eq!(third[..5], ["BR2A 9975.00", "BR21 15750.00", "BR25 8400.00", "TR19 12600.00", "TR19 "]);
    assert!(third[5].trim_end().len() == 4 && third[5].starts_with('G'), "{}", third[5]);
    assert_eq!(group(&["--level", "二级"])[2], "BR25 6800.00");
    assert_eq!(group(&["--coefficient", "1"])[2], "BR25 8000.00");
    assert_eq!(group(&[])[2], "BR25 ", "without a level nothing is guessed");
    let record = r#"{"gend":"2","age":50,"diagnoses":[{"diag_code":"I63.900"}]}"#;
    let args = ["group", "--pack", "w.anxpack", "--pack", "g.anxpack", "--scheme", "city-2025", "--record", "-"];
    let (code, told, _) = run(dir.path(), &args, record);
    assert!(code == 0 && told.contains("脑缺血性疾患，年龄≤60岁"), "{told}");
}

#[test]
fn what_cannot_be_imported_is_refused() {
    let dir = TempDir::new().unwrap();
    let check = |text: &[u8], args: &[&str], field: &str, accepted: &str| {
        let file = dir.path().join("t.csv");
        fs::write(&file, text).unwrap();
        let refusal = refused(&[&["pack", "import"], &args[..1], &[file.to_str().unwrap()], &args[1..]].concat(), "");
        assert_eq!(refusal["field"], field, "{refusal}");
        assert!(refusal["accepted"].as_str().unwrap().contains(accepted), "{refusal}");
    };
    check(b"a,b\n1,2\n", &["dip"], "FILE", "病种编码");
    check("病种编码,分值\n???,1\n".as_bytes(), &["dip"], "FILE", "第 2 行");
    check("DRG编码,权重\nZZ,1\n".as_bytes(), &["drg"], "FILE", "第 2 行");
    check(b"\0\0", &["dip"], "FILE", "neither a workbook nor a text table");
    check(b"<html><table>", &["dip"], "FILE", "a web page");
    check(CATALOGUE.as_bytes(), &["dip", "--map", "费用=score"], "--map", "病种编码, 病种名称");
    check(CATALOGUE.as_bytes(), &["dip", "--sheet", "2"], "--sheet", "");
    check(CATALOGUE.as_bytes(), &["dip", "--set", "mood=any"], "settings.mood", "main_operation");
    let usage = anxin(&["pack", "import", "dip", "t.csv", "--map", "A=mood"]).assert().code(2);
    assert!(String::from_utf8_lossy(&usage.get_output().stderr).contains("mean_cost"));
    assert!(done(&["pack", "import", "--help"], "").contains("dip"));
}
