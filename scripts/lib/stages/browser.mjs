import { join } from 'node:path';
import { ensureFrontend } from '../frontend.mjs';
import { root } from '../paths.mjs';
import { TRANSFORM } from '../services.mjs';
import { nodeTests } from './nodeTests.mjs';

/** The portal and its sandbox as a user sees them, in a real Chromium. */
export async function browser(tools) {
  await ensureFrontend(tools);
  return nodeTests(tools, {
    name: 'browser',
    what: 'The browser tests',
    folder: join(root, 'packages/app/e2e-tests'),
    options: [...TRANSFORM],
    // A browser test mostly waits for what the portal shows. Node begins with the first
    // names, so the file that takes longest should have one of them.
    concurrency: 2,
  });
}
