//! The committed declarations are those of the Rust types.

use anxin_tests::declarations;
use expect_test::expect_file;

#[test]
fn the_declarations_are_fresh() {
    expect_file!["../../wasm-core/bindings/types.d.ts"].assert_eq(&declarations::all());
}

#[test]
fn an_input_may_leave_out_what_has_a_default() {
    let all = declarations::all();
    for expected in ["person?: Person", "region: string", "scheme: Scheme", "estimate"] {
        assert!(all.contains(expected), "{expected} is not in\n{all}");
    }
}
