const HEADER = 4;
const FLUSH = '0000';

/**
 * Requests a branch without the contents of its files. Adds `filter blob:none`
 * to isomorphic-git's request to `git-upload-pack`, because isomorphic-git has
 * no option for it. A commit on top of a branch only needs its folders, so a
 * repository of any size costs about as much as its list of files.
 *
 * Any other body is returned unchanged.
 *
 * @see https://git-scm.com/docs/pack-protocol (protocol version 0)
 *
 * @internal
 */
export function withoutBlobs(body: Buffer): Buffer {
  const lines = readWantLines(body);
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
function readWantLines(
  body: Buffer,
): { texts: string[]; end: number } | undefined {
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
