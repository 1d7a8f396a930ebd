//! Where the compiler for WebAssembly comes from. Rustup's target is used where it can be had.
//! Where it cannot, Debian's own compiler builds the standard library from Debian's sources.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use xshell::{Cmd, Shell, cmd};

use crate::root;

pub const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// A module without imports has nowhere to print a panic's message: without the messages and the
/// code that writes them it is a fifth smaller.
const SMALL: &[&str] = &[
    "-Zbuild-std-features=optimize_for_size",
    "-Zpanic-immediate-abort",
    "--config=profile.wasm.panic='immediate-abort'",
    "--config=profile.wasm.opt-level='z'",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compiler {
    Rustup,
    Debian,
}

/// What a module is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// Somebody waits for it on a phone: small.
    Page,
    /// A program loads it once and asks it often: fast.
    Bindings,
    /// The first version of WebAssembly, as small as can be.
    Mini,
}

impl Compiler {
    /// The compiler that is installed, if one is.
    pub fn find(sh: &Shell) -> Option<Compiler> {
        let sysroot = cmd!(sh, "rustc --print sysroot").quiet().ignore_stderr().read().ok()?;
        if Path::new(&sysroot).join("lib/rustlib").join(TARGET).exists() && has_sources(&sysroot) {
            return Some(Compiler::Rustup);
        }
        let sources = cmd!(sh, "{DEBIAN_RUSTC} --print sysroot").quiet().ignore_stderr().read().ok()?;
        let whole = has_sources(&sources) && Path::new(DEBIAN_CARGO).exists() && linker(sh).is_some();
        whole.then_some(Compiler::Debian)
    }

    /// `cargo build` of one package. The module lands in [`Compiler::output`].
    pub fn build<'a>(self, sh: &'a Shell, package: &str, features: &str, aim: Aim) -> Result<Cmd<'a>> {
        let base = match self {
            Compiler::Rustup => cmd!(sh, "cargo build"),
            Compiler::Debian => {
                let Some(linker) = linker(sh) else { bail!("wasm-ld is gone; run `cargo xtask setup`") };
                cmd!(sh, "{DEBIAN_CARGO} build")
                    .env_remove("RUSTUP_TOOLCHAIN")
                    .env("RUSTC", DEBIAN_RUSTC)
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
            }
        };
        let base = match (self, aim) {
            (Compiler::Rustup, Aim::Page | Aim::Bindings) => base,
            _ => base.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=std,panic_abort"),
        };
        let base = match aim {
            Aim::Page => base,
            Aim::Bindings => base.arg("--config=profile.wasm.opt-level=3"),
            Aim::Mini => base.args(SMALL),
        };
        Ok(base
            .env_remove("RUSTFLAGS")
            .env("CARGO_ENCODED_RUSTFLAGS", self.flags(sh, aim)?.join("\x1f"))
            .args([
                "--locked",
                "--profile",
                "wasm",
                "--target",
                TARGET,
                "--package",
                package,
                "--features",
                features,
                "--target-dir",
            ])
            .arg(target_dir()))
    }

    /// No path of this machine may be in a module: that would tell on its builder, and no two
    /// machines would make the same bytes.
    fn flags(self, sh: &Shell, aim: Aim) -> Result<Vec<String>> {
        let rustc = if self == Compiler::Debian { DEBIAN_RUSTC } else { "rustc" };
        let sysroot = cmd!(sh, "{rustc} --print sysroot").quiet().read()?;
        let sources = Path::new(&sysroot).join("lib/rustlib/src/rust");
        let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
        let mut flags = vec![
            remap(&root(), "anxin"),
            remap(&cargo_home(), "cargo"),
            remap(&sources, "rust"),
            // Debian's sources are a link to a folder elsewhere.
            remap(&sources.canonicalize().unwrap_or_else(|_| sources.clone()), "rust"),
        ];
        if aim == Aim::Mini {
            flags.push("-Ctarget-cpu=mvp".into());
            flags.push("-Ctarget-feature=-reference-types,-multivalue".into());
        }
        Ok(flags)
    }
}

/// Whether the standard library can be compiled anew, as the oldest engines need it.
fn has_sources(sysroot: &str) -> bool {
    Path::new(sysroot).join("lib/rustlib/src/rust/library/std").exists()
}

/// Where the two kinds of build put a module.
pub fn output(file: &str) -> PathBuf {
    target_dir().join(TARGET).join("wasm").join(file)
}

/// A folder of its own: the compilers differ, and would throw out each other's work.
fn target_dir() -> PathBuf {
    root().join("target/wasm")
}

fn linker(sh: &Shell) -> Option<String> {
    let names = ["wasm-ld-19", "wasm-ld", "wasm-ld-20", "wasm-ld-18"];
    names
        .into_iter()
        .find(|name| cmd!(sh, "{name} --version").quiet().ignore_stdout().ignore_stderr().run().is_ok())
        .map(Into::into)
}

fn cargo_home() -> PathBuf {
    let home = || env::home_dir().unwrap_or_default().join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}
