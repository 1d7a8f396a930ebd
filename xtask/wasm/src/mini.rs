//! What a module must be for the engines inside WeChat and Alipay: the first version of
//! WebAssembly, nothing imported, no exported globals (iOS refuses them), and small.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail, ensure};
use clap::Parser as Args_;
use wasmparser::{ExternalKind, Parser, Payload, Validator, WasmFeatures};

use crate::shrink;

#[derive(Args_)]
pub struct Args {
    module: PathBuf,
    /// Most bytes after Brotli.
    #[arg(long)]
    limit: usize,
    /// Every export that there must be, and no other.
    #[arg(long, value_delimiter = ',')]
    exports: Vec<String>,
}

pub fn run(args: &Args) -> Result<()> {
    let bytes = fs::read(&args.module)?;
    check(&bytes, &args.exports)?;
    let packed = shrink::brotli(&bytes)?;
    fs::write(shrink::twin(&args.module), &packed)?;
    println!("mini module: {} bytes, {} after Brotli (limit {})", bytes.len(), packed.len(), args.limit);
    ensure!(packed.len() <= args.limit, "the mini module has {} bytes after Brotli, over {}", packed.len(), args.limit);
    Ok(())
}

fn check(module: &[u8], exports: &[String]) -> Result<()> {
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) if imports.count() > 0 => {
                bail!("the module imports {} things; a mini-program has none to give", imports.count());
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    let allowed = matches!(export.kind, ExternalKind::Func | ExternalKind::Memory);
                    ensure!(allowed, "the module exports {:?} {:?}; iOS refuses it", export.kind, export.name);
                    found.push(export.name.to_owned());
                }
            }
            _ => {}
        }
    }
    found.sort();
    let mut expected = exports.to_vec();
    expected.sort();
    ensure!(found == expected, "the module exports {found:?}, and not {expected:?}");
    Validator::new_with_features(WasmFeatures::MVP)
        .validate_all(module)
        .map_err(|e| anyhow::anyhow!("the module needs more than the first WebAssembly: {e}"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";

    fn refused(sections: &[u8], exports: &[&str], why: &str) {
        let module = [HEAD, sections].concat();
        let exports: Vec<String> = exports.iter().map(|e| (*e).to_owned()).collect();
        let error = check(&module, &exports).expect_err(why).to_string();
        assert!(error.contains(why), "{error}");
    }

    #[test]
    fn every_gate_of_a_module_closes() {
        assert!(check(HEAD, &[]).is_ok());
        // A memory imported as "m" "m".
        refused(b"\x02\x08\x01\x01m\x01m\x02\x00\x00", &[], "imports");
        // An immutable i32 global, exported as "g".
        refused(b"\x06\x06\x01\x7f\x00\x41\x00\x0b\x07\x05\x01\x01g\x03\x00", &["g"], "iOS refuses");
        // A memory exported under a name that nobody asked for.
        refused(b"\x05\x03\x01\x00\x00\x07\x05\x01\x01m\x02\x00", &[], "and not");
        // A function of type () -> () with i32.const 0, i32.extend8_s, drop: sign extension came later.
        let sign = b"\x01\x04\x01\x60\x00\x00\x03\x02\x01\x00\x0a\x08\x01\x06\x00\x41\x00\xc0\x1a\x0b";
        refused(sign, &[], "more than the first");
    }
}
