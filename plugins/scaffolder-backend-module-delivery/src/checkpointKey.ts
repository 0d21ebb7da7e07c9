import { createHash } from 'node:crypto';

/**
 * The key of a checkpoint: the action, and a hash of everything that identifies
 * the write, as JSON. The scaffolder stores checkpoints by task, step and key, so
 * the iterations of an `each` need different keys: after a recovery, they would
 * otherwise all get the result of the first. The identity is hashed because keys
 * are stored and an input may contain a secret.
 */
export function checkpointKey(action: string, identity: object): string {
  return `${action}.${sha256(JSON.stringify(identity))}`;
}

/** The SHA-256 hash in hexadecimal. */
export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
