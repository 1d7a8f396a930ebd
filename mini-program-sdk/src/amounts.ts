// Amounts in whole fen, without a fraction on the way: no figure is ever a float of yuan.

import { failure } from "./errors";

/** As the core has it: every whole number up to here is exact in JSON. */
export const FEN_MAX = 9007199254740991;

/** Full-width digits and signs, as Chinese keyboards give them. */
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[\u3000\s]/g, "");
}

/** `1,234.5`, `￥1234.50`, `１２元` in fen. Rejects what has more than two decimals: an amount is never rounded in silence. */
export function parseYuan(text: string): number {
  const bare = halfWidth(text).replace(/^[¥￥]/, "").replace(/元$/, "");
  const match = /^(\d{1,3}(?:,\d{3})+|\d{1,14})(?:\.(\d{1,2}))?$/.exec(bare);
  if (!match) throw failure("AX8013", text);
  const whole = (match[1] as string).replace(/,/g, "");
  const cents = ((match[2] || "") + "00").slice(0, 2);
  const fen = Number(whole + cents);
  if (fen > FEN_MAX || whole.length > 14) throw failure("AX8013", text);
  return fen;
}

/** `123450` as `1,234.50`. */
export function formatFen(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw failure("AX8013", fen);
  const digits = String(Math.abs(fen));
  const padded = digits.length < 3 ? ("000" + digits).slice(-3) : digits;
  const whole = padded.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${fen < 0 ? "−" : ""}${whole}.${padded.slice(-2)}`;
}

/** The core's `"1234.50"` as `1,234.50`. */
export function formatYuan(yuan: string): string {
  return yuan.charAt(0) === "-" ? "−" + formatFen(parseYuan(yuan.slice(1))) : formatFen(parseYuan(yuan));
}
