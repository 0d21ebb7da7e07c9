import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { run } from '../run.mjs';
import { say } from '../say.mjs';

const bin = name => join(root, 'node_modules', name);

/**
 * The rows run beside each other, since most of these use one core; the commands
 * of a row run one after the other.
 */
const ROWS = [
  {
    TypeScript: [bin('typescript/bin/tsc')],
    // The next two read the declarations that tsc has just written.
    'API reports': [
      bin('@backstage/repo-tools/bin/backstage-repo-tools'),
      ...apiReportArguments(),
      '--ci',
    ],
    'Published packages': [
      bin('@backstage/cli/bin/backstage-cli'),
      'repo',
      'build',
    ],
  },
  {
    Prettier: [
      bin('prettier/bin-prettier.js'),
      '--check',
      '--loglevel',
      'warn',
      '.',
    ],
    ESLint: [
      bin('@backstage/cli/bin/backstage-cli'),
      'repo',
      'lint',
      '--max-warnings',
      '0',
    ],
    'Import cycles': [join(root, 'scripts/import-cycles.mjs')],
    Knip: [bin('knip/bin/knip.js'), '--no-config-hints'],
    'Configuration reference': [
      join(root, 'scripts/config-reference.mjs'),
      '--check',
    ],
  },
];

/** Everything that reads the code without running it. */
export async function checks({ node, env }) {
  // Remove old declarations: those of files that have since moved would be read
  // as well.
  rmSync(join(root, 'dist-types'), { recursive: true, force: true });
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  await Promise.all(
    ROWS.map(async row => {
      for (const [what, command] of Object.entries(row)) {
        say(`${what} …`);
        const code = await run(node, command, {
          env: { ...env, NODE_OPTIONS: '--max-old-space-size=6144' },
          check: false,
          label: what,
          what,
        });
        if (code === 0) {
          counts.passed += 1;
        } else {
          counts.failed += 1;
          counts.failures.push(what);
        }
      }
    }),
  );
  return counts;
}

/** The same arguments as in `yarn api-reports`. */
function apiReportArguments() {
  const { scripts } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return scripts['api-reports']
    .split('backstage-repo-tools ')[1]
    .split(' ')
    .map(argument => argument.replaceAll("'", ''));
}
