import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fieldOf } from '../errors';
import { Failure } from './Failure';

/** SQLite's code if another process, or this one, holds the lock. */
const SQLITE_BUSY = 5;

/**
 * Prevents two sandboxes from using the same state folder. The lock is one that
 * SQLite has on a database file, so a killed holder doesn't leave it behind.
 */
export class StateLock {
  private constructor(private readonly database: DatabaseSync) {}

  /** @throws Failure if another sandbox holds the folder */
  static acquire(stateDir: string): StateLock {
    mkdirSync(stateDir, { recursive: true });
    const database = new DatabaseSync(join(stateDir, 'lock.sqlite'));
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      if (fieldOf(error, 'errcode') !== SQLITE_BUSY) {
        throw error;
      }
      throw new Failure(
        `A sandbox is running on the state in ${stateDir}: end it first, or use another folder with --state-dir or SANDBOX_STATE_DIR.`,
      );
    }
    return new StateLock(database);
  }

  release(): void {
    this.database.close();
  }
}
