import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { EcrClients } from '@landfall/backstage-plugin-delivery-node';
import { freePorts, waitUntil } from '@landfall/testing-kit';
import { ROOT } from '../processes';
import { clientsFor } from './clientsFor';
import type { Difference, RegistryUnderTest } from './RegistryUnderTest';

const ACCOUNT = {
  // The account that moto assigns to every caller.
  accountId: '123456789012',
  accessKeyId: 'AKIASYSTEMTESTS00000',
  secretAccessKey: 'any',
  region: 'eu-west-1',
};
const DIFFERENCES: readonly Difference[] = [
  'ignores paging',
  'digests are those of layers',
  'sizes are those of configurations',
  'indexes have no size',
  'has no artifact type',
  'invents a finding',
  'has no links to layers',
  'does not scan on push',
  'accepts every caller',
];
const START_MS = 60_000;

/**
 * The path of moto's server: among the tools that CI installs, or on the PATH.
 */
export function findMoto(): string | undefined {
  return [
    join(ROOT, '.tools/moto/bin'),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
    .map(folder => join(folder, 'moto_server'))
    .find(file => existsSync(file));
}

/** The server of moto, a Python library that simulates AWS. */
export class MotoRegistry implements RegistryUnderTest {
  static async start(): Promise<MotoRegistry> {
    const program = findMoto();
    if (!program) {
      throw new Error(
        'moto_server was not found: node scripts/moto.mjs installs it',
      );
    }
    const [port] = await freePorts(1);
    const url = `http://127.0.0.1:${port}`;
    const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', text => {
      output = `${output}${text}`.slice(-2000);
    });
    // Kill moto if this process ends without stopping it.
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    await waitUntil(
      'moto answers',
      async () => {
        if (child.exitCode !== null) {
          throw new Error(`moto ended (${child.exitCode}): ${output}`);
        }
        return fetch(`${url}/moto-api/`).then(
          async response => {
            await response.body?.cancel();
            return response.ok;
          },
          () => false,
        );
      },
      { timeoutMs: START_MS, detail: () => output },
    );
    return new MotoRegistry(child, url, clientsFor(url, ACCOUNT));
  }

  readonly accountId = ACCOUNT.accountId;
  readonly region = ACCOUNT.region;
  readonly host = `${ACCOUNT.accountId}.dkr.ecr.${ACCOUNT.region}.amazonaws.com`;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly access: ReturnType<typeof clientsFor>,
  ) {}

  get clients(): EcrClients {
    return this.access.clients;
  }

  differs(difference: Difference): boolean {
    return DIFFERENCES.includes(difference);
  }

  /** Nothing to upload: moto accepts manifests with unknown layers. */
  async upload(): Promise<void> {}

  async stop(): Promise<void> {
    await this.access.restore();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise(resolve => this.child.once('exit', resolve));
      this.child.kill('SIGTERM');
      await ended;
    }
  }
}
