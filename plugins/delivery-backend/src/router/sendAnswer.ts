import type { Request, Response } from 'express';
import { serialize } from '../service/serialize';

/** Shorter answers fit into one packet anyway. */
const MIN_COMPRESSED_BYTES = 1024;

/**
 * Sends an answer with a strong ETag, or 304 if the caller has it already. An answer
 * that is sent again is neither serialized nor compressed again.
 *
 * @internal
 * @param options.asJson - lets middleware see the answer, to validate it
 */
export async function sendAnswer(
  req: Pick<Request, 'acceptsEncodings' | 'fresh'>,
  res: Pick<
    Response,
    'set' | 'vary' | 'status' | 'end' | 'type' | 'send' | 'json'
  >,
  answer: object,
  { asJson = false }: { asJson?: boolean } = {},
): Promise<void> {
  const serialized = serialize(answer);
  const { body, hash } = serialized;
  const isCompressed =
    !asJson &&
    body.byteLength >= MIN_COMPRESSED_BYTES &&
    req.acceptsEncodings('gzip') === 'gzip';
  res.vary('Accept-Encoding');
  res.set({
    ETag: isCompressed ? `"${hash}-gzip"` : `"${hash}"`,
    // It is for one caller, and to be checked before each use: the caller may no
    // longer see it.
    'Cache-Control': 'private, no-cache',
  });
  if (req.fresh) {
    res.status(304).end();
  } else if (asJson) {
    res.json(answer);
  } else if (isCompressed) {
    res.set('Content-Encoding', 'gzip');
    res.type('json').send(await serialized.gzip());
  } else {
    res.type('json').send(body);
  }
}
