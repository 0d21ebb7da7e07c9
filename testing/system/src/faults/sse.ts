/** A piece of a stream of server-sent events: the data of an event, or a comment. */
export type SsePiece = { data: string } | { comment: string };

/**
 * Takes a stream of server-sent events apart, as far as Argo CD uses them:
 * `data:` lines and comments. Written apart from the parser of the client, so
 * that they don't share their mistakes.
 */
export class SseReader {
  private rest = '';
  private data: string[] = [];
  private readonly decoder = new TextDecoder();

  /** The pieces that are complete with this chunk. */
  read(chunk: Uint8Array): SsePiece[] {
    const pieces: SsePiece[] = [];
    const lines = (
      this.rest + this.decoder.decode(chunk, { stream: true })
    ).split(/\r\n|\n/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.data.length > 0) {
          pieces.push({ data: this.data.join('\n') });
          this.data = [];
        }
      } else if (line.startsWith(':')) {
        pieces.push({ comment: line.slice(1) });
      } else if (line.startsWith('data:')) {
        this.data.push(line.slice('data:'.length).replace(/^ /, ''));
      }
    }
    return pieces;
  }
}

/** In Argo CD's form, with its blanks. */
export function sseEvent(data: string): string {
  return `data: ${data.trimEnd()} \n\n\n`;
}

/** What Argo CD keeps a stream alive with. */
export const SSE_HEARTBEAT = ':\n';
