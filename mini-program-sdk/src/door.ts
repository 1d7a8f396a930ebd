// The core's door on this device: a module of the platform, or one in a Worker.

import { fromBase64, toBase64 } from "./base64";
import { AnxinError, failure } from "./errors";
import { CoreModule, type PackBytes } from "./module";
import { host, within, type WasmNamespace, type WorkerHandle } from "./platform";

export interface Door {
  readonly backend: "platform" | "worker";
  load(pack: PackBytes): Promise<string>;
  dispatch(request: string): Promise<string>;
}

export async function platformDoor(wasm: WasmNamespace, path: string): Promise<Door> {
  const core = await CoreModule.open(wasm, path);
  return {
    backend: "platform",
    load: (pack) => core.load(pack),
    dispatch: async (request) => core.dispatch(request),
  };
}

/** What is sent to the Worker. Bytes go as base64. */
export interface Asked {
  id: number;
  op: "open" | "load" | "dispatch";
  path: string;
  pack?: string;
  packPath?: string;
  request?: string;
}

/** What comes back. */
export interface Told {
  id: number;
  reply?: string;
  code?: string;
  reason?: string;
}

class Link {
  private readonly worker: WorkerHandle;
  private readonly patienceMs: number;
  private readonly waiting = new Map<number, [(reply: string) => void, (error: Error) => void]>();
  private last = 0;

  constructor(worker: WorkerHandle, patienceMs: number) {
    this.worker = worker;
    this.patienceMs = patienceMs;
    worker.onMessage((message) => this.settle(message));
  }

  ask(asked: Pick<Asked, "op" | "path"> & Partial<Asked>): Promise<string> {
    const id = ++this.last;
    const answer = new Promise<string>((resolve, reject) => {
      this.waiting.set(id, [resolve, reject]);
      this.worker.postMessage(Object.assign({ id }, asked));
    });
    // Platforms end Workers in the background without telling those who wait.
    return within(this.patienceMs, answer, () => {
      this.waiting.delete(id);
      dropWorker(this);
      return failure("AX8005", "no answer");
    });
  }

  end(): void {
    this.worker.terminate();
  }

  /** Alipay wraps what it was given once more. */
  private settle(message: unknown): void {
    const outer = message as Told & { data?: Told };
    const told = outer.data || outer;
    const waiting = this.waiting.get(told.id);
    if (!waiting) return;
    this.waiting.delete(told.id);
    const [resolve, reject] = waiting;
    if (told.reply !== undefined) resolve(told.reply);
    else if (told.code === "AX8004" || told.code === "AX8006") reject(failure(told.code, told.reason));
    else reject(failure("AX8005", told.reason));
  }
}

/** WeChat allows one Worker at a time: all modules share it. */
let link: { path: string; link: Link } | undefined;

/** Ends the Worker, so that the next door starts another; unless another was started already. */
export function dropWorker(only?: object): void {
  if (!link || (only && link.link !== only)) return;
  link.link.end();
  link = undefined;
}

function linked(workerPath: string, patienceMs: number): Link {
  if (link && link.path === workerPath) return link.link;
  const platform = host();
  if (!platform.createWorker) throw failure("AX8005", "createWorker");
  dropWorker();
  const made = new Link(platform.createWorker(workerPath), patienceMs);
  link = { path: workerPath, link: made };
  return made;
}

export async function workerDoor(workerPath: string, path: string, patienceMs: number): Promise<Door> {
  const to = linked(workerPath, patienceMs);
  await to.ask({ op: "open", path });
  return {
    backend: "worker",
    load: (pack) =>
      pack instanceof Uint8Array
        ? to.ask({ op: "load", path, pack: toBase64(pack) })
        : to.ask({ op: "load", path, packPath: pack.wasm }),
    dispatch: (request) => to.ask({ op: "dispatch", path, request }),
  };
}

/** The Worker's side: answers each message with one. */
export function attendant(wasm: WasmNamespace | undefined, post: (told: Told) => void): (asked: Asked) => Promise<void> {
  const cores = new Map<string, CoreModule>();
  const answer = async (asked: Asked): Promise<string> => {
    if (asked.op === "open") {
      if (!wasm) throw failure("AX8001");
      cores.set(asked.path, await CoreModule.open(wasm, asked.path));
      return "";
    }
    const core = cores.get(asked.path);
    if (!core) throw failure("AX8005", `${asked.path} was not opened`);
    if (asked.op === "dispatch") return core.dispatch(asked.request || "");
    const pack = asked.packPath ? { wasm: asked.packPath } : fromBase64(asked.pack || "");
    if (!pack) throw failure("AX8006", "base64");
    return core.load(pack);
  };
  return async (asked) => {
    try {
      post({ id: asked.id, reply: await answer(asked) });
    } catch (error) {
      const failed = error instanceof AnxinError ? error : failure("AX8005", error);
      post({ id: asked.id, code: failed.code, reason: failed.reason || failed.message });
    }
  };
}
