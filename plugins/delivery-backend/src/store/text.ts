/** NUL, which PostgreSQL can't store, and lone surrogates, which UTF-8 lacks. */
const UNSTORABLE = /\0|\p{Cs}/u;
const ALL_UNSTORABLE = new RegExp(UNSTORABLE, 'gu');

/** Length at which messages cut off the values that they quote. */
const QUOTED = 80;

/**
 * The longest values in keys and indexes, in bytes of UTF-8. An entry of a
 * PostgreSQL index has at most 2,704 bytes, and the widest index holds three of
 * these values. Kubernetes, Argo CD and registries don't allow longer ones either.
 *
 * @internal
 */
export const MAX_BYTES = {
  namespace: 63,
  name: 253,
  /** With its prefix: `app.kubernetes.io/name`. */
  label: 317,
  labelValue: 63,
  resourceVersion: 255,
  /** With its host. */
  repository: 512,
  tag: 300,
  digest: 140,
  repoUrl: 1024,
  revision: 255,
} as const;

/**
 * Why a text can't be stored where the database compares it, worded to follow the
 * text's name: `is 300 bytes long; at most 253 can be stored`. Undefined: it can.
 *
 * @internal
 */
export function textProblem(
  text: string,
  maxBytes: number,
): string | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) {
    return `is ${bytes} bytes long; at most ${maxBytes} can be stored`;
  }
  return UNSTORABLE.test(text)
    ? "contains a character that can't be stored (NUL, or half of a surrogate pair)"
    : undefined;
}

/**
 * Whether a text can be part of a key. A search for any other text finds nothing.
 *
 * @internal
 */
export function isKeyText(text: string, maxBytes: number): boolean {
  return textProblem(text, maxBytes) === undefined;
}

/**
 * A text for people, with the characters that can't be stored replaced.
 *
 * @internal
 */
export function storableText(text: string): string {
  return text.replace(ALL_UNSTORABLE, '\uFFFD');
}

/**
 * The beginning of a value from outside, for a message.
 *
 * @internal
 */
export function quoted(text: string): string {
  const shown = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
  return `'${storableText(shown)}'`;
}

/**
 * Whether a time can be compared with others as text, see `sortableTime`.
 *
 * @internal
 */
export function isSortableTime(time: string): boolean {
  const date = new Date(time);
  return !Number.isNaN(date.getTime()) && /^\d{4}-/.test(date.toISOString());
}
