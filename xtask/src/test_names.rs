//! The names that the tests have, read from the sources: what `cargo test` is told must be the name of one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;
use cargo_metadata::{MetadataCommand, Package};

/// One program of tests: of a package's own modules, or of a file or folder below `tests/`.
struct Program {
    package: String,
    /// Nothing for the package's own modules.
    target: Option<String>,
    /// Every test with the modules that it stands in.
    tests: BTreeSet<String>,
}

/// All tests of the workspace.
pub struct Tests(Vec<Program>);

/// What `cargo test` is told, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told<'a> {
    packages: Vec<&'a str>,
    targets: Vec<&'a str>,
    own: bool,
    filters: Vec<&'a str>,
}

impl Tests {
    pub fn read(root: &Path) -> Result<Tests> {
        let metadata = MetadataCommand::new().manifest_path(root.join("Cargo.toml")).no_deps().exec()?;
        let mut programs = Vec::new();
        for package in &metadata.packages {
            programs.extend(programs_of(package)?);
        }
        Ok(Tests(programs))
    }

    /// The words of `told` that name no test; `told` itself when it names none at all.
    pub fn unknown<'a>(&self, told: &'a str) -> Vec<&'a str> {
        let parts = Told::parse(told);
        let programs: Vec<&Program> = self.0.iter().filter(|program| parts.includes(program)).collect();
        if programs.iter().all(|program| program.tests.is_empty()) {
            return vec![told];
        }
        let named = |filter: &&str| programs.iter().any(|p| p.tests.iter().any(|test| test.contains(*filter)));
        parts.filters.into_iter().filter(|filter| !named(filter)).collect()
    }

    /// Whether a test of this name is among those that `told` runs.
    pub fn runs(&self, told: &str, name: &str) -> bool {
        let parts = Told::parse(told);
        let wanted = |test: &str| parts.filters.is_empty() || parts.filters.iter().any(|filter| test.contains(filter));
        let is_it = |test: &String| called(test, name) && wanted(test);
        self.0.iter().filter(|program| parts.includes(program)).any(|program| program.tests.iter().any(is_it))
    }

    /// Whether any test is called so, with as many of its modules as are needed to tell it from others.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|program| program.tests.iter().any(|test| called(test, name)))
    }
}

impl<'a> Told<'a> {
    fn parse(told: &'a str) -> Told<'a> {
        let mut parts = Told::default();
        let mut words = told.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "-p" => parts.packages.extend(words.next()),
                "--test" => parts.targets.extend(words.next()),
                "--lib" => parts.own = true,
                "--bin" => parts.own = words.next().is_some(),
                word if word.starts_with('-') => {}
                word => parts.filters.push(word),
            }
        }
        parts
    }

    fn includes(&self, program: &Program) -> bool {
        let all = !self.own && self.targets.is_empty();
        let target = match &program.target {
            None => self.own,
            Some(name) => self.targets.contains(&name.as_str()),
        };
        self.packages.contains(&program.package.as_str()) && (all || target)
    }
}

fn programs_of(package: &Package) -> Result<Vec<Program>> {
    let mut programs = Vec::new();
    for target in &package.targets {
        let beside_tests = target.is_test();
        if !beside_tests && !target.is_lib() && !target.is_bin() {
            continue;
        }
        let file = target.src_path.as_std_path();
        let mut tests = BTreeSet::new();
        let folder = file.parent().unwrap_or(Path::new(""));
        // A file of its own among others below `tests/` has no modules beside it that are its alone.
        if beside_tests && file.file_name().is_none_or(|name| name != "main.rs") {
            names(&fs::read_to_string(file)?, "", &mut tests);
        } else {
            gather(folder, "", &mut tests)?;
        }
        let target = beside_tests.then(|| target.name.clone());
        programs.push(Program { package: package.name.to_string(), target, tests });
    }
    Ok(programs)
}

fn gather(folder: &Path, module: &str, into: &mut BTreeSet<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let below =
            if matches!(stem.as_str(), "main" | "lib" | "mod") { module.to_owned() } else { join(module, &stem) };
        if path.is_dir() {
            gather(&path, &below, into)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            names(&fs::read_to_string(&path)?, &below, into);
        }
    }
    Ok(())
}

/// The tests of one file, with the modules that are written out in it. As the sources are formatted, what stands in a
/// module is indented further than the module.
fn names(source: &str, module: &str, into: &mut BTreeSet<String>) {
    let mut modules: Vec<(usize, &str)> = Vec::new();
    let (mut made, mut expected) = (Vec::new(), false);
    for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        expected |= is_test(code);
        let opens = code.strip_prefix("pub ").unwrap_or(code).strip_prefix("mod ");
        if let Some(name) = opens.and_then(|rest| rest.strip_suffix(" {")) {
            modules.retain(|(at, _)| *at < indent);
            modules.push((indent, name));
        }
        let Some(name) = function(code).filter(|_| expected) else { continue };
        expected = false;
        modules.retain(|(at, _)| *at < indent);
        let within = modules.iter().fold(module.to_owned(), |path, (_, name)| join(&path, name));
        // A macro makes a test of every rule that it is handed: the rules are told by their names.
        if name.starts_with('$') {
            made.push(within)
        } else {
            into.insert(join(&within, name));
        }
    }
    let rules = source.lines().filter_map(|line| line.trim().strip_suffix(',')?.split_once("::"));
    let rules: Vec<&str> = rules.map(|(_, rule)| rule).filter(|rule| rule.chars().all(in_a_name)).collect();
    into.extend(made.iter().flat_map(|within| rules.iter().map(move |rule| join(within, rule))));
}

/// `#[test]`, `#[tokio::test(…)]` and their like.
fn is_test(code: &str) -> bool {
    let path = code.rsplit_once("#[").and_then(|(_, attribute)| attribute.split([']', '(']).next());
    path.is_some_and(|path| path.rsplit("::").next() == Some("test"))
}

/// Whether the path of a test ends in a name.
fn called(test: &str, name: &str) -> bool {
    test.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with("::"))
}

/// The function that a line of code begins.
pub fn function(code: &str) -> Option<&str> {
    let (_, rest) = code.split_once("fn ")?;
    rest.split_once(['(', '<']).map(|(name, _)| name)
}

fn in_a_name(letter: char) -> bool {
    letter == '_' || letter.is_ascii_alphanumeric()
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

#[cfg(test)]
impl Tests {
    /// Those of one file of a package `x`, as of its own modules.
    pub fn of(source: &str) -> Tests {
        let mut tests = BTreeSet::new();
        names(source, "", &mut tests);
        Tests(vec![Program { package: "x".into(), target: None, tests }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "
#[cfg(test)]
mod tests {
    #[test]
    fn it_is_once() {}

    mod deep {
        #[tokio::test(start_paused = true)]
        async fn it_is_late() {}
    }

    fn helps() {}
}
// #[test]
#[test]
fn outside<T>() {}
";

    #[test]
    fn tests_are_found_with_their_modules() {
        let mut found = BTreeSet::new();
        names(SOURCE, "room", &mut found);
        let expected = ["room::outside", "room::tests::deep::it_is_late", "room::tests::it_is_once"];
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn tests_that_a_macro_makes_are_found() {
        let source =
            "mod on_paper {\n    $(#[tokio::test] async fn $rule() {})*\n}\ncontract!(\n    rules::it_is_once,\n);";
        let mut found = BTreeSet::new();
        names(source, "", &mut found);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["on_paper::it_is_once"]);
    }

    #[test]
    fn words_that_name_no_test_are_told() {
        let tests = Tests::of(SOURCE);
        assert_eq!(tests.unknown("-p x tests::it_is deep::"), Vec::<&str>::new());
        assert_eq!(tests.unknown("-p x --lib -- it_is_late nobody_knows"), ["nobody_knows"]);
        assert_eq!(tests.unknown("-p x --test api it_is_late"), ["-p x --test api it_is_late"]);
        assert_eq!(tests.unknown("-p y"), ["-p y"]);
        assert!(tests.has("it_is_late") && !tests.has("helps"));
        assert!(tests.runs("-p x deep::", "it_is_late") && !tests.runs("-p x deep::", "it_is_once"));
    }

    #[test]
    fn the_projects_own_tests_are_found_where_they_stand() {
        let tests = Tests::read(&crate::root()).unwrap();
        for told in [
            "-p xtask --bin xtask tidy::tests::a_guard_without",
            "-p wallet-store --test contract on_sqlite::who_is_killed",
            "-p wallet-api --test api nhsa::envelope:: tokens::forged",
            "-p wallet-api --lib pay::tests::",
            "-p anxin-core --test family what_is_drawn",
        ] {
            assert_eq!(tests.unknown(told), Vec::<&str>::new(), "{told}");
        }
    }
}
