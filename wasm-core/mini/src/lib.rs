//! The core for mini-programs (WeChat, Alipay): a C ABI that imports nothing, exports only its
//! memory and functions, and keeps to the first version of WebAssembly.
//!
//! | Export | Meaning |
//! |---|---|
//! | `memory` | The module's memory. Its buffer is replaced when it grows: make a new view after every call. |
//! | `anxin_input(len) -> ptr` | Makes room for `len` bytes of input. 0 when that is more than is read, or than there is memory for. |
//! | `anxin_load() -> len` | Takes the input as a rule pack. Replies `{"loaded":{…}}` or `{"refused":{…}}`. |
//! | `anxin_dispatch() -> len` | Takes the input as a request in JSON. Replies with the same bytes as every other build of the core. |
//! | `anxin_output() -> ptr` | Where the reply begins whose length the last call returned. It stays until the next call. |
//!
//! The module owns both buffers: no caller can free twice, forget to free, or have bytes read that
//! it was not given. So nothing here is unsafe beyond the names of the exports.

mod host;

use std::cell::RefCell;
use std::ptr;

use host::Host;

thread_local! {
    static HOST: RefCell<Host> = RefCell::default();
}

/// Runs `work` on the module's state. No export calls another, so that the state is always free.
fn with_host<T>(otherwise: T, work: impl FnOnce(&mut Host) -> T) -> T {
    HOST.with(|host| host.try_borrow_mut().map_or(otherwise, |mut host| work(&mut host)))
}

/// Names that the linker must keep. `no_mangle` counts as unsafe because two symbols of one name
/// would clash; these begin with the project's name, and no crate that is linked in has such.
#[allow(unsafe_code)]
mod exports {
    use super::*;

    /// Room for `len` bytes of input, or null.
    #[unsafe(no_mangle)]
    pub extern "C" fn anxin_input(len: usize) -> *mut u8 {
        with_host(ptr::null_mut(), |host| host.room(len).map_or(ptr::null_mut(), <[u8]>::as_mut_ptr))
    }

    /// Loads the input as a rule pack. Returns the length of the reply.
    #[unsafe(no_mangle)]
    pub extern "C" fn anxin_load() -> usize {
        with_host(0, Host::load)
    }

    /// Answers the input as a request. Returns the length of the reply.
    #[unsafe(no_mangle)]
    pub extern "C" fn anxin_dispatch() -> usize {
        with_host(0, Host::dispatch)
    }

    /// Where the last reply begins.
    #[unsafe(no_mangle)]
    pub extern "C" fn anxin_output() -> *const u8 {
        with_host(ptr::null(), |host| host.output().as_ptr())
    }
}

pub use exports::{anxin_dispatch, anxin_input, anxin_load, anxin_output};
