import { ensureInstalled } from './lib/install.mjs';
import { ensureNode } from './lib/node.mjs';
import { Failure, main, say } from './lib/say.mjs';
import { browser } from './lib/stages/browser.mjs';
import { checks } from './lib/stages/checks.mjs';
import { deploy } from './lib/stages/deploy.mjs';
import { changes, faults, hostile, scenarios } from './lib/stages/system.mjs';
import { unit } from './lib/stages/unit.mjs';

const HELP = `npm test [-- <stage> …]

Runs all tests, or those of the given stages:
  checks      Prettier, ESLint, TypeScript, API reports, package builds, import cycles and Knip
  unit        Jest in every package, on SQLite and on a PostgreSQL out of npm
  deploy      the AWS stacks and charts of deploy/, without account or cluster
  faults      ten seeded runs of the real processes with faults between them
  changes     versions that are promoted, reverted and rolled back, with real processes
  scenarios   what a portal reports about versions that aren't deployed
  hostile     attacks by a user with an account on another team's service
  browser     the portal and its sandbox as a user sees them, in a real Chromium
`;

/**
 * In this order. The stages of a row run beside each other, two at a time and the
 * longest first: each waits for its processes half of the time.
 */
const ROWS = [
  { checks },
  { unit },
  { deploy, changes, faults, scenarios, hostile },
  { browser },
];

const AT_ONCE = 2;

main(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(HELP);
    return;
  }
  const names = ROWS.flatMap(row => Object.keys(row));
  const unknown = args.find(arg => !names.includes(arg));
  if (unknown) {
    throw new Failure(`There is no stage ${unknown}.\n\n${HELP}`);
  }
  const tools = await ensureNode();
  await ensureInstalled(tools);

  const total = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  for (const row of ROWS) {
    const chosen = Object.entries(row).filter(
      ([name]) => args.length === 0 || args.includes(name),
    );
    await inTurn(chosen, async ([name, stage]) => {
      const counts = await runStage(name, stage, tools);
      for (const key of Object.keys(total)) {
        total[key] += counts[key];
      }
      failures.push(
        ...(counts.failures ?? []).map(failure => `${name}: ${failure}`),
      );
    });
  }
  // Their own output may be thousands of lines above.
  if (failures.length > 0) {
    console.log(`\nFailed:\n${failures.map(text => `  ${text}`).join('\n')}`);
  }
  console.log(`\n${line(total)}`);
  if (total.failed > 0 || total.passed === 0) {
    process.exitCode = 1;
  }
});

/** Works off a list, `AT_ONCE` of its entries at a time. */
async function inTurn(entries, work) {
  const waiting = [...entries];
  const worker = async () => {
    while (waiting.length > 0) {
      await work(waiting.shift());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** A stage that can't be run at all is a failure, and the next ones run. */
async function runStage(name, stage, tools) {
  say(`Stage ${name} …`);
  const counts = await stage(tools).catch(error => ({
    passed: 0,
    failed: 1,
    skipped: 0,
    failures: [error.message],
  }));
  say(`Stage ${name}: ${line(counts)}`);
  return counts;
}

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
