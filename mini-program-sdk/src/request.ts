// `wx.request` and `my.request` as one: time limits, stable errors, keys for what moves money, and repeats only where safe.

import { AnxinError, failure } from "./errors";
import { host, platformEntropy, platformName, within, type Entropy, type HttpResult } from "./platform";

export interface HttpOptions {
  /** Address of the server, without a slash at the end. Its host is among the legal domains of the mini-program. */
  base: string;
  /** Headers of every request, such as `authorization`; asked anew for each. */
  headers?: () => { [name: string]: string };
  timeoutMs?: number;
  /** How often a safe request is repeated. */
  retries?: number;
  entropy?: Entropy;
}

export interface Sending {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  body?: unknown;
  /** Goes as `Idempotency-Key`. Keep it before sending, and ask again with the same one when the outcome is not known. */
  key?: string;
  headers?: { [name: string]: string };
  /** Repeats this request by itself even though it writes: only where the server answers a key twice alike. */
  repeat?: boolean;
  /** The answer's body as bytes. */
  binary?: boolean;
}

export interface Answered {
  status: number;
  headers: { [name: string]: string };
  text: string;
  bytes?: ArrayBuffer;
}

/** No answer came, or one that says that it may come later. */
const LATER = [429, 502, 503, 504];
const FIRST_PAUSE_MS = 400;
const KEY_BYTES = 16;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

function lowered(headers: { [name: string]: string } | undefined): { [name: string]: string } {
  const all: { [name: string]: string } = {};
  for (const name of Object.keys(headers || {})) all[name.toLowerCase()] = (headers as { [name: string]: string })[name] as string;
  return all;
}

function answered(result: HttpResult, binary: boolean): Answered {
  const status = result.statusCode || result.status || 0;
  const headers = lowered(result.header || result.headers);
  if (binary && typeof result.data === "object") {
    return { status, headers, text: "", bytes: result.data as ArrayBuffer };
  }
  const text = typeof result.data === "string" ? result.data : JSON.stringify(result.data);
  return { status, headers, text };
}

export class Http {
  private readonly options: HttpOptions;

  constructor(options: HttpOptions) {
    this.options = options;
  }

  /** A new Idempotency-Key: 128 random bits of the platform in hexadecimal. */
  async newKey(): Promise<string> {
    const bytes = new Uint8Array(await (this.options.entropy || platformEntropy)(KEY_BYTES));
    if (bytes.length < KEY_BYTES) throw failure("AX8011", `${bytes.length} of ${KEY_BYTES} bytes`);
    let key = "";
    for (let i = 0; i < KEY_BYTES; i++) key += (0x100 + (bytes[i] as number)).toString(16).slice(1);
    return key;
  }

  async getJson<T>(path: string): Promise<T> {
    return parsed<T>(await this.send({ method: "GET", path }));
  }

  async postJson<T>(path: string, body: unknown, more: Pick<Sending, "key" | "repeat"> = {}): Promise<T> {
    return parsed<T>(await this.send(Object.assign({ method: "POST" as const, path, body }, more)));
  }

  /** Sends, repeats where that is safe, and rejects for every status from 400 on. */
  async send(sending: Sending): Promise<Answered> {
    const safe = sending.method === "GET" || (sending.repeat === true && sending.key !== undefined);
    const retries = safe ? this.options.retries === undefined ? 2 : this.options.retries : 0;
    for (let tried = 0; ; tried++) {
      const last = tried >= retries;
      try {
        const answer = await this.once(sending);
        if (last || LATER.indexOf(answer.status) < 0) return accepted(answer, sending);
      } catch (error) {
        const lost = error instanceof AnxinError && (error.code === "AX8009" || error.code === "AX8010");
        if (last || !lost) throw error;
      }
      await pause(FIRST_PAUSE_MS * Math.pow(2, tried));
    }
  }

  private once(sending: Sending): Promise<Answered> {
    const limit = this.options.timeoutMs || 10000;
    const key = sending.key || "";
    let task: { abort?: () => void } | void;
    const work = new Promise<Answered>((resolve, reject) => {
      const request = host().request;
      if (!request) {
        reject(failure("AX8009", "request", key));
        return;
      }
      const binary = sending.binary === true;
      const headers: { [name: string]: string } = Object.assign(
        sending.body === undefined ? {} : { "content-type": "application/json" },
        this.options.headers ? this.options.headers() : {},
        sending.headers,
        key ? { "Idempotency-Key": key } : {},
      );
      const alipay = platformName() === "alipay";
      const options = {
        url: this.options.base + sending.path,
        method: sending.method,
        data: sending.body === undefined ? undefined : JSON.stringify(sending.body),
        timeout: limit,
        dataType: binary && alipay ? "arraybuffer" : "text",
        responseType: binary ? "arraybuffer" : "text",
        success: (result: HttpResult) => resolve(answered(result, binary)),
        fail: (error: unknown) => {
          // Alipay calls every status from 400 on a failure.
          const refused = error as HttpResult;
          if (refused && (refused.status || 0) >= 400) resolve(answered(refused, false));
          else reject(failure(/time ?out|超时/i.test(JSON.stringify(error)) ? "AX8010" : "AX8009", error, key));
        },
      };
      task = request(Object.assign(options, alipay ? { headers } : { header: headers }));
    });
    // A platform that forgets its own time limit must not leave anybody waiting.
    return within(limit + 500, work, () => {
      if (task && task.abort) task.abort();
      return failure("AX8010", undefined, key);
    });
  }
}

function accepted(answer: Answered, sending: Sending): Answered {
  if (answer.status < 400) return answer;
  let problem: { code?: string; detail?: string; title?: string; field?: string; accepted?: string } = {};
  try {
    problem = JSON.parse(answer.text) || {};
  } catch (_) {
    // A gateway before the server answers in pages of its own.
  }
  if (!problem.code) throw new AnxinError("AX8012", failure("AX8012").message, { status: answer.status, hint: failure("AX8012").hint, key: sending.key || "" });
  throw new AnxinError(problem.code, problem.detail || problem.title || problem.code, {
    status: answer.status,
    field: problem.field || "",
    accepted: problem.accepted || "",
    key: sending.key || "",
  });
}

function parsed<T>(answer: Answered): T {
  try {
    return JSON.parse(answer.text) as T;
  } catch (error) {
    throw failure("AX8012", error);
  }
}
