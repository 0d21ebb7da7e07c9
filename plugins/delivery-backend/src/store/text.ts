/** NUL, which PostgreSQL can't store, and halves of surrogate pairs, which UTF-8 can't express. */
const UNSTORABLE = /\0|\p{Cs}/u;
const ALL_UNSTORABLE = new RegExp(UNSTORABLE, 'gu');

/** How much of a value a message about it quotes. */
const QUOTED = 80;

/**
 * The longest values that keys and indexes hold, in bytes of UTF-8. An entry of a
 * PostgreSQL index has at most 2,704 bytes, and the widest index has three of these.
 * Kubernetes, Argo CD and registries allow no longer ones themselves.
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
 * What keeps a text from being stored where the database compares it, in words that
 * follow its name: `is 300 bytes long; at most 253 can be stored`. Undefined: nothing.
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
 * Whether a text can stand in a key: nothing else is ever found by it.
 *
 * @internal
 */
export function isKeyText(text: string, maxBytes: number): boolean {
  return textProblem(text, maxBytes) === undefined;
}

/**
 * A text for people, without the characters that can't be stored.
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
