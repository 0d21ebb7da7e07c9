import { createHash } from 'node:crypto';

/**
 * The key of a checkpoint: the action, and a hash of all that identifies the
 * write, as JSON. The scaffolder keeps checkpoints by task, step and key, so the turns of
 * an `each` need keys of their own: after a recovery they would otherwise all
 * get the result of the first. Hashed, since keys are stored and an input may
 * hold a secret.
 */
export function checkpointKey(action: string, identity: object): string {
  return `${action}.${sha256(JSON.stringify(identity))}`;
}

/** The SHA-256 hash in hexadecimal. */
export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
