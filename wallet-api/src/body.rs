//! Bodies of requests. The core's reader refuses unknown and repeated fields; this one also lists in the place of objects,
//! which the derived reading of a type takes for its fields in their order.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, RwLock};

use anxin_core::{Refusal, RefusalCode, dispatch};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a body as it is described, and names the field that is not so.
pub fn parse<T: DeserializeOwned + JsonSchema + 'static>(json: &[u8]) -> Result<T, Refusal> {
    let body = dispatch::parse(json)?;
    // Whatever else is wrong with a shape, the derived reading finds.
    if json.contains(&b'[')
        && let Ok(value) = serde_json::from_slice(json)
    {
        let shape = shape::<T>();
        let shape = Shape { root: &shape, at: &shape };
        shape.holds(&value).map_err(|Misplaced(place)| {
            let field = place.trim_start_matches('.');
            Refusal::new(RefusalCode::Malformed, field, "an object, not a list")
        })?;
    }
    Ok(body)
}

/// The schema of a type, worked out once.
fn shape<T: JsonSchema + 'static>() -> Arc<Value> {
    static SHAPES: LazyLock<RwLock<HashMap<TypeId, Arc<Value>>>> = LazyLock::new(RwLock::default);
    let type_id = TypeId::of::<T>();
    if let Some(known) = SHAPES.read().ok().and_then(|shapes| shapes.get(&type_id).cloned()) {
        return known;
    }
    let generator = SchemaSettings::draft2020_12().into_generator();
    let shape = Arc::new(generator.into_root_schema_for::<T>().to_value());
    if let Ok(mut shapes) = SHAPES.write() {
        shapes.insert(type_id, Arc::clone(&shape));
    }
    shape
}

/// Where a list stands for an object.
#[derive(Debug, PartialEq, Eq)]
struct Misplaced(String);

impl Misplaced {
    fn under(self, parent: &str) -> Misplaced {
        Misplaced(format!("{parent}{}", self.0))
    }
}

/// A part of a schema.
#[derive(Clone, Copy)]
struct Shape<'s> {
    root: &'s Value,
    at: &'s Value,
}

impl<'s> Shape<'s> {
    fn of(self, at: &'s Value) -> Shape<'s> {
        let named = at.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
        Shape { at: named.and_then(|path| self.root.pointer(path)).unwrap_or(at), ..self }
    }

    fn parts(self, name: &str) -> impl Iterator<Item = Shape<'s>> + use<'s> {
        let parts = self.at.get(name).and_then(Value::as_array);
        parts.into_iter().flatten().map(move |part| self.of(part))
    }

    fn holds(self, value: &Value) -> Result<(), Misplaced> {
        self.parts("allOf").try_for_each(|part| part.holds(value))?;
        for choice in ["anyOf", "oneOf"] {
            let fitting: Vec<_> =
                self.parts(choice).filter(|part| part.fits(value)).map(|part| part.holds(value)).collect();
            if fitting.iter().all(Result::is_err) {
                fitting.into_iter().next().unwrap_or(Ok(()))?;
            }
        }
        match value {
            Value::Array(_) if self.at.get("properties").is_some() => Err(Misplaced(String::new())),
            Value::Array(items) => items.iter().enumerate().try_for_each(|(n, item)| {
                let tuple = self.at.pointer(&format!("/prefixItems/{n}"));
                let shape = tuple.or_else(|| self.at.get("items"));
                let place = |inner: Misplaced| inner.under(&format!("[{n}]"));
                shape.map_or(Ok(()), |shape| self.of(shape).holds(item).map_err(place))
            }),
            Value::Object(fields) => fields.iter().try_for_each(|(name, field)| {
                let shape = self.at.get("properties").and_then(|all| all.get(name));
                let place = |inner: Misplaced| inner.under(&format!(".{name}"));
                shape.map_or(Ok(()), |shape| self.of(shape).holds(field).map_err(place))
            }),
            _ => Ok(()),
        }
    }

    /// Whether a value is of this one of several shapes, as far as its kind and its fields' names say. A list may be meant
    /// for an object.
    fn fits(self, value: &Value) -> bool {
        let kinds: &[&str] = match value {
            Value::Null => &["null"],
            Value::Bool(_) => &["boolean"],
            Value::Number(_) => &["number", "integer"],
            Value::String(_) => &["string"],
            Value::Array(_) => &["array", "object"],
            Value::Object(_) => &["object"],
        };
        let one_of = |name: &Value| name.as_str().is_some_and(|name| kinds.contains(&name));
        let of_kind = match self.at.get("type") {
            Some(Value::Array(names)) => names.iter().any(one_of),
            Some(name) => one_of(name),
            None => true,
        };
        let (Some(fields), Some(known)) = (value.as_object(), self.at.get("properties")) else { return of_kind };
        let required = self.at.get("required").and_then(Value::as_array).into_iter().flatten();
        let mut required = required.filter_map(Value::as_str);
        of_kind && required.all(|name| fields.contains_key(name)) && fields.keys().all(|name| known.get(name).is_some())
    }
}

#[cfg(test)]
mod tests {
    use anxin_core::benefit::Case;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Outer {
        inner: Option<Inner>,
        #[serde(default)]
        list: Vec<Inner>,
        kind: Option<Kind>,
    }

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Inner {
        a: Option<u8>,
        b: Option<u8>,
        pair: Option<(u8, u8)>,
    }

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(rename_all = "snake_case")]
    #[expect(dead_code, reason = "only read")]
    enum Kind {
        Plain,
        Deep { inner: Inner },
        Of(Inner),
    }

    #[test]
    fn a_list_is_no_object_and_the_field_is_named() {
        let taken = [
            r#"{"inner":{"a":1,"pair":[1,2]},"list":[{"b":2},{}]}"#,
            r#"{"list":[],"kind":"plain"}"#,
            r#"{"list":[],"kind":{"deep":{"inner":{"pair":[1,2]}}}}"#,
        ];
        for json in taken {
            assert!(parse::<Outer>(json.as_bytes()).is_ok(), "{json}: {:?}", parse::<Outer>(json.as_bytes()));
        }
        for (json, field) in [
            ("[null,[],null]", ""),
            (r#"{"inner":[1,2,null]}"#, "inner"),
            (r#"{"list":[{},[1,2,null]]}"#, "list[1]"),
            (r#"{"kind":{"deep":{"inner":[1,2,null]}}}"#, "kind.deep.inner"),
            (r#"{"kind":{"deep":[{"a":1}]}}"#, "kind.deep"),
            (r#"{"kind":{"of":[1,2,null]}}"#, "kind.of"),
        ] {
            let refused = parse::<Outer>(json.as_bytes()).expect_err(json);
            assert_eq!((refused.code, refused.field.as_str()), (RefusalCode::Malformed, field), "{json}");
        }
    }

    #[test]
    fn a_case_with_a_list_for_its_slip_is_refused() {
        let case = crate::openapi::EXAMPLE_CASE;
        assert!(parse::<Case>(case.as_bytes()).is_ok());
        let list = r#""pre_self_pay_fen": 60000, "official": [null, null, null, null, null, null, null]"#;
        let with = case.replace(r#""pre_self_pay_fen": 60000"#, list);
        assert!(dispatch::parse::<Case>(with.as_bytes()).is_ok(), "the list has the fields' number");
        assert_eq!(parse::<Case>(with.as_bytes()).unwrap_err().field, "visit.inpatient.bill.split.official");
    }
}
