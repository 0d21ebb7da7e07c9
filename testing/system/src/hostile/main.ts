import { CREDENTIALS } from '@landfall/sandbox';
import { mkdirSync, rmSync } from 'node:fs';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { join, resolve } from 'node:path';
import { waitUntil } from '@landfall/testing-kit';
import { ROOT, SandboxProcess } from '../processes';
import { writeReport } from '../writeReport';
import { Attacker } from './Attacker';
import { ACTING } from './attacks/acting';
import { CALLING } from './attacks/calling';
import { CREATING } from './attacks/creating';
import { READING } from './attacks/reading';
import { Estate, OWN, VICTIM } from './Estate';
import { Portal } from './Portal';
import type { Attack } from './types';

const ATTACKS: Attack[] = [...READING, ...CREATING, ...CALLING, ...ACTING];

/** Permissions under which Landfall itself is the only protection. */
const POLICY = `
p, role:backstage, applications, *, */*, allow
p, role:backstage, projects, get, *, allow
g, backstage, role:backstage
p, role:image-updater, clusters, update, *, allow
g, image-updater, role:image-updater
`;

/**
 * What a response must not contain: data that only the victim's systems have.
 */
const SECRETS: string[] = [
  VICTIM.version,
  'shop-systemtest',
  CREDENTIALS.argocd.backstage.token,
];

/** @returns what is wrong with an attack's outcome; nothing if all is well */
async function faultOf(
  attack: Attack,
  attacker: Attacker,
  estate: Estate,
  before: unknown,
): Promise<{ fault?: string; text: string }> {
  const { refused, text } = await attack.attempt(attacker, estate);
  const secret = SECRETS.find(value => text.includes(value));
  if (!refused) {
    return { fault: 'was not refused', text };
  }
  if (secret) {
    return { fault: `the response reveals ${secret}`, text };
  }
  if (!attack.reason.test(text)) {
    return { fault: `the response doesn't match ${attack.reason}`, text };
  }
  if (!isDeepStrictEqual(await estate.snapshot(), before)) {
    return { fault: "the victim's data has changed", text };
  }
  return { text };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { report: { type: 'string' } } });
  const folder = resolve(ROOT, '.tools/reports/hostile');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const failures: string[] = [];
  try {
    const sandbox = await SandboxProcess.start({
      folder,
      policy: POLICY,
      organizations: ['shop', 'mallory'],
    });
    stops.push(() => sandbox.stop());
    SECRETS.push(new URL(sandbox.urls.argocd).host);
    const estate = await Estate.build({
      sandbox,
      folder: join(folder, 'clones'),
    });
    const portal = await Portal.start({
      sandbox,
      folder: join(folder, 'portal'),
      repositoryArn: estate.repositoryArn,
    });
    stops.push(() => portal.stop());
    const attacker = await Attacker.signIn(
      portal.url,
      'group:default/mallory-team',
    );
    // Without this, every page would be empty, whoever requests it.
    await waitUntil(
      "the attacker sees the deployments of the attacker's own",
      async () => {
        const { text } = await attacker.look(OWN.service, 'deployments');
        return text.includes(OWN.version);
      },
      { timeoutMs: 120_000 },
    );
    const before = await estate.snapshot();
    for (const attack of ATTACKS) {
      const { fault, text } = await faultOf(attack, attacker, estate, before);
      console.log(
        `${fault ? '✗' : '✓'} An attacker can't ${attack.name}${
          fault ? `: ${fault}` : ''
        }`,
      );
      console.log(`    ${excerpt(text, attack.reason)}`);
      if (fault) {
        failures.push(`${attack.name}: ${fault}`);
      }
    }
  } finally {
    for (const stop of stops.reverse()) {
      await stop();
    }
  }
  const passed = ATTACKS.length - failures.length;
  console.log(
    `\n${ATTACKS.length} attacks: ${passed} refused, ${failures.length} not`,
  );
  if (values.report) {
    writeReport(values.report, { passed, failures });
  }
  process.exitCode = failures.length > 0 ? 1 : 0;
}

/** The part of a response that has the reason, on one line. */
function excerpt(text: string, reason: RegExp): string {
  const line = text.replace(/\s+/g, ' ');
  const found = Math.max(0, line.search(reason));
  return line.slice(Math.max(0, found - 150), found + 350);
}

main().then(
  () => process.exit(),
  error => {
    console.error(error instanceof Error ? error.stack : error);
    process.exit(1);
  },
);
