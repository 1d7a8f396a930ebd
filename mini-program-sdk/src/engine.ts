// One module with its packs: opened by the first means that works, and opened again when it has stopped.

import type { PackHeader, RefusalOut } from "./core";
import { platformDoor, workerDoor, type Door } from "./door";
import { AnxinError, failure } from "./errors";
import { findPack, type PackSource } from "./supply";
import { wasmNamespace, within } from "./platform";

export interface ModuleOptions {
  /** Absolute path inside the code package. */
  wasmPath: string;
  packs: PackSource[];
}

export interface Means {
  /** The Worker's script, for platforms whose modules run only there. */
  workerPath?: string | undefined;
  /** For opening a module, and for each answer of a Worker. */
  timeoutMs: number;
}

export function refusal(out: RefusalOut): AnxinError {
  return new AnxinError(out.code, out.message || out.code, { field: out.field, accepted: out.accepted });
}

/** Twice: single failures on iOS have been reported that a second attempt did not meet. */
async function twice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (_) {
    return work();
  }
}

async function open(module: ModuleOptions, means: Means): Promise<Door> {
  const wasm = wasmNamespace();
  const workerPath = means.workerPath;
  const late = () => failure("AX8003");
  let failed: unknown = failure("AX8001");
  if (wasm) {
    try {
      return await twice(() => within(means.timeoutMs, platformDoor(wasm, module.wasmPath), late));
    } catch (error) {
      failed = error instanceof AnxinError ? error : failure("AX8002", error);
    }
  }
  if (workerPath !== undefined) {
    try {
      return await twice(() => workerDoor(workerPath, module.wasmPath, means.timeoutMs));
    } catch (error) {
      failed = error instanceof AnxinError ? error : failure("AX8005", error);
    }
  }
  throw failed;
}

async function load(door: Door, source: PackSource): Promise<PackHeader> {
  const found = await findPack(source);
  const first = JSON.parse(await door.load(found.bytes)) as { loaded?: PackHeader; refused?: RefusalOut };
  if (first.loaded) return first.loaded;
  if (!found.again) throw first.refused ? refusal(first.refused) : failure("AX8014");
  const second = JSON.parse(await door.load(await found.again())) as { loaded?: PackHeader; refused?: RefusalOut };
  if (second.loaded) return second.loaded;
  throw second.refused ? refusal(second.refused) : failure("AX8014");
}

export class Engine {
  private readonly module: ModuleOptions;
  private readonly means: Means;
  private door: Promise<Door> | undefined;
  /** Headers of the packs that are loaded. */
  packs: PackHeader[] = [];

  constructor(module: ModuleOptions, means: Means) {
    this.module = module;
    this.means = means;
  }

  /** Those who come while it opens wait for the same module; a failure is forgotten, so that the next call tries anew. */
  ready(): Promise<Door> {
    if (!this.door) {
      const opening = this.start();
      this.door = opening;
      opening.catch(() => this.forget(opening));
    }
    return this.door;
  }

  async dispatch(request: string): Promise<string> {
    const opened = this.ready();
    const door = await opened;
    try {
      return await door.dispatch(request);
    } catch (error) {
      const stopped = error instanceof AnxinError && (error.code === "AX8004" || error.code === "AX8005");
      if (stopped) this.forget(opened);
      throw error;
    }
  }

  private forget(opened: Promise<Door>): void {
    if (this.door === opened) this.door = undefined;
  }

  private async start(): Promise<Door> {
    const door = await open(this.module, this.means);
    const packs: PackHeader[] = [];
    for (const source of this.module.packs) packs.push(await load(door, source));
    this.packs = packs;
    return door;
  }
}
