//! The public types in TypeScript, from the Rust types themselves.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use anxin_core::dispatch::{Reply, Request};
use anxin_core::pack::PackHeader;
use serde_json::Value;
use ts_rs::{Config, TS, TypeVisitor};

/// Every type that a request or a reply can hold, in the order of their names.
pub fn all() -> String {
    let config = Config::new().with_large_int("number");
    let mut found = Found { config: &config, seen: HashSet::new(), declared: BTreeMap::new() };
    found.visit::<Request>();
    found.visit::<Reply>();
    found.visit::<PackHeader>();
    let optional = optional_fields();
    let mut out =
        String::from("// Made from the Rust types; `UPDATE_EXPECT=1 cargo test -p anxin-tests` makes it anew.\n");
    for (name, text) in found.declared {
        let nothing = BTreeSet::new();
        out.push('\n');
        out.push_str(&loosen(&text, optional.get(&name).unwrap_or(&nothing)));
    }
    out
}

struct Found<'a> {
    config: &'a Config,
    seen: HashSet<TypeId>,
    declared: BTreeMap<String, String>,
}

impl TypeVisitor for Found<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Types without a place of their own, such as numbers and lists, are written where they are used.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let declaration = format!("{docs}export {}\n", T::decl(self.config));
            let name = T::ident(self.config);
            let before = self.declared.insert(name.clone(), declaration.clone());
            assert!(before.is_none_or(|before| before == declaration), "two types are called {name}");
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// Fields that an input may leave out, by type: those that the JSON Schema does not require.
fn optional_fields() -> BTreeMap<String, BTreeSet<String>> {
    let schema = schemars::schema_for!(Request).to_value();
    let mut all = BTreeMap::new();
    for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
        let required: BTreeSet<&str> =
            definition["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let fields = definition["properties"].as_object().into_iter().flatten().map(|(field, _)| field.clone());
        all.insert(name.clone(), fields.filter(|field| !required.contains(field.as_str())).collect());
    }
    all
}

/// Marks fields as optional: `person: Person` becomes `person?: Person`.
fn loosen(declaration: &str, optional: &BTreeSet<String>) -> String {
    let mut text = declaration.to_owned();
    for field in optional {
        for before in ["{ ", ", ", "\n"] {
            text = text.replace(&format!("{before}{field}: "), &format!("{before}{field}?: "));
        }
    }
    text
}
