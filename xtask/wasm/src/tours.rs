//! The tours of `docs/tours` as pages of the site under `/help/`. They need no script, and their pictures are fetched
//! when somebody comes to them.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use pulldown_cmark::{Event, Parser, Tag, TagEnd, html};

/// In the order in which they are offered.
const TOURS: [(&str, &str); 5] =
    [("resident", "居民"), ("family", "家人"), ("doctor", "医生"), ("hospital-it", "医院信息科"), ("operator", "经办")];
/// Where documents say that the program is.
const HERE: &str = "http://127.0.0.1:8080";
const INDEX: &str = "index";

/// A tour, and what its first line calls it in both languages.
struct Tour {
    title: (String, String),
    content: String,
}

/// Writes `/help/`, a page for each tour, and their pictures.
pub fn write(template: &Path, tours: &Path, css: &str, site: &Path) -> Result<()> {
    let out = site.join("help");
    fs::create_dir_all(&out)?;
    let template = fs::read_to_string(template).with_context(|| template.display().to_string())?;
    let template = template.replace("{{css}}", css);
    let names = fs::read_dir(tours)?.map(|entry| Ok(entry?.file_name())).collect::<Result<Vec<_>>>()?;
    let strange = names.iter().find(|name| !TOURS.iter().any(|(tour, _)| **name == *format!("{tour}.md")));
    ensure!(strange.is_none(), "{strange:?} is a tour that nobody is led to");
    let mut list = String::new();
    for (name, _) in TOURS {
        let text = fs::read_to_string(tours.join(name).with_extension("md")).with_context(|| name.to_owned())?;
        let Tour { title: (zh, en), content } = read(&text, |picture| placed(&tours.join(picture), &out))?;
        list += &format!("<li><a href=\"/help/{name}.html\">{zh}</a><br /><span lang=\"en\">{en}</span></li>\n");
        fs::write(out.join(name).with_extension("html"), page(&template, name, &zh, &content))?;
    }
    let content = format!("<h1>五分钟导览<span lang=\"en\"> · Five-minute tours</span></h1>\n<ul>\n{list}</ul>\n");
    Ok(fs::write(out.join(INDEX).with_extension("html"), page(&template, INDEX, "五分钟导览", &content))?)
}

fn page(template: &str, name: &str, title: &str, content: &str) -> String {
    let way = |(tour, word): &(&str, &str)| {
        let (class, here) = if *tour == name { (" class=\"here\"", " aria-current=\"page\"") } else { ("", "") };
        format!("<li{class}><a href=\"/help/{tour}.html\"{here}>{word}</a></li>\n")
    };
    let nav: String = TOURS.iter().map(way).collect();
    template.replace("{{title}}", title).replace("{{nav}}", &nav).replace("{{content}}", content)
}

/// Copies a picture, and gives its address with its size, without which it would not be fetched late.
fn placed(picture: &Path, out: &Path) -> Result<(String, usize, usize)> {
    let name = picture.file_name().and_then(|name| name.to_str()).context("a picture without a name")?;
    let size = imagesize::size(picture).with_context(|| picture.display().to_string())?;
    fs::copy(picture, out.join(name))?;
    Ok((format!("/help/{name}"), size.width, size.height))
}

fn read(text: &str, place: impl Fn(&str) -> Result<(String, usize, usize)>) -> Result<Tour> {
    let (title, text) = text.split_once('\n').context("an empty tour")?;
    let (zh, en) = title.strip_prefix("# ").and_then(|title| title.split_once(" · ")).context("no title in both")?;
    let mut events = Vec::new();
    let mut parser = Parser::new(text);
    while let Some(event) = parser.next() {
        events.push(match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                let alt = parser.by_ref().take_while(|event| *event != Event::End(TagEnd::Image)).filter_map(words);
                picture(place(&dest_url)?, &alt.collect::<String>())
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url: address(&dest_url)?.into(), title, id })
            }
            Event::Text(text) => Event::Text(text.replace(HERE, "").into()),
            other => other,
        });
    }
    let (zh, en) = (escaped(zh), escaped(en));
    let mut content = format!("<h1>{zh}<span lang=\"en\"> · {en}</span></h1>\n");
    html::push_html(&mut content, by_line(&events).into_iter());
    Ok(Tour { title: (zh, en), content })
}

fn words(event: Event<'_>) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.into_string()),
        _ => None,
    }
}

/// Fit to stand between tags and between quotes.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    html::push_html(&mut safe, std::iter::once(Event::Text(text.into())));
    safe.replace('"', "&quot;")
}

fn picture((address, width, height): (String, usize, usize), alt: &str) -> Event<'static> {
    let (source, alt) = (escaped(&address), escaped(alt));
    let tag = format!("<img src=\"{source}\" alt=\"{alt}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" />");
    Event::InlineHtml(tag.into())
}

/// Where a link of a document leads on the site.
fn address(link: &str) -> Result<String> {
    if let Some(path) = link.strip_prefix(HERE) {
        return Ok(path.to_owned());
    }
    match link {
        "../API.md" => Ok("/api/".to_owned()),
        _ => anyhow::bail!("{link} leads nowhere on the site"),
    }
}

/// A line of a paragraph each, those in English said to be so.
fn by_line<'e>(events: &[Event<'e>]) -> Vec<Event<'e>> {
    let edge = |event: &Event| {
        use Event::{End, SoftBreak, Start};
        let begins = matches!(event, Start(Tag::Paragraph | Tag::Item | Tag::List(_)));
        begins || matches!(event, SoftBreak | End(TagEnd::Paragraph | TagEnd::Item | TagEnd::List(_)))
    };
    let html = |text: &'static str| Event::InlineHtml(text.into());
    let mut lines = Vec::new();
    for chunk in events.split_inclusive(edge) {
        let (line, end) = match chunk.split_last() {
            Some((last, line)) if edge(last) => (line, Some(last)),
            _ => (chunk, None),
        };
        let english = in_english(line);
        lines.extend(english.then(|| html("<span lang=\"en\">")));
        lines.extend(line.iter().cloned());
        lines.extend(english.then(|| html("</span>")));
        lines.extend(end.map(|end| if *end == Event::SoftBreak { html("<br />\n") } else { end.clone() }));
    }
    lines
}

/// A line in either language may have a word of the other in it.
fn in_english(line: &[Event]) -> bool {
    let text: String = line.iter().cloned().filter_map(words).collect();
    let chinese = text.chars().filter(|c| ('\u{2e80}'..='\u{ffef}').contains(c)).count();
    let english = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).count();
    english > chinese
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# 居民：<付> · A resident\n\n打开 <http://127.0.0.1:8080/stories>，看[接口](../API.md)。\nOpen it.\n\n\
        1. **一步。** `x` 说明 DRG。\n   One step is enough with 社保卡.\n\n   ![图 & 字](../images/a.webp)\n";

    #[test]
    fn a_tour_leads_within_the_site_and_says_which_language_a_line_is_in() {
        let Tour { title, content } = read(TEXT, |picture| Ok((format!("/help/{picture}"), 8, 4))).unwrap();
        assert_eq!(title, ("居民：&lt;付&gt;".to_owned(), "A resident".to_owned()));
        for part in [
            "<h1>居民：&lt;付&gt;<span lang=\"en\"> · A resident</span></h1>",
            "打开 <a href=\"/stories\">/stories</a>，看<a href=\"/api/\">接口</a>。<br />\n<span lang=\"en\">Open it.</span>",
            "<strong>一步。</strong> <code>x</code> 说明 DRG。<br />\n<span lang=\"en\">One step is enough with 社保卡.</span>",
            "<img src=\"/help/../images/a.webp\" alt=\"图 &amp; 字\" width=\"8\" height=\"4\" loading=\"lazy\" />",
        ] {
            assert!(content.contains(part), "no {part} in {content}");
        }
    }

    #[test]
    fn the_tours_of_the_project_become_pages_with_their_pictures() {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let site = tempfile::tempdir().unwrap();
        write(&project.join("web-app/help.html"), &project.join("docs/tours"), "/app.css", site.path()).unwrap();
        let page = |name: &str| fs::read_to_string(site.path().join("help").join(name)).unwrap();
        for (name, _) in TOURS {
            assert!(page("index.html").contains(&format!("href=\"/help/{name}.html\"")), "nothing leads to {name}");
            let tour = page(&format!("{name}.html"));
            assert!(!tour.contains("{{") && !tour.contains(HERE), "{tour}");
            let pictures: Vec<&str> = tour.split("<img src=\"/help/").skip(1).collect();
            assert!(pictures.len() >= 4, "{name} has {} pictures", pictures.len());
            for picture in pictures {
                let (file, rest) = picture.split_once('"').unwrap();
                assert!(site.path().join("help").join(file).is_file(), "{file}");
                assert!(rest.split('>').next().unwrap().contains("loading=\"lazy\""), "{file}");
            }
        }
    }

    #[test]
    fn a_link_that_the_site_does_not_have_is_told() {
        assert!(read("# 一 · One\n[there](../RUNBOOK.md)\n", |_| unreachable!("no picture")).is_err());
        assert!(read("# 一\n", |_| unreachable!("no picture")).is_err(), "a title in one language");
    }
}
