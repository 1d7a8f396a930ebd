// Packs travel as text: a mini-program uploads no file of an ending that its platform does not know, and a message to
// a Worker may lose bytes.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Nothing when the text is not base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bare = text.replace(/[\r\n]/g, "");
  if (bare.length % 4 !== 0) return undefined;
  const padding = bare.endsWith("==") ? 2 : bare.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((bare.length / 4) * 3 - padding);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < bare.length - padding; i++) {
    const value = LETTERS.indexOf(bare.charAt(i));
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
  }
  return bytes;
}

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const there = Math.min(3, bytes.length - i);
    const three = ((bytes[i] as number) << 16) | ((there > 1 ? (bytes[i + 1] as number) : 0) << 8) | (there > 2 ? (bytes[i + 2] as number) : 0);
    const letter = (n: number) => (n > there ? "=" : LETTERS.charAt((three >> (18 - 6 * n)) & 63));
    parts.push(letter(0) + letter(1) + letter(2) + letter(3));
  }
  return parts.join("");
}
