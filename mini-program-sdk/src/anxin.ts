// What a mini-program calls.

import type {
  Answer, AreaName, Call, Case, Compared, DipAnswer, DipCase, FamilyAnswer, FamilyCase, GroupAnswer, GroupCase, PackHeader,
  ReceiptAnswer, ReceiptCase, RegionOut, RefusalOut, SchemeOut, YearAnswer,
} from "./core";
import { Engine, refusal, type ModuleOptions } from "./engine";
import { AnxinError, failure } from "./errors";
import { platformName, type Entropy } from "./platform";
import type { PackSource } from "./supply";
import { Http, type HttpOptions } from "./request";
import { ServerDoor, type ServerOptions } from "./server";

export interface InitOptions {
  /** Absolute path of the module inside the code package. */
  wasmPath?: string;
  packs?: PackSource[];
  /** The larger module, for grouping and family accounts. Opened when one of them is first asked for. */
  grouping?: ModuleOptions;
  /** The Worker's script, for platforms whose modules run only there. */
  workerPath?: string;
  /** The server that may answer where the device cannot. */
  server?: ServerOptions;
  /** Random bytes, where the platform gives none by itself. Nothing else is ever used for keys. */
  entropy?: Entropy;
  /** Longest time for opening a module and for each answer of a Worker, in milliseconds. */
  timeoutMs?: number;
  /** Language of titles, formulas and messages; Chinese when left out. */
  lang?: "zh" | "en";
}

export type Backend = "platform" | "worker" | "server";

const CALLS_OF_THE_LARGER = ["group", "group_dip", "group_table", "forecast_dip", "schemes", "prices", "search", "family", "family_areas", "receipt"];

/** Where 构建 npm puts the package. Alipay's developer tools do not unpack Brotli in every version. */
function usualPath(): string {
  return platformName() === "alipay" ? "/node_modules/anxin-miniprogram/miniprogram_dist/anxin.wasm" : "/miniprogram_npm/anxin-miniprogram/anxin.wasm.br";
}

/** Failures of the device; a refusal of the core would be the same on a server. */
function ofTheDevice(error: unknown): boolean {
  return error instanceof AnxinError && ["AX8001", "AX8002", "AX8003", "AX8005"].indexOf(error.code) >= 0;
}

export class Anxin {
  readonly lang: "zh" | "en";
  private readonly options: InitOptions;
  private readonly small: Engine;
  private readonly large: Engine;
  private readonly server: ServerDoor | undefined;
  /** What answers estimates. */
  backend: Backend = "platform";

  /** Use [`init`]: it waits until everything is loaded. */
  constructor(options: InitOptions) {
    this.options = options;
    this.lang = options.lang || "zh";
    const means = { workerPath: options.workerPath, timeoutMs: options.timeoutMs || 8000 };
    this.small = new Engine({ wasmPath: options.wasmPath || usualPath(), packs: options.packs || [] }, means);
    this.large = options.grouping ? new Engine(options.grouping, means) : this.small;
    this.server = options.server && new ServerDoor(options.server);
  }

  async start(): Promise<this> {
    try {
      this.backend = (await this.small.ready()).backend;
    } catch (error) {
      if (!this.server || !ofTheDevice(error)) throw error;
      this.backend = "server";
    }
    return this;
  }

  /** Headers of the packs that are loaded. */
  get packs(): PackHeader[] {
    return this.large === this.small ? this.small.packs : this.small.packs.concat(this.large.packs);
  }

  estimate(input: Case): Promise<Answer> {
    return this.reply<Answer>({ estimate: input });
  }

  /** Up to four situations beside each other. */
  compare(cases: Case[]): Promise<Compared> {
    return this.reply<Compared>({ compare: cases });
  }

  /** Visits of one year in order. */
  year(cases: Case[]): Promise<YearAnswer> {
    return this.reply<YearAnswer>({ year: cases });
  }

  regions(): Promise<RegionOut[]> {
    return this.reply<RegionOut[]>({ regions: {} } as Call);
  }

  /** The DRG of a discharge, and why. */
  group(input: GroupCase): Promise<GroupAnswer> {
    return this.reply<GroupAnswer>({ group: input });
  }

  /** The group of a stay by a DIP catalogue, and why. */
  groupDip(input: DipCase): Promise<DipAnswer> {
    return this.reply<DipAnswer>({ group_dip: input });
  }

  schemes(): Promise<SchemeOut[]> {
    return this.reply<SchemeOut[]>({ schemes: {} } as Call);
  }

  /** Who may share a personal account, how much, and what happens then. A preview: nothing is moved. */
  family(input: FamilyCase): Promise<FamilyAnswer> {
    return this.reply<FamilyAnswer>({ family: input });
  }

  familyAreas(): Promise<AreaName[]> {
    return this.reply<AreaName[]>({ family_areas: {} } as Call);
  }

  /**
   * Whether a receipt of the wallet leads to the root that it names, and whether the key that it names signed that root (SM2),
   * worked out on the device. Whose key it is, only its number says: hold `key` against the number that the area publishes.
   */
  receipt(input: ReceiptCase): Promise<ReceiptAnswer> {
    const { entry, line, leaf, size, root, path, signed } = input;
    const known: ReceiptCase = { entry, leaf, size, root, path };
    if (line) known.line = line;
    if (signed) {
      const { shard, signed_at, key, public_key, signature } = signed;
      known.signed = { shard, signed_at, key, signature };
      if (public_key) known.signed.public_key = public_key;
    }
    return this.reply<ReceiptAnswer>({ receipt: known });
  }

  /** Requests to a server, with this object's source of randomness. */
  http(options: HttpOptions): Http {
    return new Http(Object.assign(this.options.entropy ? { entropy: this.options.entropy } : {}, options));
  }

  /** A request of the core as JSON, and its reply as JSON. Never leaves the device. */
  exchange(request: string, larger = false): Promise<string> {
    return (larger ? this.large : this.small).dispatch(request);
  }

  private async reply<T>(call: Call): Promise<T> {
    const name = Object.keys(call)[0] as string;
    const text = await this.answer(name, call);
    let reply: { [name: string]: T } & { refused?: RefusalOut };
    try {
      reply = JSON.parse(text);
    } catch (error) {
      throw failure("AX8014", error);
    }
    if (reply.refused) throw refusal(reply.refused);
    if (reply[name] === undefined) throw failure("AX8014", name);
    return reply[name] as T;
  }

  private async answer(name: string, call: Call): Promise<string> {
    try {
      return await this.exchange(JSON.stringify({ call, lang: this.lang }), CALLS_OF_THE_LARGER.indexOf(name) >= 0);
    } catch (error) {
      if (!this.server || !ofTheDevice(error)) throw error;
      return this.server.dispatch(call, this.lang);
    }
  }
}

let shared: Promise<Anxin> | undefined;

/**
 * Opens the module and loads its packs, once: every caller gets the same promise, whatever options it brings. A failure is
 * not kept, so that calling again tries again.
 */
export function init(options: InitOptions = {}): Promise<Anxin> {
  if (!shared) {
    const starting = new Anxin(options).start();
    shared = starting;
    starting.catch(() => {
      if (shared === starting) shared = undefined;
    });
  }
  return shared;
}

/** Lets go of what `init` made; the next `init` begins from nothing. */
export function reset(): void {
  shared = undefined;
}
