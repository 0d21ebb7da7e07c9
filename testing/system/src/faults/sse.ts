/** A piece of a stream of server-sent events: the data of an event, or a comment. */
export type SsePiece = { data: string } | { comment: string };

/**
 * Parses a stream of server-sent events as far as Argo CD uses them: `data:`
 * lines and comments. It is independent of the client's parser, so that they
 * don't share mistakes.
 */
export class SseReader {
  private rest = '';
  private data: string[] = [];
  private readonly decoder = new TextDecoder();

  /** The pieces that this chunk completes. */
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

/** An event in Argo CD's format, including its blanks. */
export function sseEvent(data: string): string {
  return `data: ${data.trimEnd()} \n\n\n`;
}

/** Argo CD's keep-alive comment. */
export const SSE_HEARTBEAT = ':\n';
