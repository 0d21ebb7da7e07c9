import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { CREDENTIALS } from '@landfall/sandbox';
import { freePorts } from '@landfall/testing-kit';
import { ChildProcess } from '../../processes';
import type { Peer } from './peers';

/** The backend of a peer in its own process. */
export class PeerProcess {
  static async start(options: {
    peer: Peer;
    /** Where npm installed it. */
    installed: string;
    /** For its configuration and log. */
    folder: string;
    instances: { name: string; url: string }[];
  }): Promise<PeerProcess> {
    const { peer, installed, folder, instances } = options;
    const [port] = await freePorts(1);
    const url = `http://127.0.0.1:${port}`;
    const token = randomBytes(24).toString('hex');
    const name = `peer-${peer.name}-${instances.length}`;
    mkdirSync(folder, { recursive: true });
    const config = join(folder, `${name}.yaml`);
    writeFileSync(
      config,
      stringify({
        app: { baseUrl: url },
        backend: {
          baseUrl: url,
          listen: { host: '127.0.0.1', port },
          database: { client: 'better-sqlite3', connection: ':memory:' },
          auth: {
            externalAccess: [
              { type: 'static', options: { token, subject: 'benchmark' } },
            ],
          },
        },
        argocd: {
          namespacedApps: true,
          appLocatorMethods: [
            {
              type: 'config',
              instances: instances.map(instance => ({
                ...instance,
                token: CREDENTIALS.argocd.backstage.token,
              })),
            },
          ],
        },
      }),
    );
    const child = ChildProcess.start({
      name: peer.name,
      script: 'testing/system/src/bench/peers/portal.ts',
      args: [
        ...['--config', config],
        ...['--folder', installed],
        ...['--plugin', peer.package],
      ],
      env: { NODE_ENV: 'development' },
      logFile: join(folder, `${name}.log`),
    });
    await child.answers(`${url}/.backstage/health/v1/readiness`);
    return new PeerProcess(child, url, token);
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly token: string,
  ) {}

  cpuMs(): number {
    return this.child.cpuMs();
  }

  async stop(): Promise<void> {
    await this.child.stop();
  }
}
