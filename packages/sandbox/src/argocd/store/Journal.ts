import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * A part of the state that can restore itself from the journal and write itself
 * out whole.
 */
export interface Journaled {
  readonly name: string;
  /** Restores a record when the journal is read at startup. */
  restore(key: string, value: unknown): void;
  forget(key: string): void;
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
  #scheduled = false;
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
      const lines = readFileSync(this.#file, 'utf8').split('\n');
      // If the last line has no newline, a kill cut it off.
      lines.pop();
      for (const line of lines) {
        this.#restore(line);
      }
    }
    this.#compact();
  }

  #restore(line: string): void {
    const record: unknown = JSON.parse(line);
    if (!Array.isArray(record) || typeof record[0] !== 'string') {
      return;
    }
    const [part, key, value] = record;
    if (typeof key !== 'string') {
      return;
    }
    if (value === undefined) {
      this.#parts.get(part)?.forget(key);
    } else {
      this.#parts.get(part)?.restore(key, value);
    }
  }

  /** Records the JSON text that is now a record's value. */
  put(part: string, key: string, json: string): void {
    this.#append(`["${part}",${JSON.stringify(key)},${json}]\n`);
  }

  remove(part: string, key: string): void {
    this.#append(`["${part}",${JSON.stringify(key)}]\n`);
  }

  #append(line: string): void {
    this.#pending.push(line);
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => this.flush());
    }
  }

  /**
   * Hands everything to the operating system. Flushed data survives a kill of
   * the process.
   */
  flush(): void {
    this.#scheduled = false;
    if (this.#fd === undefined || !this.#pending.length) {
      return;
    }
    const text = this.#pending.join('');
    this.#pending = [];
    writeAll(this.#fd, text);
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
    let size = 0;
    for (const part of this.#parts.values()) {
      for (const [key, json] of part.entries()) {
        const line = `["${part.name}",${JSON.stringify(key)},${json}]\n`;
        writeAll(fd, line);
        size += line.length;
      }
    }
    renameSync(temporary, this.#file);
    if (this.#fd !== undefined) {
      closeSync(this.#fd);
    }
    this.#fd = fd;
    this.#size = size;
    this.#compactAt = size * 4 + 16 * 1024 * 1024;
  }
}

function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    written += writeSync(fd, bytes, written);
  }
}
