/**
 * Orders texts by their UTF-8 bytes, as Go does. Comparing UTF-16 code units
 * would misplace characters beyond the first plane.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) {
      return inBytes(left) - inBytes(right);
    }
  }
  return a.length - b.length;
}

/** Sorts surrogates after all other code units. */
function inBytes(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Length in bytes of UTF-8. */
export function byteLength(text: string): number {
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) {
      length += 1;
    } else if (point < 0x800) {
      length += 2;
    } else {
      length += point < 0x10000 ? 3 : 4;
    }
  }
  return length;
}

const SPACES = new Set(
  Array.from(
    '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
  ),
);

/**
 * Go's `strings.TrimSpace`. Unlike `trim`, it keeps a byte order mark and
 * removes U+0085.
 */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACES.has(text[start])) {
    start += 1;
  }
  while (end > start && SPACES.has(text[end - 1])) {
    end -= 1;
  }
  return text.slice(start, end);
}

/** Quotes a text for errors, as Go's `%q` does. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
