// The mini-program module behind its C ABI; see wasm-core/mini for what the exports mean.

export class Mini {
  #exports;

  constructor(wasm) {
    this.#exports = new WebAssembly.Instance(new WebAssembly.Module(wasm), {}).exports;
  }

  /** Loads a rule pack. Throws when it is refused. */
  load(pack) {
    const reply = JSON.parse(new TextDecoder().decode(this.#call("anxin_load", pack)));
    if (!reply.loaded) throw new Error(`pack refused: ${JSON.stringify(reply)}`);
    return reply.loaded;
  }

  /** Answers a request, bytes for bytes. */
  dispatch(request) {
    return this.#call("anxin_dispatch", request);
  }

  #call(name, input) {
    const at = this.#exports.anxin_input(input.length);
    if (at === 0) throw new RangeError(`no room for ${input.length} bytes of input`);
    new Uint8Array(this.#exports.memory.buffer, at, input.length).set(input);
    const length = this.#exports[name]();
    return new Uint8Array(this.#exports.memory.buffer, this.#exports.anxin_output(), length).slice();
  }
}
