//! What holds whatever comes in. Each panics where it does not; fuzz targets ask them, and so do the tests beside this.

use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};
use wallet_api::doors::{self, Tokens};
use wallet_api::nhsa::{MessageKey, canonical, holds, read_json, signed_text};
use wallet_courier::{Content, Note, Peers, Seal};
use wallet_ledger::CellId;

const ISSUER: &str = "https://issuer.example";
const AUDIENCE: &str = "anxin";
const KID: &str = "k1";
/// Seconds by which clocks may differ, and those that a slow machine takes between two looks at its own.
const LEEWAY: u64 = 5 + 60;

/// 3202's file, as it comes or as a text in a ZIP that is right: what is read is written so that it is read as the same.
pub fn detail(bytes: &[u8]) {
    let Some((wrap, rest)) = bytes.split_first() else { return };
    let archive = if wrap % 2 == 0 { Some(rest.to_vec()) } else { doors::zipped(&String::from_utf8_lossy(rest)) };
    let Ok(lines) = doors::detail(&archive.unwrap()) else { return };
    assert!(lines.len() <= doors::LINES_MAX, "{} lines", lines.len());
    let mut numbers: Vec<&str> = lines.iter().filter_map(|line| line.split('\t').nth(2)).collect();
    numbers.sort_unstable();
    assert!(numbers.len() == lines.len() && numbers.windows(2).all(|two| two[0] != two[1]), "one settlement twice");
    assert_eq!(doors::detail(&doors::zipped(&lines.join("\n")).unwrap()), Ok(lines));
}

/// What is scanned: 28 digits or a code of a counter, of which not a letter may be another.
pub fn code(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    if let Some(digits) = doors::pay_code(&text) {
        assert!(digits.len() == 28 && digits.bytes().all(|b| b.is_ascii_digit()) && text.trim() == digits, "{text:?}");
    }
    if let Some(again) = doors::counter_code(&text) {
        assert_eq!(again, text, "a code that was not written here");
    }
    // The rest says which true code is touched, and where.
    let Some((&[at, letter, ref of @ ..], counter)) = rest.split_first_chunk::<18>() else { return };
    let institution = u128::from_be_bytes(*of);
    let made = match kind % 2 {
        0 => doors::bill_code(institution, !institution, i64::from(at) - 9, i64::from(letter)),
        _ => doors::lasting_code(institution, &String::from_utf8_lossy(counter)),
    };
    let text = made.unwrap();
    assert_eq!(doors::counter_code(&text).as_ref(), Some(&text));
    let mut touched = text.clone().into_bytes();
    let at = usize::from(at) % touched.len();
    touched[at] = letter;
    if touched != text.as_bytes() {
        assert_eq!(doors::counter_code(&String::from_utf8_lossy(&touched)), None, "letter {at} of {text}");
    }
}

/// A message: read, written in its one way, looked at, and signed.
pub fn message(bytes: &[u8]) {
    let Ok(value) = read_json(bytes) else { return };
    let text = canonical(&value);
    assert_eq!(read_json(text.as_bytes()).ok().as_ref(), Some(&value), "{text}");
    let address = value["infno"].as_str().unwrap_or_default();
    let Ok(at) = doors::envelope(value.clone(), address) else { return };
    let field = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    assert!(at > 0 && field("msgid").starts_with(&field("fixmedins_code")), "{text}");
    assert!(doors::envelope(value.clone(), &format!("{address}0")).is_err(), "taken at another address");
    let another = format!("{}x", field("opter"));
    let key = MessageKey::demo().unwrap();
    let points = [key.point().unwrap()];
    let signed = key.signed(value).unwrap();
    let (text, signature) = (signed_text(&signed), signed["cainfo"].as_str().unwrap_or_default().to_owned());
    assert!(holds(&points, &text, &signature));
    assert!(!holds(&points, &format!("{text} "), &signature), "a signature over something else");
    let mut other = signed;
    other["opter"] = another.into();
    assert!(!holds(&points, &signed_text(&other), &signature), "a signature over another operator");
}

static KEY: LazyLock<Ed25519KeyPair> = LazyLock::new(|| Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap());

static TOKENS: LazyLock<Tokens> = LazyLock::new(|| {
    let x = URL_SAFE_NO_PAD.encode(KEY.public_key());
    let key = json!({ "kty": "OKP", "kid": KID, "alg": "EdDSA", "use": "sig", "crv": "Ed25519", "x": x });
    Tokens::new(json!({ "keys": [key] }).to_string().as_bytes(), ISSUER).unwrap()
});

fn signed(header: &[u8], claims: &[u8]) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = KEY.sign(message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// A token: any text, any claims under a good signature, any header over it, and a good one that was touched.
pub fn token(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let header = json!({ "alg": "EdDSA", "kid": KID }).to_string().into_bytes();
    let claims = good_claims().into_bytes();
    match kind % 4 {
        0 => {
            let text = String::from_utf8_lossy(rest);
            assert_eq!(TOKENS.read(&text, AUDIENCE), None, "nobody signed {text:?}");
        }
        1 => {
            let text = signed(&header, rest);
            let Some(subject) = TOKENS.read(&text, AUDIENCE) else { return };
            check_claims(rest, subject);
            assert_eq!(TOKENS.read(&text, "elsewhere"), None, "for another audience");
        }
        2 => {
            if TOKENS.read(&signed(rest, &claims), AUDIENCE).is_some() {
                let header = read_json(rest).expect("a header is strict JSON");
                let members = header.as_object().expect("an object");
                assert!(members.keys().all(|name| matches!(name.as_str(), "alg" | "kid" | "typ")), "{header}");
                assert!(header["alg"] == "EdDSA" && header["kid"] == KID, "{header}");
            }
        }
        _ => {
            let text = signed(&header, &claims);
            let &[at, letter, ..] = rest else { return };
            let mut touched = text.clone().into_bytes();
            let at = touched.len() - 1 - usize::from(at) % touched.len().min(256);
            touched[at] = letter;
            if touched != text.as_bytes() {
                assert_eq!(TOKENS.read(&String::from_utf8_lossy(&touched), AUDIENCE), None, "letter {at} of {text}");
            }
            assert!(TOKENS.read(&text, AUDIENCE).is_some());
        }
    }
}

fn check_claims(claims: &[u8], subject: u128) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let said: Value = serde_json::from_slice(claims).expect("JSON");
    if let Err(why) = read_json(claims) {
        assert!(!why.to_string().contains("twice"), "{said}: {why}");
    }
    assert!(said["iss"] == ISSUER && said["aud"] == AUDIENCE, "{said}");
    assert!(said["exp"].as_u64().is_some_and(|until| until + LEEWAY >= now), "{said}");
    assert!(said["nbf"].as_u64().is_some_and(|from| from <= now + LEEWAY), "{said}");
    assert!(said["sub"].as_str().is_some_and(|text| u128::from_str_radix(text, 16) == Ok(subject)), "{said}");
}

/// Claims that are taken until the end of the century.
pub fn good_claims() -> String {
    let sub = format!("{:032x}", 7_u128 << 90);
    json!({ "iss": ISSUER, "aud": AUDIENCE, "sub": sub, "exp": 4_102_444_800_u64, "nbf": 1, "role": "resident" })
        .to_string()
}

const HERE: CellId = CellId(440_100);
const THERE: CellId = CellId(450_800);

static PEERS: LazyLock<(Seal, Peers)> = LazyLock::new(|| {
    let seal = Seal::demo(THERE).unwrap();
    let mut peers = Peers::default();
    peers.add(THERE, &seal.public_pem().unwrap()).unwrap();
    (seal, peers)
});

/// A note between cells: as it comes, and with any content under a good signature.
pub fn note(bytes: &[u8]) {
    let (seal, peers) = &*PEERS;
    assert!(peers.open(HERE, bytes).is_err(), "nobody signed this");
    let Ok(note) = postcard::from_bytes::<Note>(bytes) else { return };
    let sent = seal.note(HERE, note.content.clone()).unwrap();
    match peers.open(HERE, &sent) {
        Ok(opened) => {
            assert_eq!((opened.from, opened.to, &opened.content), (THERE, HERE, &note.content));
            if let Content::Letters(letters) = &opened.content {
                assert!(letters.iter().all(|letter| (letter.from, letter.to) == (THERE, HERE)), "speaks for another");
            }
        }
        Err(_) => assert!(matches!(note.content, Content::Letters(_)) || sent.len() > wallet_courier::NOTE_MAX),
    }
    let mut touched = sent;
    let at = bytes.len() % touched.len();
    touched[at] ^= 1;
    assert!(peers.open(HERE, &touched).is_err(), "byte {at}");
}

/// Notes to begin with, as they are under their signature.
pub fn notes() -> Vec<Vec<u8>> {
    use wallet_ledger::{BodyHash, DrawId, Letter, Message, Reply};
    let letter = |number| Letter { from: THERE, to: HERE, number, message: Message::Query { draw: DrawId(7) } };
    let contents = [
        Content::Letters(vec![letter(1), letter(2)]),
        Content::Letters(Vec::new()),
        Content::Reply(Reply::Ack { received: 9 }),
        Content::Question(b"who?".to_vec()),
        Content::Answer { to: BodyHash([7; 32]), body: b"nobody".to_vec() },
    ];
    let written = |content| postcard::to_extend(&Note { from: THERE, to: HERE, content }, Vec::new()).unwrap();
    contents.into_iter().map(written).collect()
}
