// What the platforms offer, each under its own names. Looked up when it is needed: a platform may add to its globals late.

import { failure } from "./errors";

/** `WXWebAssembly` and `MYWebAssembly`: a path inside the code package, never bytes. */
export interface WasmNamespace {
  instantiate(path: string, imports: object): Promise<unknown>;
}

export interface WorkerHandle {
  postMessage(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
  terminate(): void;
}

type Callbacks<T> = { success?: (result: T) => void; fail?: (error: unknown) => void };

export interface FileSystem {
  readFile(options: { filePath: string; encoding: string } & Callbacks<{ data: string }>): void;
  writeFile(options: { filePath: string; data: string; encoding: string } & Callbacks<unknown>): void;
}

export interface HttpResult {
  statusCode?: number;
  status?: number;
  header?: { [name: string]: string };
  headers?: { [name: string]: string };
  data: unknown;
}

/** The part of `wx` and `my` that is used here. */
export interface Host {
  createWorker?(path: string): WorkerHandle;
  request?(options: object & Callbacks<HttpResult>): { abort?: () => void } | void;
  getRandomValues?(options: { length: number } & Callbacks<{ randomValues: ArrayBuffer }>): void;
  getFileSystemManager?(): FileSystem;
  env?: { USER_DATA_PATH?: string };
  setVisualEffectOnCapture?(options: { visualEffect: string } & Callbacks<unknown>): void;
  getScreenBrightness?(options: Callbacks<{ value?: number; brightness?: number }>): void;
  setScreenBrightness?(options: { value?: number; brightness?: number } & Callbacks<unknown>): void;
}

declare const wx: Host | undefined;
declare const my: Host | undefined;
declare const WXWebAssembly: WasmNamespace | undefined;
declare const MYWebAssembly: WasmNamespace | undefined;

export type PlatformName = "wechat" | "alipay" | "other";

export function platformName(): PlatformName {
  if (typeof wx !== "undefined" && wx) return "wechat";
  return typeof my !== "undefined" && my ? "alipay" : "other";
}

export function host(): Host {
  if (typeof wx !== "undefined" && wx) return wx;
  return (typeof my !== "undefined" && my) || {};
}

export function wasmNamespace(): WasmNamespace | undefined {
  if (typeof WXWebAssembly !== "undefined" && WXWebAssembly) return WXWebAssembly;
  return typeof MYWebAssembly !== "undefined" && MYWebAssembly ? MYWebAssembly : undefined;
}

export type Entropy = (bytes: number) => Promise<ArrayBuffer>;

/** The platform's own source of randomness. There is no other: `Math.random` makes no keys. */
export function platformEntropy(bytes: number): Promise<ArrayBuffer> {
  const from = host();
  return new Promise((resolve, reject) => {
    if (!from.getRandomValues) {
      reject(failure("AX8011"));
      return;
    }
    from.getRandomValues({
      length: bytes,
      success: (result) => resolve(result.randomValues),
      fail: (error) => reject(failure("AX8011", error)),
    });
  });
}

/** Rejects with `late` when `work` takes longer. */
export function within<T>(milliseconds: number, work: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), milliseconds);
    const end = <A>(settle: (value: A) => void) => (value: A) => {
      clearTimeout(timer);
      settle(value);
    };
    work.then(end(resolve), end(reject));
  });
}
