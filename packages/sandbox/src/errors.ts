/** The message of any thrown value. */
export function messageOf(error: unknown): string {
  const message = fieldOf(error, 'message');
  return typeof message === 'string' ? message : String(error);
}

/** The code of a Node error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const code = fieldOf(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

/**
 * A field of an error. Detected by shape, because Node's own errors may have a
 * class of another realm.
 */
export function fieldOf(error: unknown, field: string): unknown {
  return typeof error === 'object' && error !== null
    ? Reflect.get(error, field)
    : undefined;
}
