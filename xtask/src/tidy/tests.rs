use std::fs;
use std::path::Path;

use super::findings;

/// A small workspace in which everything is as it should be.
struct House(tempfile::TempDir);

impl House {
    fn new() -> House {
        let house = House(tempfile::tempdir().unwrap());
        house.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"core\", \"types\"]\n");
        house.krate("core", "anxin-core", "");
        house.krate("types", "wallet-types", "anxin-core = { path = \"../core\" }\n");
        house.write("README.md", "[the core](core/Cargo.toml#package) and [the net](https://example.org/x)\n");
        house
    }

    fn krate(&self, folder: &str, name: &str, dependencies: &str) {
        let head = format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
        self.write(&format!("{folder}/Cargo.toml"), &format!("{head}\n[dependencies]\n{dependencies}"));
        self.write(&format!("{folder}/src/lib.rs"), "");
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn findings(&self) -> Vec<String> {
        findings(self.0.path()).unwrap()
    }

    /// One finding, and no other.
    fn finds(&self, expected: &str) {
        let found = self.findings();
        assert!(found.len() == 1 && found[0].contains(expected), "expected {expected:?}, found {found:?}");
    }
}

#[test]
fn an_orderly_house_has_no_findings() {
    assert_eq!(House::new().findings(), Vec::<String>::new());
}

#[test]
fn an_arrow_from_the_core_is_found() {
    let house = House::new();
    house.krate("types", "wallet-types", "");
    house.krate("core", "anxin-core", "wallet-types = { path = \"../types\" }\n");
    house.finds("anxin-core → wallet-types");
}

#[test]
fn a_crate_without_arrows_is_found() {
    let house = House::new();
    house.krate("types", "wallet-newcomer", "");
    house.finds("wallet-newcomer: no arrows");
}

#[test]
fn an_impure_crate_is_found_behind_another() {
    let house = House::new();
    house.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"core\"]\nexclude = [\"vendor\"]\n");
    house.krate("vendor/tokio", "tokio", "");
    house.krate("vendor/between", "between", "tokio = { path = \"../tokio\" }\n");
    house.krate("core", "anxin-core", "between = { path = \"../vendor/between\" }\n");
    house.finds("anxin-core uses tokio");
}

#[test]
fn impure_crates_for_tests_alone_are_free() {
    let house = House::new();
    house.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"core\"]\nexclude = [\"vendor\"]\n");
    house.krate("vendor/rand", "rand", "");
    house.krate("core", "anxin-core", "\n[dev-dependencies]\nrand = { path = \"../vendor/rand\" }\n");
    assert_eq!(house.findings(), Vec::<String>::new());
}

#[test]
fn a_long_file_is_found() {
    let house = House::new();
    house.write("core/src/long.rs", &"\n".repeat(600));
    assert_eq!(house.findings(), Vec::<String>::new());
    house.write("core/src/long.rs", &"\n".repeat(601));
    house.finds("601 lines");
}

#[test]
fn unfinished_work_is_found() {
    for word in [concat!("to", "do!()"), concat!("// FIX", "ME later")] {
        let house = House::new();
        house.write("core/src/lib.rs", word);
        house.finds("core/src/lib.rs:1");
    }
}

#[test]
fn a_folder_of_one_machine_is_found() {
    for folder in ["ho", "ro", "wo"].iter().zip(["me", "ot", "rk"]).map(|(a, b)| format!("/{a}{b}/somebody")) {
        let house = House::new();
        house.write("core/data.toml", &format!("path = \"{folder}/x\"\n"));
        house.finds("core/data.toml:1");
        house.write("core/data.toml", &format!("url = \"https://example.org{folder}/x\"\n"));
        assert_eq!(house.findings(), Vec::<String>::new());
    }
}

#[test]
fn a_link_to_nowhere_is_found() {
    let house = House::new();
    house.write("docs/GUIDE.md", "[core](../core/Cargo.toml) [gone](../gone.md#part)\n\n```\n[no](link)\n```\n");
    house.finds("../gone.md");
    assert!(Path::new(&house.0.path().join("core/Cargo.toml")).exists());
}

#[test]
fn a_guard_without_a_test_is_found() {
    let house = House::new();
    house.write("core/src/lib.rs", "#[test]\nfn it_is_once() {}\n");
    let mutant = "[[mutant]]\nname = \"twice\"\nfile = \"core/src/lib.rs\"\nfind = \"it\"\nreplace = \"\"\n";
    house.write("tests/mutants/core.toml", &format!("{mutant}test = \"-p anxin-core it_is_once\"\nholds = \"A1\"\n"));
    let found_with = |tests: &str| {
        house.write("docs/SECURITY.md", &format!("| A1 | x | `core/src/lib.rs` | {tests} | twice | none |\n"));
        house.findings().into_iter().filter(|finding| finding.contains(": A1 names")).collect::<Vec<_>>()
    };
    assert_eq!(found_with("`it_is_once`"), Vec::<String>::new());
    assert!(found_with("")[0].ends_with("A1 names no test"));
    assert!(found_with("`it_was_once`")[0].ends_with("it_was_once, which is not there"));
}
