import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute } from './lib/aws.mjs';
import { MUTATIONS } from './lib/deployMutations.mjs';
import { root, toolsDir } from './lib/paths.mjs';
import { Failure, main, say } from './lib/say.mjs';

const HELP = `node scripts/deploy-mutations.mjs [part of a name]

Breaks a copy of the repository in one way after another, and shows which tests find it. Ends
with 1 if a fault is not found. Needs what \`yarn deploy:check\` installs, and some
minutes.
`;

/** Where faults are made. Links would show a test where its file really is. */
const COPIED = ['deploy', 'docs', 'templates'];

/** The tests that pass without a fault, with what is chosen of them. */
const unbroken = new Set();

main(async () => {
  if (process.argv.includes('--help')) {
    console.log(HELP);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'landfall-mutations-'));
  try {
    const escaped = [];
    const [only = ''] = process.argv.slice(2);
    for (const mutation of MUTATIONS.filter(({ what }) =>
      what.includes(only),
    )) {
      await checkUnbroken(folder, mutation);
      const failed = await testsThatFail(folder, mutation);
      if (failed.length === 0) {
        escaped.push(mutation.what);
      }
      say(`${failed.length > 0 ? 'caught ' : 'ESCAPED'} ${mutation.what}`);
      failed.forEach(name =>
        console.log(`          by ${mutation.test}: ${name}`),
      );
    }
    if (escaped.length > 0) {
      throw new Failure(`${escaped.length} faults were not found.`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Tests that fail without a fault would find every fault. */
async function checkUnbroken(folder, { test, only }) {
  const key = `${test} ${only ?? ''}`;
  if (!unbroken.has(key)) {
    const failed = await testsThatFail(folder, { test, only });
    if (failed.length > 0) {
      throw new Failure(
        `Without a fault, ${test} fails, too: ${failed.join(', ')}`,
      );
    }
    unbroken.add(key);
  }
}

/**
 * Makes a copy of the repository, breaks it if a file is named, and returns the tests
 * that fail then.
 */
async function testsThatFail(folder, { file, from, to, test, only }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const name of readdirSync(root)) {
    if (COPIED.includes(name)) {
      cpSync(join(root, name), join(folder, name), {
        recursive: true,
        filter: source => !source.endsWith('node_modules'),
      });
    } else if (name !== '.git') {
      symlinkSync(join(root, name), join(folder, name));
    }
  }
  const project = join(folder, 'deploy/aws');
  symlinkSync(
    join(root, 'deploy/aws/node_modules'),
    join(project, 'node_modules'),
  );
  if (file) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) {
      throw new Failure(`${file} doesn't contain ${JSON.stringify(from)}.`);
    }
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  const { stdout } = await execute(
    process.execPath,
    [
      '--import',
      'tsx',
      '--test',
      '--test-reporter=tap',
      ...(only ? [`--test-name-pattern=${only}`] : []),
      `test/${test}.test.ts`,
    ],
    {
      cwd: project,
      env: {
        ...process.env,
        LANDFALL_REQUIRE_TOOLS: '1',
        PATH: `${join(toolsDir, 'bin')}:${process.env.PATH}`,
      },
    },
  );
  return [...stdout.matchAll(/^ *not ok \d+ - (.+)$/gm)]
    .map(([, name]) => name)
    .filter((name, index, all) => all.indexOf(name) === index)
    .slice(0, 3);
}
