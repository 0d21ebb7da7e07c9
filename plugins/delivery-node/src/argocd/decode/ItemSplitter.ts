const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Nesting depth of the elements of `items`. */
const ITEM_DEPTH = 2;

/**
 * Splits the JSON of a Kubernetes list into the texts of its items as it
 * arrives, so that a list of thousands is never held as a whole. It only finds
 * where an item begins and ends. The texts go to `JSON.parse`, which throws a
 * `SyntaxError` if they aren't JSON.
 */
export class ItemSplitter {
  private depth = 0;
  private inString = false;
  private escaped = false;
  private inItems = false;
  private hadItem = false;
  /** The beginning of the unfinished item or envelope, from earlier chunks. */
  private begun: Buffer[] = [];
  private envelope = '';

  /** Returns the items that end in this chunk. */
  push(bytes: Uint8Array): string[] {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const items: string[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.inString) {
        if (this.escaped) {
          this.escaped = false;
        } else if (byte === BACKSLASH) {
          this.escaped = true;
        } else if (byte === QUOTE) {
          this.inString = false;
        }
      } else if (byte === QUOTE) {
        this.inString = true;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        this.depth += 1;
        if (
          byte === OPEN_BRACKET &&
          this.depth === ITEM_DEPTH &&
          !this.inItems
        ) {
          this.envelope += this.take(chunk, from, at + 1);
          from = at + 1;
          this.inItems = /"items"\s*:\s*\[$/.test(this.envelope);
        }
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (this.inItems && this.depth === ITEM_DEPTH) {
          this.endItem(this.take(chunk, from, at), items, true);
          from = at;
          this.inItems = false;
        }
        this.depth -= 1;
      } else if (byte === COMMA && this.inItems && this.depth === ITEM_DEPTH) {
        this.endItem(this.take(chunk, from, at), items, false);
        from = at + 1;
      }
    }
    // Copied, because the chunk's memory may be reused.
    this.begun.push(Buffer.from(chunk.subarray(from)));
    return items;
  }

  /** The list without its items. */
  end(): string {
    return this.envelope + this.take(Buffer.alloc(0), 0, 0);
  }

  private endItem(text: string, items: string[], isLast: boolean): void {
    const isEmptyList = isLast && !this.hadItem && text.trim() === '';
    if (!isEmptyList) {
      items.push(text);
    }
    this.hadItem = true;
  }

  private take(chunk: Buffer, from: number, to: number): string {
    if (this.begun.length === 0) {
      return chunk.toString('utf8', from, to);
    }
    const bytes = Buffer.concat([...this.begun, chunk.subarray(from, to)]);
    this.begun = [];
    return bytes.toString('utf8');
  }
}
