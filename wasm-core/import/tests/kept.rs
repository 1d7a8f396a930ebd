//! Files at the importer, as they come and as parts of a workbook whose zip is right: those that fuzzing kept, and changes
//! of them. `wasm-core/fuzz` asks the same.

use std::io::Write as _;

use anxin_core::dip::{Catalogue, Columns, Grouper};
use anxin_import::{DipOptions, DrgOptions, Editions, guess, import_dip, import_drg};
use anxin_sheets::{Book, Limits};

/// The first byte says how the rest is wrapped, so that the XML is reached behind its zip.
pub fn taken(bytes: &[u8]) {
    let Some((wrap, rest)) = bytes.split_first() else { return };
    match wrap % 4 {
        0 => read(&workbook(rest, b"<sst/>")),
        1 => {
            let half = rest.len() / 2;
            read(&workbook(&rest[..half], &rest[half..]));
        }
        _ => read(rest),
    }
}

/// What is read must be a pack that opens and groups.
fn read(bytes: &[u8]) {
    let limits = Limits { part_bytes: 8 << 20, string_bytes: 4 << 20, ..Limits::default() };
    let Ok(book) = Book::open(bytes, &limits) else { return };
    let Ok(guess) = guess(&book) else { return };
    let options = DipOptions { id: "fuzz".into(), edition: "2026-01-01".into(), ..DipOptions::default() };
    if let Ok(import) = import_dip(&book, &guess, &options, &Editions::default())
        && let Ok(pack) = import.pack()
    {
        let catalogue = Catalogue::open(&pack).expect("what is sealed opens");
        let columns = Columns::from_header(b"dx\tops").expect("a header");
        let mut grouper = Grouper::new(&catalogue);
        for (_, group) in catalogue.groups().take(50) {
            let (key, operations) = group.label.split_once(':').unwrap_or((&group.label, ""));
            grouper.group_row(&columns.row(format!("{key}00\t{operations}").as_bytes()));
        }
    }
    if let Ok(import) = import_drg(&book, &guess, &DrgOptions::default(), None) {
        import.pack().expect("weights seal");
    }
}

fn workbook(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    let book = br#"<workbook><sheets><sheet name="1" r:id="r1"/></sheets></workbook>"#;
    let relations = br#"<Relationships><Relationship Id="r1" Type="a/worksheet" Target="worksheets/1.xml"/><Relationship Id="r2" Type="a/sharedStrings" Target="strings.xml"/></Relationships>"#;
    let mut out = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut out);
    let parts: [(&str, &[u8]); 4] = [
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/1.xml", sheet),
        ("xl/strings.xml", strings),
    ];
    for (name, content) in parts {
        let builder = archive.new_file(name).compression_method(rawzip::CompressionMethod::STORE);
        let (mut entry, config) = builder.start().expect("room");
        let mut writer = config.wrap(&mut entry);
        writer.write_all(content).expect("room");
        let (_, descriptor) = writer.finish().expect("room");
        entry.finish(descriptor).expect("room");
    }
    archive.finish().expect("room");
    out
}

#[test]
fn files_kept_from_fuzzing_are_refused_or_make_packs() {
    use dice::{Dice, kept, times, touch};
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/import");
    let files = kept(&corpus);
    files.iter().for_each(|file| taken(file));
    let mut dice = Dice::new(7);
    for file in files.iter().cycle().take(times(1_000)) {
        let mut changed = file.clone();
        touch(&mut changed, &mut dice);
        taken(&changed);
    }
}

#[cfg(test)]
#[path = "../../fuzz/src/dice.rs"]
mod dice;
