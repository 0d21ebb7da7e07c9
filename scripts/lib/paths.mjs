import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Tools that the scripts download; ignored by git. */
export const toolsDir = resolve(root, '.tools');

/** State of the portal and the sandbox; ignored by git. */
export const stateDir = process.env.LANDFALL_STATE_DIR
  ? resolve(process.env.LANDFALL_STATE_DIR)
  : resolve(root, '.landfall');
