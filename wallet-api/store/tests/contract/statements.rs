//! What a database that is spread over many machines asks of tables and statements: the shard comes first in every key, a
//! statement stays within one shard, and nothing counts on locks, messages or counters of a single server.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use proc_macro2::{TokenStream, TokenTree};
use sqlx::{Executor as _, PgPool, Row as _};
use wallet_ledger::{Limits, Outcome};
use wallet_store::{BatchId, Clock, PostgresStore, Refused, Signers, Writer};

use crate::cluster;
use crate::town::{HOSPITAL, founding, person, settle};

/// Tables whose key does not begin with the shard, and why that is right.
const TABLES: &[(&str, &str)] = &[("_sqlx_migrations", "the version of the schema is the database's, not a shard's")];

/// Statements that name no shard, and why that is right.
const STATEMENTS: &[(&str, &str)] = &[
    ("SELECT max(version) FROM _sqlx_migrations", "the version of the schema is the database's"),
    ("SELECT count(*) FROM sqlite_master", "SQLite's own list of tables"),
    ("SELECT t.name, c.name FROM sqlite_schema", "SQLite's own list of tables"),
    ("SELECT count(*) FROM (SELECT 1 WHERE to_regclass", "whether there are tables yet"),
    ("SELECT (extract(epoch FROM clock_timestamp())", "a clock"),
    ("SELECT CASE WHEN NOT pg_is_in_recovery()", "which server takes writes"),
    ("SELECT count(*) FROM ", "an upgrade counts the rows of the whole database before and after"),
];

/// What only one server can offer, or what not everything that speaks PostgreSQL's language has.
const FORBIDDEN: &[&str] =
    &["advisory", "LISTEN ", "NOTIFY", "SERIAL", "nextval", "GENERATED ALWAYS AS IDENTITY", "ctid"];

/// Every text of a program, in macros too, but for comments. What `concat!` puts together is one.
fn texts(program: &str) -> Vec<String> {
    fn walk(tokens: TokenStream, found: &mut Vec<String>) {
        let mut joined = false;
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let mut inner = Vec::new();
                    walk(group.stream(), &mut inner);
                    found.extend(if joined { vec![inner.concat()] } else { inner });
                    joined = false;
                }
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    found.extend(text.starts_with('"').then(|| text.trim_matches('"').to_owned()));
                }
                TokenTree::Ident(name) => joined = name == "concat",
                TokenTree::Punct(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    let lines: Vec<&str> = program.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    walk(lines.join("\n").parse().unwrap(), &mut found);
    found
}

/// What is wrong with the statements of a program.
fn faults(program: &str) -> Vec<String> {
    let verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];
    let all = texts(program);
    let statements = all.iter().filter(|text| verbs.iter().any(|verb| text.starts_with(verb)));
    let excused = |sql: &str| STATEMENTS.iter().any(|(start, _)| sql.starts_with(start));
    let homeless = statements.filter(|sql| !sql.contains("shard") && !excused(sql));
    let homeless = homeless.map(|sql| format!("names no shard: {sql}"));
    homeless.chain(all.iter().flat_map(|text| forbidden(text))).collect()
}

fn forbidden(sql: &str) -> Vec<String> {
    let used = FORBIDDEN.iter().filter(|word| sql.contains(**word));
    used.map(|word| format!("uses {}: {sql}", word.trim())).collect()
}

/// What is wrong with the keys of a database.
async fn bad_keys(pool: &PgPool) -> Vec<String> {
    // Unique indexes too: across shards they would need every machine's word.
    const KEYS: &str = "SELECT c.relname, CASE WHEN i.indexrelid IS NULL THEN NULL ELSE
            (SELECT attname FROM pg_attribute WHERE attrelid = c.oid AND attnum = i.indkey[0]) END
        FROM pg_class AS c LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisunique
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        UNION ALL SELECT relname, 'a counter' FROM pg_class WHERE relkind = 'S'";
    let rows = pool.fetch_all(KEYS).await.unwrap();
    let keys = rows.iter().map(|row| (row.get::<String, _>(0), row.get::<Option<String>, _>(1)));
    let bad = keys.filter(|(table, first)| {
        first.as_deref() != Some("shard") && !TABLES.iter().any(|(excused, _)| excused == table)
    });
    bad.map(|(table, first)| format!("{table} begins with {}", first.unwrap_or("no key".into()))).collect()
}

async fn opened() -> PostgresStore {
    PostgresStore::open(cluster::database().await, 7, Limits::default(), Clock::Own).await.unwrap()
}

#[tokio::test]
async fn every_key_begins_with_the_shard() {
    let store = opened().await;
    assert_eq!(bad_keys(store.pool()).await, Vec::<String>::new());
    for (planted, found) in [
        ("CREATE TABLE planted (id BIGINT PRIMARY KEY)", "planted begins with id"),
        ("CREATE TABLE planted (shard BIGINT)", "planted begins with no key"),
        ("CREATE TABLE planted (shard BIGINT PRIMARY KEY, n BIGINT UNIQUE)", "planted begins with n"),
        ("CREATE TABLE planted (shard BIGSERIAL PRIMARY KEY)", "planted_shard_seq begins with a counter"),
    ] {
        store.pool().execute(planted).await.unwrap();
        assert_eq!(bad_keys(store.pool()).await, [found]);
        store.pool().execute("DROP TABLE planted").await.unwrap();
    }
}

#[test]
fn every_statement_stays_within_its_shard() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut folders, mut looked) = (vec![here.join("src"), here.join("migrations/postgres")], 0);
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let found = if path.extension().is_some_and(|e| e == "rs") { faults(&text) } else { forbidden(&text) };
            assert_eq!(found, Vec::<String>::new(), "{}", path.display());
            looked += 1;
        }
    }
    assert!(looked > 60, "{looked} files");
}

#[test]
fn a_statement_that_leaves_its_shard_is_found() {
    for (planted, found) in [
        (r#"const SQL: &str = "SELECT body FROM hold WHERE id = $1";"#, "names no shard: SELECT body FROM hold"),
        (r#"upgrade!(here, "UPDATE hold SET pending = 0");"#, "names no shard: UPDATE hold"),
        (r#"fn f() { run("SELECT pg_advisory_lock(shard)") }"#, "uses advisory"),
        (r#"fn f() { run("LISTEN notices") }"#, "uses LISTEN"),
    ] {
        let all = faults(planted);
        assert!(all.len() == 1 && all[0].starts_with(found), "{planted}: {all:?}");
    }
    assert!(
        faults("// SELECT body FROM hold\nconst SQL: &str = \"SELECT body FROM hold WHERE shard = $1\";").is_empty()
    );
    assert_eq!(forbidden("CREATE TABLE t (n BIGSERIAL)").len(), 1);
}

/// Some databases run every transaction as if it were alone, and say 40001 to whoever was not.
#[tokio::test]
async fn who_is_told_to_try_again_does() {
    const EACH: u64 = 40;
    let strict = cluster::database().await.options([("default_transaction_isolation", "serializable")]);
    let open = async || PostgresStore::open(strict.clone(), 7, Limits::default(), Clock::Own).await.unwrap();
    let (here, there) = (Arc::new(open().await), Arc::new(open().await));
    here.commit(BatchId(1), &founding(4, 1_000)).await.unwrap();
    let ids = Arc::new(AtomicU64::new(2));
    let writers = [&here, &there].map(|store| {
        let ids = Arc::clone(&ids);
        Writer::start(Arc::clone(store), move || u128::from(ids.fetch_add(1, Ordering::SeqCst)))
    });
    let pay = async |writer: &Writer, first: u64| {
        for n in first..first + EACH {
            let request = settle(&format!("pay-{n}"), u128::from(n), person(u128::from(n) % 4), 1);
            loop {
                match writer.ask(vec![request.clone()]).await {
                    Ok(answers) => break assert_eq!(answers[0].outcome(), Some(Outcome::Done)),
                    Err(Refused::Busy) => tokio::time::sleep(Duration::from_millis(5)).await,
                    Err(other) => panic!("{other:?}"),
                }
            }
        }
    };
    tokio::join!(pay(&writers[0], 100), pay(&writers[1], 1_000));
    let retries: u64 = writers.iter().map(|writer| writer.tally().retries).sum();
    assert!(retries > 0, "they never met");
    let paid = here.account(HOSPITAL).await.unwrap().unwrap().posted.get();
    assert_eq!(u64::try_from(paid).unwrap(), 2 * EACH);
    there.verify(None, &Signers::default(), &mut |_, _| {}).await.unwrap().unwrap();
}
