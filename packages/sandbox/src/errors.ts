/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  const message = fieldOf(error, 'message');
  return typeof message === 'string' ? message : String(error);
}

/** The code of an error of Node's, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const code = fieldOf(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

/** A field of an error, found by its shape: Node's own errors may be of another realm's class. */
function fieldOf(error: unknown, field: string): unknown {
  return typeof error === 'object' && error !== null
    ? Object.entries(Object.getOwnPropertyDescriptors(error)).find(
        ([name]) => name === field,
      )?.[1].value
    : undefined;
}
