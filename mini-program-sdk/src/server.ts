// The last resort: a server answers for a device that cannot calculate. Somebody is asked before anything is sent.

import type { Call } from "./core";
import { failure } from "./errors";
import { Http, type HttpOptions } from "./request";

/** What the person is asked: `text` says it in Chinese. */
export interface FallbackQuestion {
  /** `estimate`, `compare`, `year`, `family`, or a grouping. */
  call: string;
  text: string;
}

export interface ServerOptions extends HttpOptions {
  /** Asks the person. Without a yes nothing is sent. */
  ask: (question: FallbackQuestion) => boolean | Promise<boolean>;
  /** Records of a stay are medical data: they are sent only where this is set, and the person is asked each time. */
  grouping?: boolean;
}

const GROUPINGS = ["group", "group_dip"];

/** Where each call is answered, and how its input is written there. */
function address(call: Call, lang: string): { method: "GET" | "POST"; path: string; body?: unknown } | undefined {
  const query = `?lang=${lang}`;
  if ("estimate" in call) return { method: "POST", path: `/api/v1/estimates${query}`, body: call.estimate };
  if ("compare" in call) return { method: "POST", path: `/api/v1/estimates/compare${query}`, body: call.compare };
  if ("year" in call) return { method: "POST", path: `/api/v1/estimates/year${query}`, body: call.year };
  if ("family" in call) return { method: "POST", path: `/api/v1/family/previews${query}`, body: call.family };
  if ("group" in call) return { method: "POST", path: `/api/v1/groupings${query}`, body: { case: call.group } };
  if ("group_dip" in call) return { method: "POST", path: `/api/v1/groupings${query}`, body: { case: call.group_dip } };
  if ("regions" in call) return { method: "GET", path: `/api/v1/regions${query}` };
  if ("family_areas" in call) return { method: "GET", path: `/api/v1/family/areas${query}` };
  if ("schemes" in call) return { method: "GET", path: `/api/v1/schemes${query}` };
  return undefined;
}

export class ServerDoor {
  private readonly options: ServerOptions;
  private readonly http: Http;
  /** Calls that the person has agreed to since the start. A grouping is never among them. */
  private readonly agreed = new Set<string>();

  constructor(options: ServerOptions) {
    this.options = options;
    this.http = new Http(options);
  }

  async dispatch(call: Call, lang: string): Promise<string> {
    const name = Object.keys(call)[0] as string;
    const to = address(call, lang);
    const grouping = GROUPINGS.indexOf(name) >= 0;
    if (!to || (grouping && !this.options.grouping)) throw failure("AX8008", name);
    if (to.method === "POST") await this.consent(name, grouping);
    // An answer that is computed and not kept: asking twice does no harm, but sends the data twice.
    return (await this.http.send(to)).text;
  }

  private async consent(call: string, grouping: boolean): Promise<void> {
    if (this.agreed.has(call)) return;
    const what = grouping ? "病案首页数据（诊断、手术等）" : "填写的就诊和费用信息";
    const text = `这台设备不能在本机计算。是否把${what}发送到服务器计算？服务器不保存这些内容。`;
    if (!(await this.options.ask({ call, text }))) throw failure("AX8007", call);
    if (!grouping) this.agreed.add(call);
  }
}
