//! A scheme of two MDCs, small enough to be read at a glance.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

use anxin_core::drg::Scheme;
use anxin_drgpack::{Source, compile};

pub fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules")
}

pub fn small() -> Source {
    let manifest = r#"
id = "small"
title = "small"
edition = "2026-01-01"

[[setting]]
name = "spelling"
title = "setting"
title_zh = "设置"
default = "repair"
[[setting.choice]]
name = "repair"
reason = "kind"
reason_zh = "理由"
[[setting.choice]]
name = "exact"
reason = "strict"
reason_zh = "理由"
intake = ["spelling_exact"]

[[setting]]
name = "qy"
title = "setting"
title_zh = "设置"
default = "off"
[[setting.choice]]
name = "off"
reason = "none"
reason_zh = "理由"
[[setting.choice]]
name = "any-operation"
reason = "any"
reason_zh = "理由"
ambiguity = "any_operation"
[[setting.choice]]
name = "main-operation"
reason = "main"
reason_zh = "理由"
ambiguity = "main_operation"

[[profile]]
name = "strict"
choices = { spelling = "exact" }
"#;
    let rows = |lines: &[&str]| lines.iter().map(|line| line.replace(' ', "\t").replace('~', " ") + "\n").collect();
    Source {
        name: "small".into(),
        manifest: toml::from_str(manifest).unwrap(),
        mdc: rows(&[
            "mdc order rule qy name",
            "P 1 PDX~&~AGE_YEARS=0 0 newborns",
            "N 2 PDX~&~FEMALE 0 women",
            "B 3 PDX 1 nerves",
        ]),
        adrg: rows(&[
            "adrg mdc order type rule name",
            "BB1 B 1 外科 PDX~&~MPROC craniotomy",
            "BM1 B 2 操作 MPROC angiography",
            "BR1 B 3 内科 PDX bleeding",
            "BZ1 B 4 内科 PDX others",
            "PS1 P 1 内科 ADX~&~WEIGHT(1..1499)~&~NEWBORN small",
            "PU1 P 2 内科 PDX~&~NEWBORN newborn",
            "NR1 N 1 内科 PDX ovary",
        ]),
        drg: rows(&[
            "drg condition name",
            "BB11 MCC craniotomy,~MCC",
            "BB15 TRUE craniotomy",
            "BM19 TRUE angiography",
            "BR11 MCC bleeding,~MCC",
            "BR13 MCC~|~CC bleeding,~CC",
            "BR15 TRUE bleeding",
            "BZ19 TRUE others",
            "NR19 TRUE ovary",
            "PS19 TRUE small",
            "PU19 TRUE newborn",
        ]),
        diagnoses: rows(&[
            "code lists cc cc_table principal_table flags",
            "A18.001+M49.0*  CC 1  ",
            "C56.x00 N~NR1    ",
            "G93.100  MCC 2 2 ",
            "I10.x00     ",
            "I61.000 B~BB1~BR1 CC 1 1 ",
            "I62.000 B~BZ1   2 ",
            "I69.000 B~BZ1    not_principal",
            "P07.200 P~PS1.adx~PU1    ",
        ]),
        operations: rows(&["code valid lists", "01.2400 1 BB1", "38.9300 0 ", "88.4100 1 BM1", "96.7201 1 "]),
        outside_mdc: rows(&["adrg code"]),
    }
}

pub fn opened(choices: &[(&str, &str)]) -> Scheme {
    let pack = compile(None, &small()).unwrap_or_else(|lints| panic!("{lints:#?}"));
    Scheme::open_with(&pack, None, choices).unwrap()
}
