/**
 * A Backstage with one plugin's backend only, which is installed in a folder of its
 * own. It ends with the process that started it.
 */
import { createBackend } from '@backstage/backend-defaults';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    config: { type: 'string', multiple: true },
    folder: { type: 'string', default: '.' },
    plugin: { type: 'string', default: '' },
  },
});

const backend = createBackend();
const requireFrom = createRequire(join(values.folder, 'package.json'));
backend.add(requireFrom(values.plugin).default);

process.once('disconnect', () => process.exit(1));

backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});
