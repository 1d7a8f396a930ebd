// Where rule packs come from: the code package, a data module, or a server with a copy kept on the device.

import { fromBase64, toBase64 } from "./base64";
import { failure } from "./errors";
import type { PackBytes } from "./module";
import { host, type FileSystem } from "./platform";
import { Http } from "./request";

/**
 * A pack as base64 (`require("anxin-miniprogram/packs/441500")`), its bytes, a data module in the code package
 * (`{ wasm: "/…/drg-chs-drg-1.1.wasm.br" }`), or an address (`{ url: "https://…/packs/drg/names", cache: "drg-names" }`).
 */
export type PackSource = string | ArrayBuffer | { wasm: string } | { url: string; cache?: string };

/** Bytes to load now; `again` fetches them anew when the kept copy turns out to be damaged. */
export interface FoundPack {
  bytes: PackBytes;
  again?: () => Promise<PackBytes>;
}

export async function findPack(source: PackSource): Promise<FoundPack> {
  if (typeof source === "string") {
    const bytes = fromBase64(source);
    if (!bytes) throw failure("AX8006", "base64");
    return { bytes };
  }
  // A buffer may come from another realm, where `instanceof` says no.
  if ("byteLength" in source) return { bytes: new Uint8Array(source) };
  if ("wasm" in source) return { bytes: source };
  return fetched(source.url, source.cache);
}

interface Kept {
  etag: string;
  bytes: Uint8Array;
}

async function fetched(url: string, cache: string | undefined): Promise<FoundPack> {
  const kept = cache === undefined ? undefined : await read(cache);
  const fresh = async (etag: string): Promise<Kept | undefined> => {
    const headers: { [name: string]: string } = etag ? { "if-none-match": etag } : {};
    const answer = await new Http({ base: "" }).send({ method: "GET", path: url, binary: true, headers });
    if (answer.status === 304) return undefined;
    if (!answer.bytes) throw failure("AX8006", url);
    const made = { etag: answer.headers["etag"] || "", bytes: new Uint8Array(answer.bytes) };
    if (cache !== undefined) await write(cache, made);
    return made;
  };
  try {
    const now = await fresh(kept ? kept.etag : "");
    if (now) return { bytes: now.bytes };
  } catch (error) {
    // Without a network the kept copy has to do. The core checks its digest either way.
    if (!kept) throw failure("AX8006", error);
  }
  const again = async (): Promise<PackBytes> => {
    const anew = await fresh("");
    if (!anew) throw failure("AX8006", url);
    return anew.bytes;
  };
  return kept ? { bytes: kept.bytes, again } : { bytes: await again() };
}

function place(cache: string): { files: FileSystem; filePath: string } | undefined {
  const platform = host();
  const folder = platform.env && platform.env.USER_DATA_PATH;
  if (!platform.getFileSystemManager || !folder) return undefined;
  return { files: platform.getFileSystemManager(), filePath: `${folder}/anxin-${cache.replace(/[^a-z0-9.-]/gi, "_")}` };
}

/** As text: simulators have damaged bytes. */
function read(cache: string): Promise<Kept | undefined> {
  return new Promise((resolve) => {
    const at = place(cache);
    if (!at) {
      resolve(undefined);
      return;
    }
    const success = (result: { data: string }) => {
      // Alipay reports an error by calling `success` without data.
      const text = result && typeof result.data === "string" ? result.data : "";
      const end = text.indexOf("\n");
      const bytes = end < 0 ? undefined : fromBase64(text.slice(end + 1));
      resolve(bytes && { etag: text.slice(0, end), bytes });
    };
    at.files.readFile({ filePath: at.filePath, encoding: "utf8", success, fail: () => resolve(undefined) });
  });
}

/** What cannot be kept is fetched again next time. */
function write(cache: string, kept: Kept): Promise<void> {
  return new Promise((resolve) => {
    const at = place(cache);
    if (!at) {
      resolve();
      return;
    }
    const data = `${kept.etag}\n${toBase64(kept.bytes)}`;
    at.files.writeFile({ filePath: at.filePath, data, encoding: "utf8", success: () => resolve(), fail: () => resolve() });
  });
}
