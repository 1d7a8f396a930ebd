use std::fs;

use serde_json::Value;

use crate::common::{anxin, compile_into, done, refused, rules};

#[test]
fn built_in_packs_are_what_the_rules_say() {
    let rules = rules();
    let told = done(&["pack", "verify", "--rules", rules.to_str().unwrap()], "");
    let of = |kind: &str| told.lines().filter(|l| l.starts_with(&format!("ok  {kind}/"))).count();
    let packs = of("benefit") + of("drg") + of("dip") + of("wallet");
    assert!(of("benefit") >= 9 && of("drg") == 6 && of("dip") == 2 && of("wallet") == 1, "{told}");
    assert!(told.ends_with(&format!("the same as the rules, {packs} of {packs} packs\n")), "{told}");
}

#[test]
fn inspecting_tells_region_rules_sources_and_dates() {
    let packs: Value = serde_json::from_str(&done(&["pack", "inspect", "--format", "json"], "")).unwrap();
    let table = done(&["pack", "inspect"], "");
    for pack in packs.as_array().unwrap() {
        assert_eq!(pack["digest"].as_str().unwrap().len(), 64);
        if pack["kind"] != "benefit" {
            assert!(table.contains(pack["id"].as_str().unwrap()));
            continue;
        }
        let rules = &pack["rules"];
        let sources = rules["sources"].as_array().unwrap();
        let cited: u64 = sources.iter().map(|s| s["rules"].as_u64().unwrap()).sum();
        assert_eq!(rules["count"].as_u64(), Some(cited), "every rule rests on one source");
        for text in [&pack["id"], &pack["digest"], &pack["edition"], &rules["region"]["name_zh"]] {
            assert!(table.contains(text.as_str().unwrap()), "{text}");
        }
    }
}

#[test]
fn a_pack_that_was_touched_does_not_verify() {
    let dir = tempfile::tempdir().unwrap();
    compile_into(dir.path());
    let file = dir.path().join("benefit-441500.anxpack");
    let (path, rules) = (file.to_str().unwrap(), rules());
    assert!(
        done(&["pack", "verify", path, "--rules", rules.to_str().unwrap()], "").starts_with("ok  benefit/441500  ")
    );

    let whole = fs::read(&file).unwrap();
    let mut touched = whole.clone();
    *touched.last_mut().unwrap() ^= 1;
    for bytes in [&touched[..], &whole[..whole.len() / 2], b"", b"not a pack"] {
        fs::write(&file, bytes).unwrap();
        for command in ["verify", "inspect"] {
            let refusal = refused(&["pack", command, path], "");
            assert_eq!((refusal["code"].as_str(), refusal["field"].as_str()), (Some("AX1015"), Some(path)));
        }
    }
}

#[test]
fn a_pack_that_is_sound_but_not_of_these_rules_is_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    compile_into(dir.path());
    let copy = tempfile::tempdir().unwrap();
    let region = rules().join("benefit");
    copy_tree(&region, &copy.path().join("benefit"));
    let page = copy.path().join("benefit/shanwei/region.toml");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("name_en = \"Shanwei\"", "name_en = \"Shan Wei\"")).unwrap();
    let arguments = ["pack", "verify", dir.path().to_str().unwrap(), "--rules", copy.path().to_str().unwrap()];
    assert!(refused(&arguments, "")["accepted"].as_str().unwrap().contains("benefit/441500 differs"));
}

fn copy_tree(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_folder_without_packs_is_said_to_be_one() {
    let dir = tempfile::tempdir().unwrap();
    let failed = anxin(&["pack", "verify", dir.path().to_str().unwrap()]).assert().code(1);
    assert!(String::from_utf8_lossy(&failed.get_output().stderr).contains(".anxpack"));
}
