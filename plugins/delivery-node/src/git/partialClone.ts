const HEADER = 4;
const FLUSH = '0000';

/**
 * Asks for a branch without the contents of its files: adds `filter blob:none` to
 * the request that isomorphic-git makes to `git-upload-pack`, which has no option
 * for it. To commit files on top of a branch its folders are enough, and a
 * repository of any size then costs about what its list of files does.
 *
 * Any other body is returned as it is.
 *
 * @see https://git-scm.com/docs/pack-protocol (protocol version 0)
 *
 * @internal
 */
export function withoutBlobs(body: Buffer): Buffer {
  const lines = wants(body);
  if (!lines) {
    return body;
  }
  const [first, ...rest] = lines.texts;
  return Buffer.concat([
    packetLine(`${first.trimEnd()} filter\n`),
    ...rest.map(packetLine),
    packetLine('filter blob:none\n'),
    body.subarray(lines.end),
  ]);
}

/** The lines before the first flush, if they are a list of wanted objects. */
function wants(body: Buffer): { texts: string[]; end: number } | undefined {
  const texts: string[] = [];
  let offset = 0;
  while (offset + HEADER <= body.length) {
    const header = body.toString('latin1', offset, offset + HEADER);
    if (header === FLUSH) {
      break;
    }
    const length = Number.parseInt(header, 16);
    if (!(length > HEADER)) {
      return undefined;
    }
    texts.push(body.toString('utf8', offset + HEADER, offset + length));
    offset += length;
  }
  return texts[0]?.startsWith('want ') ? { texts, end: offset } : undefined;
}

function packetLine(text: string): Buffer {
  const content = Buffer.from(text);
  const length = (content.length + HEADER).toString(16).padStart(HEADER, '0');
  return Buffer.concat([Buffer.from(length), content]);
}
