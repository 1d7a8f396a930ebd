// Refusals and failures under stable codes. AX10xx are the core's, AX3xxx and AX9xxx the server's, AX80xx this package's.

/** Codes of what goes wrong on the platform, with what happened and what can be done. A code never changes its meaning. */
const OWN = {
  AX8001: ["这个平台不能在本机计算", "请升级微信（基础库 2.14.0 以上）或支付宝客户端（10.5.60 以上）；也可以在 init 里配置 server。"],
  AX8002: ["计算模块无法启动", "请检查 wasmPath 是否为代码包内的绝对路径，并确认 .wasm 文件已随代码包上传。"],
  AX8003: ["计算模块启动超时", "请稍后重试；可用 timeoutMs 放宽时限。"],
  AX8004: ["计算模块意外停止", "下一次调用会自动重新启动；如反复出现，请报告所用的输入。"],
  AX8005: ["Worker 无法使用", "请检查 workerPath，并在 app.json 里声明 workers 目录。"],
  AX8006: ["规则包无法读取", "请检查 packs 里的路径或网址。"],
  AX8007: ["用户不同意发送到服务器", "未发送任何数据；可改在支持本机计算的设备上试算。"],
  AX8008: ["服务器不能代为计算这一项", "分组默认不发送到服务器；确需发送时请设置 server.grouping。"],
  AX8009: ["网络请求失败", "请检查网络，并确认域名已加入小程序后台的 request 合法域名。"],
  AX8010: ["网络请求超时", "结果可能尚未确定：涉及资金的请求请用同一个 Idempotency-Key 重试。"],
  AX8011: ["没有可用的随机数来源", "请升级到微信基础库 2.15.0 以上，或在 init 里提供 entropy。"],
  AX8012: ["服务器的答复无法读取", "请检查 server.url 是否指向安心服务的地址。"],
  AX8013: ["金额无法识别", "请输入元为单位的数字，最多两位小数，例如 1234.50。"],
  AX8014: ["计算模块的答复不完整", "请确认 JS 文件与 .wasm 文件来自同一版本。"],
} as const;

export type OwnCode = keyof typeof OWN;
export const OWN_CODES = Object.keys(OWN) as OwnCode[];

/** What every promise of this package is rejected with. */
export class AnxinError extends Error {
  /** Stable, for programs. */
  readonly code: string;
  /** What can be done, in Chinese; empty where the message says it all. */
  readonly hint: string;
  /** Path of the field that was refused; empty for the whole input. */
  readonly field: string;
  /** What the core would take, in a form that depends on the code. */
  readonly accepted: string;
  /** The failure behind it, as the platform told it. */
  readonly reason: string;
  /** Status of the server's answer, where there was one. */
  readonly status: number;
  /** The Idempotency-Key that was sent: ask again with the same one. */
  readonly key: string;

  constructor(code: string, message: string, more: Partial<Pick<AnxinError, "hint" | "field" | "accepted" | "reason" | "status" | "key">> = {}) {
    super(message);
    Object.setPrototypeOf(this, AnxinError.prototype);
    this.name = "AnxinError";
    this.code = code;
    this.hint = more.hint || "";
    this.field = more.field || "";
    this.accepted = more.accepted || "";
    this.reason = more.reason || "";
    this.status = more.status || 0;
    this.key = more.key || "";
  }
}

/** One of this package's own failures. */
export function failure(code: OwnCode, cause?: unknown, key = ""): AnxinError {
  const [message, hint] = OWN[code];
  return new AnxinError(code, `${message}。`, { hint, key, reason: cause === undefined ? "" : told(cause) });
}

/** Platforms fail with errors, with texts, and with objects that have `errMsg` or `errorMessage`. */
export function told(cause: unknown): string {
  if (typeof cause === "string") return cause;
  const fields = (cause || {}) as { message?: unknown; errMsg?: unknown; errorMessage?: unknown };
  for (const text of [fields.message, fields.errMsg, fields.errorMessage]) if (typeof text === "string") return text;
  return String(cause);
}
