// The core's module behind its C ABI. Runs on the logic layer and in a Worker alike.

import { AnxinError, failure, told } from "./errors";
import type { WasmNamespace } from "./platform";
import { decode, encode } from "./utf8";

interface Memory {
  buffer: ArrayBuffer;
}

interface CoreExports {
  memory: Memory;
  anxin_input(length: number): number;
  anxin_load(): number;
  anxin_dispatch(): number;
  anxin_output(): number;
}

/** A pack as the module takes it: its bytes, or the path of a data module that holds them. */
export type PackBytes = Uint8Array | { wasm: string };

/** Platforms resolve to the instance, or to an object that has it. */
async function instantiate<T>(wasm: WasmNamespace, path: string): Promise<T> {
  const made = (await wasm.instantiate(path, {})) as { exports?: T; instance?: { exports: T } };
  const exports = made && (made.instance ? made.instance.exports : made.exports);
  if (!exports) throw failure("AX8002", "instantiate gave no exports");
  return exports;
}

export class CoreModule {
  private readonly wasm: WasmNamespace;
  private readonly exports: CoreExports;
  /** A module that has trapped may hold anything: nothing is asked of it any more. */
  private broken = false;

  private constructor(wasm: WasmNamespace, exports: CoreExports) {
    this.wasm = wasm;
    this.exports = exports;
  }

  static async open(wasm: WasmNamespace, path: string): Promise<CoreModule> {
    const exports = await instantiate<CoreExports>(wasm, path);
    if (!exports.memory || !exports.anxin_dispatch) throw failure("AX8002", `${path} is not a module of the core`);
    return new CoreModule(wasm, exports);
  }

  /** The reply to a pack, as JSON. */
  async load(pack: PackBytes): Promise<string> {
    const bytes = pack instanceof Uint8Array ? pack : await this.unpack(pack.wasm);
    return this.call("anxin_load", bytes);
  }

  /** The reply to a request, as JSON. */
  dispatch(request: string): string {
    return this.call("anxin_dispatch", encode(request));
  }

  /** A data module has no code: its memory holds the pack's length in four bytes, low byte first, and then the pack. */
  private async unpack(path: string): Promise<Uint8Array> {
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array((await instantiate<{ memory: Memory }>(this.wasm, path)).memory.buffer);
    } catch (error) {
      throw failure("AX8006", error);
    }
    const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(0, 4);
    return bytes.slice(4, 4 + (a | (b << 8) | (c << 16) | (d << 24)));
  }

  private call(name: "anxin_load" | "anxin_dispatch", input: Uint8Array): string {
    if (this.broken) throw failure("AX8004");
    try {
      const at = this.exports.anxin_input(input.length);
      if (at === 0) throw new AnxinError("AX1002", "输入太大。", { accepted: `${input.length}` });
      // The memory's buffer is replaced when it grows, so every look at it makes a new view.
      new Uint8Array(this.exports.memory.buffer, at, input.length).set(input);
      const length = this.exports[name]();
      return decode(new Uint8Array(this.exports.memory.buffer, this.exports.anxin_output(), length));
    } catch (error) {
      if (error instanceof AnxinError) throw error;
      this.broken = true;
      throw failure("AX8004", told(error));
    }
  }
}
