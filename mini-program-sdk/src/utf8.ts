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

/** How many bytes follow a leading byte; 0 for what does not lead. */
function following(lead: number): number {
  if (lead >= 0xe0) return lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0;
  return lead >= 0xc2 ? 1 : 0;
}

/** The first byte that follows has a narrower range behind some leads: no overlong forms, no surrogates, nothing over U+10FFFF. */
function follows(lead: number, next: number): boolean {
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  return next >= least && next <= most;
}

/** Engines limit how many arguments one call takes. */
const UNITS_AT_A_TIME = 4096;

/** What is not UTF-8 becomes U+FFFD, as often as the Encoding standard says. */
export function decode(bytes: Uint8Array): string {
  const end = bytes.length;
  // No byte makes more than one unit.
  const units = new Uint16Array(end);
  let at = 0;
  let i = 0;
  while (i < end) {
    const lead = bytes[i++] as number;
    if (lead < 0x80) {
      units[at++] = lead;
      continue;
    }
    const more = following(lead);
    let point = more === 0 ? REPLACEMENT : lead & (0x3f >> more);
    for (let n = 0; n < more; n++) {
      const next = i < end ? (bytes[i] as number) : 0;
      if (n === 0 ? !follows(lead, next) : (next & 0xc0) !== 0x80) {
        point = REPLACEMENT;
        break;
      }
      point = (point << 6) | (next & 63);
      i++;
    }
    if (point < 0x10000) {
      units[at++] = point;
    } else {
      units[at++] = 0xd800 + ((point - 0x10000) >> 10);
      units[at++] = 0xdc00 + (point & 1023);
    }
  }
  let text = "";
  for (let from = 0; from < at; from += UNITS_AT_A_TIME) {
    // Array-like, as `apply` takes it since the fifth edition of ECMAScript.
    const some = units.subarray(from, Math.min(at, from + UNITS_AT_A_TIME)) as unknown as number[];
    text += String.fromCharCode.apply(null, some);
  }
  return text;
}
