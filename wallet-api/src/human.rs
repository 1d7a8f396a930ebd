//! Pages for people that the server writes itself.

use maud::{DOCTYPE, Markup, html};
use serde_json::Value;

pub const STYLE: &str = include_str!("style.css");

fn document(lang: &str, title: &str, content: Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href="/api/style.css";
            }
            body { main { (content) } }
        }
    };
    page.into_string()
}

/// What `/` says while there is no built page.
pub fn how_to_build_the_page() -> String {
    document(
        "zh-CN",
        "安心 Anxin",
        html! {
            h1 { "安心 Anxin" }
            p { "服务已启动，但还没有网页文件。请在项目目录中运行：" }
            pre { code { "cargo xtask wasm\nanxin serve --site target/site" } }
            p { "或直接运行 " code { "cargo xtask run" } "，一次完成安装、构建和启动。" }
            p { "估算接口现在就可以使用：" a href="/api/" { "接口说明" } "。" }
            section lang="en" {
                p { "The server runs, but it was started without the built page. In the project's folder, run:" }
                pre { code { "cargo xtask wasm\nanxin serve --site target/site" } }
                p { "or " code { "cargo xtask run" } ", which installs, builds and serves in one go." }
                p { "Estimates can be asked for already: " a href="/api/" { "the interface" } "." }
            }
        },
    )
}

/// The interface, from its description.
pub fn api_page(description: &Value) -> String {
    let info = &description["info"];
    let content = html! {
        h1 { (text(info, "title")) " · HTTP" }
        p { (text(info, "description")) }
        p { "The same as " a href="/api/openapi.json" { "OpenAPI 3.1" } " for programs. Version " (text(info, "version")) "." }
        @for (path, method, operation) in operations(description) {
            (operation_section(path, method, operation))
        }
        h2 id="errors" { "Problems" }
        (problem_table())
        h2 id="shapes" { "Shapes" }
        @if let Some(schemas) = description["components"]["schemas"].as_object() {
            @for (name, schema) in schemas {
                details id={ "shape-" (name) } {
                    summary { code { (name) } " " (text(schema, "description")) }
                    pre { code { (pretty(schema)) } }
                }
            }
        }
    };
    document("en", "Anxin 安心 · HTTP", content)
}

fn operations(description: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    let paths = description["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, methods)| {
        methods.as_object().into_iter().flatten().map(move |(method, operation)| (path, method, operation))
    })
}

fn operation_section(path: &str, method: &str, operation: &Value) -> Markup {
    html! {
        section id=(text(operation, "operationId")) {
            h2 { code { (method.to_uppercase()) " " (path) } }
            p { strong { (text(operation, "summary")) } }
            p { (text(operation, "description")) }
            @if let Some(parameters) = operation["parameters"].as_array() {
                dl {
                    @for parameter in parameters {
                        dt { code { (text(parameter, "name")) } " (" (text(parameter, "in")) ")" }
                        dd { (text(parameter, "description")) }
                    }
                }
            }
            pre { code { (curl(path, method, operation)) } }
            @if let Some(responses) = operation["responses"].as_object() {
                dl {
                    @for (status, response) in responses {
                        dt { code { (status) } }
                        dd { (text(response, "description")) }
                    }
                }
                @for response in responses.values() {
                    @let example = &response["content"]["application/json"]["example"];
                    @if !example.is_null() {
                        details { summary { "Example answer" } pre { code { (pretty(example)) } } }
                    }
                }
            }
        }
    }
}

fn problem_table() -> Markup {
    html! {
        table {
            thead { tr { th { "Code" } th { "HTTP" } th { "中文" } th { "English" } } }
            tbody {
                @for row in crate::errors::register() {
                    tr id=(row.code) {
                        td { code { (row.code) } }
                        td { (row.status) }
                        td lang="zh-CN" { strong { (row.zh.title) } br; (row.zh.detail) }
                        td { strong { (row.en.title) } br; (row.en.detail) }
                    }
                }
            }
        }
    }
}

fn curl(path: &str, method: &str, operation: &Value) -> String {
    let request = &operation["requestBody"]["content"]["application/json"]["example"];
    let path = path.replace("{id}", "benefit/441800");
    let mut line = format!("curl -s http://127.0.0.1:8080{path}");
    if !matches!(method, "get" | "post") {
        line += &format!(" -X {}", method.to_uppercase());
    }
    if operation.get("security").is_some() {
        line += " -H \"authorization: Bearer $TOKEN\"";
    }
    let sent = operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|p| p["in"] == "header" && p["required"] == true);
    for header in sent {
        line += &format!(" -H '{}: {}'", text(header, "name"), text(header, "example"));
    }
    match (method, request.is_null()) {
        ("post", true) => line + " -X POST",
        (_, true) => line,
        (_, false) => format!("{line} -H 'content-type: application/json' -d '\n{}'", pretty(request)),
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
