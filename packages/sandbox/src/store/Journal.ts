import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** A part of the state that the journal restores and writes. */
interface Journaled {
  readonly name: string;
  /** Restores a record when the journal is read; undefined removes it. */
  restore(key: string, value: unknown): void;
  /** Every record as key and JSON text. */
  entries(): Iterable<[string, string]>;
}

/**
 * The state on disk: one file of lines. Each line sets a record's value or
 * removes the record. Lines are appended in the order of the changes, so a
 * process that is killed loses at most its last, incomplete line. When the file
 * has grown to several times the size of its content, it is written to a
 * temporary file next to it, which is then renamed into place.
 */
export class Journal {
  readonly #file: string;
  readonly #parts = new Map<string, Journaled>();
  #fd: number | undefined;
  #pending: string[] = [];
  #size = 0;
  #compactAt = 0;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, 'state.jsonl');
  }

  register(part: Journaled): void {
    this.#parts.set(part.name, part);
  }

  /** Reads the state; all parts must be registered before. */
  open(): void {
    if (existsSync(this.#file)) {
      // If the last line has no newline, a kill cut it off.
      const lines = readFileSync(this.#file, 'utf8').split('\n').slice(0, -1);
      for (const line of lines) {
        const [part, key, value] = JSON.parse(line);
        this.#parts.get(part)?.restore(key, value);
      }
    }
    this.#compact();
  }

  /** Records the JSON text that is now a record's value; undefined removes it. */
  put(part: string, key: string, json: string | undefined): void {
    this.#pending.push(lineOf(part, key, json));
    if (this.#pending.length === 1) {
      setImmediate(() => this.flush());
    }
  }

  /**
   * Hands everything to the operating system. Flushed data survives a kill of
   * the process.
   */
  flush(): void {
    if (this.#fd === undefined || !this.#pending.length) {
      return;
    }
    const text = this.#pending.join('');
    this.#pending = [];
    writeFileSync(this.#fd, text);
    this.#size += text.length;
    if (this.#size > this.#compactAt) {
      this.#compact();
    }
  }

  close(): void {
    this.flush();
    if (this.#fd !== undefined) {
      closeSync(this.#fd);
      this.#fd = undefined;
    }
  }

  #compact(): void {
    const temporary = `${this.#file}.tmp`;
    const fd = openSync(temporary, 'w');
    this.#size = 0;
    for (const part of this.#parts.values()) {
      for (const [key, json] of part.entries()) {
        const line = lineOf(part.name, key, json);
        writeFileSync(fd, line);
        this.#size += line.length;
      }
    }
    renameSync(temporary, this.#file);
    if (this.#fd !== undefined) {
      closeSync(this.#fd);
    }
    this.#fd = fd;
    this.#compactAt = this.#size * 4 + 16 * 1024 * 1024;
  }
}

function lineOf(part: string, key: string, json: string | undefined): string {
  const rest = json === undefined ? '' : `,${json}`;
  return `["${part}",${JSON.stringify(key)}${rest}]\n`;
}
