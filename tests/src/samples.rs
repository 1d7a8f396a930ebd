//! The tables that the second story begins with: 800 discharges of a hospital that there is not, nine of them with
//! something to mend, and a DIP workbook as bureaus send them. Every row follows from its number.

use std::fmt::Write as _;

use anyhow::Result;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

pub const ROWS: u32 = 800;

/// A kind of stay: diagnosis, another one, operation, ward, sex (0 for either), youngest, and nights.
struct Kind {
    principal: &'static str,
    other: &'static str,
    operation: &'static str,
    ward: &'static str,
    sex: u32,
    youngest: u32,
    nights: u32,
}

const fn kind([principal, other, operation, ward]: [&'static str; 4], [sex, youngest, nights]: [u32; 3]) -> Kind {
    Kind { principal, other, operation, ward, sex, youngest, nights }
}

const KINDS: [Kind; 15] = [
    kind(["I63.900", "I10.x00x002", "", "神经内科"], [0, 55, 9]),
    kind(["K80.001", "", "51.2300", "普外科"], [0, 30, 4]),
    kind(["J18.900", "", "", "呼吸内科"], [0, 40, 6]),
    kind(["H25.900", "", "13.4100x001", "眼科"], [0, 60, 2]),
    kind(["E11.900", "I10.x00x002", "", "内分泌科"], [0, 40, 6]),
    kind(["I20.000", "I10.x00x002", "", "心血管内科"], [0, 50, 5]),
    kind(["M51.202", "", "", "骨科"], [0, 35, 7]),
    kind(["K35.300", "", "47.0100", "普外科"], [0, 20, 4]),
    kind(["J44.100", "", "", "呼吸内科"], [0, 55, 8]),
    kind(["D25.900", "", "68.2901", "妇科"], [2, 35, 5]),
    kind(["O82.000", "", "74.1x01", "产科"], [2, 22, 4]),
    kind(["C56.x00", "", "", "妇科"], [2, 40, 7]),
    kind(["N20.000", "", "", "泌尿外科"], [0, 30, 3]),
    kind(["K29.500", "", "", "消化内科"], [0, 30, 4]),
    kind(["K63.500", "", "45.4200x003", "消化内科"], [0, 40, 2]),
];

const HEADER: &str = "病案号,证件号码,性别,年龄,出院科别,入院日期,出院日期,主要诊断编码,其他诊断编码1,\
    手术操作编码1,手术操作日期1,医疗费总额,床位费,手术费,西药费,基金支付总额,个人负担总金额";

/// One discharge. Amounts are whole yuan.
struct Stay {
    number: u32,
    person: u32,
    sex: u32,
    age: u32,
    ward: &'static str,
    /// Days of August 2026.
    admitted: u32,
    discharged: u32,
    principal: &'static str,
    other: &'static str,
    operation: &'static str,
    operated: u32,
    bed: u32,
    surgery: u32,
    drugs: u32,
    fund: u32,
    own: u32,
    total: u32,
}

impl Stay {
    fn nth(number: u32) -> Stay {
        let kind = &KINDS[(number as usize * 7) % KINDS.len()];
        let admitted = 1 + number * 11 % 20;
        let operated = !kind.operation.is_empty();
        let (bed, drugs) = (kind.nights * 60, 900 + number * 37 % 700 + kind.nights * 410);
        let surgery = if operated { 3_200 + number * 53 % 900 } else { 0 };
        let total = bed + drugs + surgery;
        let fund = total * 7 / 10;
        Stay {
            number,
            person: number,
            sex: if kind.sex == 0 { 1 + number % 2 } else { kind.sex },
            age: kind.youngest + number * 3 % 15,
            ward: kind.ward,
            admitted,
            discharged: admitted + kind.nights,
            principal: kind.principal,
            other: kind.other,
            operation: kind.operation,
            operated: admitted + 1,
            bed,
            surgery,
            drugs,
            fund,
            own: total - fund,
            total,
        }
    }

    fn line(&self) -> String {
        let day = |day: u32| format!("2026-08-{day:02}");
        let operated = if self.operation.is_empty() { String::new() } else { day(self.operated) };
        let Stay { number, person, sex, age, ward, principal, other, operation, bed, surgery, drugs, .. } = self;
        let (from, to) = (day(self.admitted), day(self.discharged));
        let paid = format!("{},{bed},{surgery},{drugs},{},{}", self.total, self.fund, self.own);
        format!(
            "A{number:04},D{person:06},{sex},{age},{ward},{from},{to},{principal},{other},{operation},{operated},{paid}"
        )
    }
}

/// The nine that are to be mended: what a stay would be after the mistake.
fn planted(stay: Stay) -> Stay {
    match stay.number {
        // Back four days after a stay for the same disease.
        61 => Stay { number: 61, admitted: 14, discharged: 18, ..Stay::nth(60) },
        // The same stay once more.
        141 => Stay { number: 141, ..Stay::nth(140) },
        // Parts that do not add up, and payments that do not.
        222 => Stay { drugs: stay.drugs + 1, ..stay },
        303 => Stay { own: stay.own - 1, ..stay },
        // An operation after the discharge.
        384 => Stay { operated: stay.discharged + 1, ..stay },
        // Money for an operation that has no code.
        465 => stay.with_surgery(3_600),
        // A disease of women, and a man.
        546 => Stay { sex: 1, principal: "C56.x00", ward: "妇科", ..stay },
        // A code of three characters.
        630 => Stay { principal: "I63", ..stay },
        // An operation that has nothing to do with the disease.
        708 => Stay { principal: "S82.000", operation: "79.3600", ..stay.with_surgery(3_600) },
        _ => stay,
    }
}

impl Stay {
    fn with_surgery(self, surgery: u32) -> Stay {
        Stay { surgery, total: self.total + surgery, own: self.own + surgery, ..self }
    }
}

/// The rows with something to mend, as they are counted in the table: the header is row 1.
pub const TO_MEND: [u32; 9] = [62, 142, 223, 304, 385, 466, 547, 631, 709];

/// The discharges as a table.
pub fn discharges() -> String {
    let mut text = format!("{HEADER}\n");
    for number in 1..=ROWS {
        // Writing to a text does not fail.
        let _ = writeln!(text, "{}", planted(Stay::nth(number)).line());
    }
    text
}

/// Groups of a city that there is not, with scores that nobody set: code, name, operation, its name, score.
const GROUPS: [(&str, &str, &str, &str, f64); 8] = [
    ("I63.9", "脑梗死", "", "", 812.0),
    ("J18.9", "肺炎", "", "", 455.5),
    ("J44.1", "慢性阻塞性肺病伴急性加重", "", "", 640.0),
    ("E11.9", "2型糖尿病不伴有并发症", "", "", 398.0),
    ("H25.9", "老年性白内障", "13.4100x001", "白内障超声乳化抽吸术", 505.0),
    ("K80.1", "胆囊结石伴胆囊炎", "51.2300", "腹腔镜下胆囊切除术", 1102.0),
    ("N20.0", "肾结石", "", "", 377.0),
    ("D25.9", "子宫平滑肌瘤", "68.2901", "子宫病损切除术", 968.0),
];

/// The beginning of a catalogue as bureaus send it: a title, a header of two rows with merged cells, a diagnosis merged
/// over two rows, a code that became a number, and one that is there twice. Seven rows are taken by it.
pub fn messy(sheet: &mut Worksheet, title: &str) -> Result<()> {
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 5, title, &plain)?;
    for (column, title) in [(0, "主要诊断"), (2, "主要手术操作")] {
        sheet.merge_range(1, column, 1, column + 1, title, &plain)?;
        sheet.write(2, column, "编码")?;
        sheet.write(2, column + 1, "名称")?;
    }
    sheet.merge_range(1, 4, 2, 4, "相关手术操作编码", &plain)?;
    sheet.merge_range(1, 5, 2, 5, "病种分值", &plain)?;
    sheet.write_row(3, 0, ["k35.3", "急性阑尾炎伴局限性腹膜炎", "47.0100", "腹腔镜阑尾切除", "54.5100X005"])?;
    sheet.write(3, 5, 1016)?;
    // The diagnosis is that of the row above.
    sheet.write(4, 2, "47.0100")?;
    sheet.write(4, 5, 973.5)?;
    sheet.write_row(5, 0, ["I10.x", "高血压"])?;
    sheet.write(5, 2, 33.27)?;
    sheet.write(5, 5, 80)?;
    sheet.write_row(6, 0, ["K35.3", "急性阑尾炎伴局限性腹膜炎", "47.0100"])?;
    sheet.write(6, 5, 900)?;
    Ok(())
}

/// Such a catalogue with a sheet of notes before it.
pub fn catalogue() -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    // The day of writing would make another file of it each time.
    let written = ExcelDateTime::from_ymd(2026, 9, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&written));
    let notes = book.add_worksheet().set_name("说明")?;
    notes.write(0, 0, "虚构的目录，仅供演示。分值不是任何地方公布的。")?;
    let sheet = book.add_worksheet().set_name("目录")?;
    messy(sheet, "示范市 2026 年 DIP 病种目录（演示）")?;
    for (row, (code, name, operation, operated, score)) in (7..).zip(GROUPS) {
        sheet.write_row(row, 0, [code, name, operation, operated])?;
        sheet.write(row, 5, score)?;
    }
    Ok(book.save_to_buffer()?)
}
