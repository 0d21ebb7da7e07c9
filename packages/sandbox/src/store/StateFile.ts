import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/**
 * The state on disk: records as JSON texts in a SQLite database. A change is
 * with the operating system when the call ends, so it survives a kill of the
 * process, but not a failure of the machine.
 */
export class StateFile {
  readonly #database: DatabaseSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#database = new DatabaseSync(join(folder, 'state.sqlite'));
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS records (
        collection TEXT, key TEXT, json TEXT, UNIQUE (collection, key)
      )`);
    this.#put = this.#database.prepare(
      'INSERT INTO records VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
    );
    this.#delete = this.#database.prepare(
      'DELETE FROM records WHERE collection = ? AND key = ?',
    );
  }

  /** A collection's keys and JSON texts, in the order of their first `put`. */
  read(collection: string): [key: string, json: string][] {
    return this.#database
      .prepare(
        'SELECT key, json FROM records WHERE collection = ? ORDER BY rowid',
      )
      .all(collection)
      .map(({ key, json }) => [String(key), String(json)]);
  }

  /** Sets a record's JSON text; undefined removes it. */
  put(collection: string, key: string, json: string | undefined): void {
    // What a part that has been stopped still finishes is lost, as by a kill.
    if (this.#database.isOpen) {
      if (json === undefined) {
        this.#delete.run(collection, key);
      } else {
        this.#put.run(collection, key, json);
      }
    }
  }

  close(): void {
    this.#database.close();
  }
}
