// UTF-8 without TextEncoder and TextDecoder, which devices do not have.

const REPLACEMENT = 0xfffd;

/** A lone surrogate becomes U+FFFD. */
export function encode(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let point = text.charCodeAt(i);
    if (point >= 0xd800 && point < 0xe000) {
      const low = i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
      const paired = point < 0xdc00 && low >= 0xdc00 && low < 0xe000;
      point = paired ? 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00) : REPLACEMENT;
      if (paired) i++;
    }
    if (point < 0x80) {
      bytes[at++] = point;
    } else if (point < 0x800) {
      bytes[at++] = 0xc0 | (point >> 6);
      bytes[at++] = 0x80 | (point & 63);
    } else if (point < 0x10000) {
      bytes[at++] = 0xe0 | (point >> 12);
      bytes[at++] = 0x80 | ((point >> 6) & 63);
      bytes[at++] = 0x80 | (point & 63);
    } else {
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 63);
      bytes[at++] = 0x80 | ((point >> 6) & 63);
      bytes[at++] = 0x80 | (point & 63);
    }
  }
  return bytes.slice(0, at);
}

/** How many bytes follow a leading byte, and the least and most that the first of them may be. */
function following(lead: number): [number, number, number] {
  if (lead >= 0xc2 && lead < 0xe0) return [1, 0x80, 0xbf];
  if (lead >= 0xe0 && lead < 0xf0) return [2, lead === 0xe0 ? 0xa0 : 0x80, lead === 0xed ? 0x9f : 0xbf];
  if (lead >= 0xf0 && lead < 0xf5) return [3, lead === 0xf0 ? 0x90 : 0x80, lead === 0xf4 ? 0x8f : 0xbf];
  return [0, 0, 0];
}

/** Engines limit how many arguments one call takes. */
const UNITS_AT_A_TIME = 4096;

/** What is not UTF-8 becomes U+FFFD, as often as the Encoding standard says. */
export function decode(bytes: Uint8Array): string {
  let text = "";
  let units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i++] as number;
    let point = lead;
    if (lead >= 0x80) {
      const [more, least, most] = following(lead);
      point = more === 0 ? REPLACEMENT : lead & (0x3f >> more);
      for (let n = 0; n < more; n++) {
        const next = i < bytes.length ? (bytes[i] as number) : -1;
        if (next < (n === 0 ? least : 0x80) || next > (n === 0 ? most : 0xbf)) {
          point = REPLACEMENT;
          break;
        }
        point = (point << 6) | (next & 63);
        i++;
      }
    }
    if (point < 0x10000) units.push(point);
    else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 1023));
    if (units.length >= UNITS_AT_A_TIME) {
      text += String.fromCharCode.apply(null, units);
      units = [];
    }
  }
  return text + String.fromCharCode.apply(null, units);
}
