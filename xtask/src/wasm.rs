//! The WebAssembly modules: `bindings` for browsers and Node, `mini` for mini-programs, the page, and the package.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use xshell::{Shell, cmd};

use crate::steps::{quiet, step};
use crate::toolchain::{self, Aim, Compiler};
use crate::{leaks, root, sdk, setup, shell};

/// The mini-program's share of a package that may have 2 MB in all.
const MINI_BROTLI_BYTES_MAX: &str = "122880";
/// With grouping by DRG and by DIP, whole tables, family accounts and the signatures of receipts: loaded beside the first,
/// when somebody asks.
const MINI_GROUPING_BROTLI_BYTES_MAX: &str = "352256";
const MINI_EXPORTS: &str = "memory,anxin_input,anxin_load,anxin_dispatch,anxin_output";

/// The programs of the page and their modules; the first is the one at `/`.
const ROOMS: [(&str, &str); 3] =
    [("app", "anxin-web.wasm"), ("preview", "anxin-preview.wasm"), ("wallet", "anxin-wallet.wasm")];

#[derive(Clone, Copy, ValueEnum)]
pub enum Part {
    Bindings,
    Mini,
    Page,
    /// The package for mini-programs, of the modules that are there.
    Sdk,
}

pub fn build_some(only: Option<Part>) -> Result<()> {
    match only {
        None => build(),
        Some(Part::Bindings) => bindings(),
        Some(Part::Mini) => mini(),
        Some(Part::Page) => page(),
        Some(Part::Sdk) => sdk::build(),
    }
}

/// Everything.
pub fn build() -> Result<()> {
    bindings()?;
    mini()?;
    page()?;
    sdk::build()
}

/// `target/js/web` and `target/js/nodejs`.
pub fn bindings() -> Result<()> {
    let sh = shell()?;
    let module = compile(&sh, "anxin-bindings", "", "anxin_bindings.wasm", Aim::Bindings)?;
    for target in ["web", "nodejs"] {
        quiet(&format!("glue for {target}"), || {
            let out = root().join("target/js").join(target);
            finisher(&sh, &["bindgen", "--target", target, "--name", "anxin", "--out"], &[&out, &module])?;
            let wasm = out.join("anxin_bg.wasm");
            optimise(&sh, &wasm, &wasm, &["-O3"])
        })?;
    }
    Ok(())
}

/// `target/js/mini/anxin.wasm` and `anxin-grouping.wasm`, through the gates.
pub fn mini() -> Result<()> {
    mini_with("", "anxin.wasm", MINI_BROTLI_BYTES_MAX)?;
    mini_with("family,grouping", "anxin-grouping.wasm", MINI_GROUPING_BROTLI_BYTES_MAX)
}

fn mini_with(features: &str, name: &str, limit: &str) -> Result<()> {
    let sh = shell()?;
    let module = compile(&sh, "anxin-mini", features, "anxin_mini.wasm", Aim::Mini)?;
    let out = root().join("target/js/mini").join(name);
    sh.create_dir(root().join("target/js/mini"))?;
    quiet("reduce the mini module", || {
        keep_exports(&sh, &module, &out)?;
        // A standard library that came compiled uses newer instructions: they are rewritten.
        let lower = ["--llvm-memory-copy-fill-lowering", "--signext-lowering", "--llvm-nontrapping-fptoint-lowering"];
        let now = ["--enable-bulk-memory", "--enable-sign-ext", "--enable-nontrapping-float-to-int"];
        optimise(&sh, &out, &out, &[now.as_slice(), &lower].concat())?;
        optimise(&sh, &out, &out, &["--mvp-features", "-Oz", "-Oz", "--converge"])
    })?;
    step("gates of the mini module", || finisher(&sh, &["mini", "--limit", limit, "--exports", MINI_EXPORTS], &[&out]))
}

/// `target/site`, when there is a page to build.
pub fn page() -> Result<()> {
    let source = root().join("web-app");
    if !source.join("index.html").exists() {
        eprintln!("no page: web-app/index.html is not there");
        return Ok(());
    }
    let sh = shell()?;
    let glue = root().join("target/js/page");
    for (room, file) in ROOMS {
        let module = compile(&sh, "anxin-web", "", file, Aim::Page)?;
        quiet(&format!("page: {room}"), || {
            finisher(&sh, &["bindgen", "--target", "web", "--no-types", "--name", room, "--out"], &[&glue, &module])?;
            let wasm = glue.join(format!("{room}_bg.wasm"));
            optimise(&sh, &wasm, &wasm, &["-Oz"])
        })?;
    }
    quiet("page", || {
        let site = root().join("target/site");
        let tours = root().join("docs/tours");
        let paths: [(&str, &Path); 4] =
            [("--source", &source), ("--glue", &glue), ("--tours", &tours), ("--out", &site)];
        let args: Vec<PathBuf> = paths.into_iter().flat_map(|(flag, path)| [flag.into(), path.into()]).collect();
        let rooms: Vec<&str> = ROOMS.iter().flat_map(|(room, _)| ["--room", *room]).collect();
        finisher(&sh, &[["site"].as_slice(), &rooms].concat(), &args.iter().map(PathBuf::as_path).collect::<Vec<_>>())
    })
}

fn compile(sh: &Shell, package: &str, features: &str, file: &str, aim: Aim) -> Result<PathBuf> {
    setup::for_building()?;
    let Some(compiler) = Compiler::find(sh) else { anyhow::bail!("no compiler for WebAssembly") };
    step(&format!("compile {package} to WebAssembly"), || {
        Ok(compiler.build(sh, package, features, aim)?.quiet().run()?)
    })?;
    Ok(toolchain::output(file))
}

/// Runs the tool that holds the heavy dependencies.
pub fn finisher(sh: &Shell, words: &[&str], paths: &[&Path]) -> Result<()> {
    Ok(cmd!(sh, "cargo run --quiet --package xtask-wasm -- {words...} {paths...}").quiet().run()?)
}

fn optimise(sh: &Shell, from: &Path, to: &Path, passes: &[&str]) -> Result<()> {
    let wasm_opt = npm_bin("wasm-opt");
    cmd!(sh, "{wasm_opt} {from} -o {to} --strip-debug --strip-producers {passes...}").quiet().run()?;
    leaks::check(to)
}

/// Takes off every export but ours: the linker also exports two globals, which iOS refuses.
fn keep_exports(sh: &Shell, from: &Path, to: &Path) -> Result<()> {
    let node = |name: &str| serde_json::json!({ "name": name, "root": true, "export": name });
    let graph = serde_json::Value::Array(MINI_EXPORTS.split(',').map(node).collect());
    let file = to.with_extension("graph.json");
    sh.write_file(&file, graph.to_string())?;
    let metadce = npm_bin("wasm-metadce");
    let all = "--all-features";
    cmd!(sh, "{metadce} {from} -o {to} --graph-file {file} {all}").quiet().ignore_stdout().run()?;
    Ok(sh.remove_path(file)?)
}

pub fn npm_bin(name: &str) -> PathBuf {
    root().join("xtask/node_modules/.bin").join(name)
}
