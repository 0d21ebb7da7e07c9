/**
 * Yields the lines of a text that arrives in chunks, without empty ones. The last
 * line counts only if it is complete.
 *
 * @param tooLong - creates the error to throw for a line of more than `maxBytes`
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  tooLong: () => Error,
): AsyncGenerator<string> {
  let pending: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let rest = chunk;
    for (;;) {
      const end = rest.indexOf(10);
      const part = end < 0 ? rest : rest.subarray(0, end);
      length += part.length;
      if (length > maxBytes) {
        throw tooLong();
      }
      pending.push(part);
      if (end < 0) {
        break;
      }
      const line = Buffer.concat(pending).toString().trim();
      pending = [];
      length = 0;
      rest = rest.subarray(end + 1);
      if (line !== '') {
        yield line;
      }
    }
  }
}
