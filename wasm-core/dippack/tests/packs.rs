//! The catalogues of this repository compile, are small, and say what they should; each lint fires.

use std::path::{Path, PathBuf};

use anxin_core::dip::{Catalogue, Grammar, Kind};
use anxin_core::pack;
use anxin_dippack::{Source, compile};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/dip")
}

fn opened(name: &str) -> Catalogue {
    let packs = anxin_dippack::all(&root()).unwrap_or_else(|lints| panic!("{lints:#?}"));
    Catalogue::open(&packs.iter().find(|(id, _)| id == &format!("dip/{name}")).unwrap().1).unwrap()
}

#[test]
fn packs_are_small_enough_to_be_fetched_by_a_phone() {
    for (id, pack) in anxin_dippack::all(&root()).unwrap() {
        let mut small = Vec::new();
        brotli::BrotliCompress(&mut &pack[..], &mut small, &brotli::enc::BrotliEncoderParams::default()).unwrap();
        println!("{id}: {} bytes, {} as Brotli", pack.len(), small.len());
        assert!(small.len() <= 80_000, "{id} is {} bytes as Brotli", small.len());
    }
}

#[test]
fn the_shown_catalogue_says_what_it_is() {
    let meizhou = opened("mz-dip2-2024");
    assert_eq!(meizhou.notice.as_ref().map(|said| said.zh.as_str()), Some("非本市，仅演示"));
    assert_eq!((meizhou.groups().count(), meizhou.grammar), (3_393, Grammar::SlashPlus));
    assert_eq!(meizhou.groups().filter(|(_, g)| g.base_level).count(), 474);
    assert!(meizhou.groups().all(|(_, g)| g.kind == Kind::Core && g.score.is_some()));
    let id = meizhou.find("C34.1:32.4100/32.4100x002_96.7101").unwrap();
    assert!(meizhou.name(id).is_some());
    let national = opened("dip3-pre-2026");
    assert_eq!((national.groups().count(), national.grammar), (19, Grammar::BarPlus));
    assert!(!national.left_out.is_empty(), "layers without data are named");
    assert_eq!(national.name(national.find("XQ-13").unwrap()), Some("有创呼吸机支持>=96小时,伴CRRT"));
}

/// Every published code is printed back as it stands there.
#[test]
fn group_codes_come_back_as_published() {
    let text = std::fs::read_to_string(root().join("mz-dip2-2024/groups.tsv")).unwrap();
    let meizhou = opened("mz-dip2-2024");
    let published: Vec<&str> = text.lines().skip(1).map(|line| line.split('\t').next().unwrap()).collect();
    let printed: Vec<&str> = meizhou.groups().map(|(_, g)| g.label.as_str()).collect();
    assert_eq!(printed, published);
}

#[test]
fn the_same_tables_give_the_same_pack() {
    let source = Source::read(&root(), "mz-dip2-2024").unwrap();
    let first = compile(&source).unwrap();
    assert_eq!(first, compile(&source).unwrap());
    assert_eq!(pack::open(&first).unwrap().header.id, "dip/mz-dip2-2024");
}

/// A pack with any bit of its content changed under a right digest opens or is refused, and never panics.
#[test]
fn a_damaged_payload_never_panics() {
    let sealed = compile(&small()).unwrap();
    let (header, payload) = {
        let pack = pack::open(&sealed).unwrap();
        (pack.header, pack.payload.to_vec())
    };
    for at in 0..payload.len() {
        for bit in 0..8 {
            let mut touched = payload.clone();
            touched[at] ^= 1 << bit;
            let _ = Catalogue::open(&pack::seal(&header, &touched).unwrap());
        }
    }
}

fn small() -> Source {
    Source {
        name: "small".into(),
        manifest: anxin_dippack::Manifest {
            id: "small".into(),
            edition: "2026-01-01".into(),
            ..anxin_dippack::Manifest::default()
        },
        groups: "group\tscore\tbase_level\nI10.x\t60\t1\nI10.x:88.5500/88.5600_00.6600\t90\t0\nE11:SS\t5\t0\n".into(),
        diagnoses: "code\tname\nE11\t糖尿病\nI10.x\t高血压\n".into(),
        pre_groups: String::new(),
    }
}

/// Breaks the small catalogue and expects exactly one complaint, given by a part of its text.
fn check(from: &str, to: &str, expected: &str) {
    let mut source = small();
    for table in [&mut source.groups, &mut source.diagnoses] {
        *table = table.replacen(from, to, 1);
    }
    let found: Vec<String> = compile(&source).err().unwrap_or_default().iter().map(ToString::to_string).collect();
    assert!(found.len() == 1 && found[0].contains(expected), "{from:?} → {to:?}: {found:#?}");
}

#[test]
fn each_lint_fires_on_the_defect_it_is_for() {
    assert!(compile(&small()).is_ok());
    check("I10.x\t60\t1", "I10.x\t6O\t1", "\"6O\" is not a number");
    check("I10.x\t60\t1", "I10.x\t0\t1", "\"0\" is not a number");
    check("I10.x\t60\t1", "I10.x\t60\t2", "\"2\" is not a number");
    check("I10.x\t60\t1", "I10.x\t60", "2 cells where the header has 3");
    check("88.5500/", "88.5500|", "'|' is not a sign of this edition");
    check("88.5500/", "88.55oo/x.1/", "not spelled like an operation code");
    check("I10.x\t60\t1", "I10.x:nan\t60\t1", "is printed as \"I10.x\"");
    check("E11:SS\t5\t0\n", "E11:SS\t5\t0\nE11:SS\t5\t0\n", "stands there twice");
    check("code\tname\n", "code\tname\nI11.9\t甲\n", "no group uses this diagnosis");
    check("I10.x\t高血压", "I10.x\t", "has no name");
    check("code\tname\n", "code\tname\ni10\t甲\n", "not spelled like a code");
    let mut headless = small();
    headless.groups = headless.groups.replacen("base_level", "base", 1);
    let found = compile(&headless).unwrap_err();
    assert!(found.iter().any(|lint| lint.to_string().contains("the header should be")), "{found:#?}");
}
