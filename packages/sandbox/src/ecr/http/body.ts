import type { IncomingMessage } from 'node:http';

/** A request body larger than its limit. */
export class BodyTooLargeError extends Error {
  constructor(readonly limit: number) {
    super(`The request body is larger than ${limit} bytes`);
    this.name = 'BodyTooLargeError';
  }
}

/**
 * Reads a request's body into memory.
 *
 * @throws BodyTooLargeError as soon as the limit is exceeded
 */
export async function readBody(
  req: IncomingMessage,
  limit: number,
): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > limit) {
    throw new BodyTooLargeError(limit);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) {
      throw new BodyTooLargeError(limit);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
