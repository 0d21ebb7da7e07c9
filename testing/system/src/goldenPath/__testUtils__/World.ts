import type { ECRClient } from '@aws-sdk/client-ecr';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { CREDENTIALS, defaultConfig, startSandbox } from '@landfall/sandbox';
import { freePorts } from '@landfall/testing-kit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientsFor } from '../../registries/clientsFor';
import { Life } from './Life';
import { WriteGate } from './WriteGate';
import { argocdWrite, ecrWrite, gitWrite } from './writes';

const PROJECT = `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: shop, namespace: argocd }
spec:
  sourceRepos: ['*']
  destinations: [{ server: https://kubernetes.default.svc, namespace: 'shop-*' }]
`;
const QUIET = { info: () => {}, warn: () => {}, error: () => {} };

/** The systems that a new service is written to: the sandbox, behind gates. */
export class World {
  static async start(): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'landfall-golden-'));
    const life = new Life();
    const gates = await Promise.all(
      [gitWrite, ecrWrite, argocdWrite].map(writeOf =>
        WriteGate.start({ life, writeOf }),
      ),
    );
    const ports = await freePorts(gates.length);
    gates.forEach((gate, index) => {
      gate.upstream = `http://127.0.0.1:${ports[index]}`;
    });
    const [gitGate, ecrGate, argocdGate] = gates;
    const [git, ecr, argocd] = ports;
    const defaults = defaultConfig({
      stateDir: folder,
      ports: { git, ecr, argocd },
    });
    const sandbox = await startSandbox({
      config: {
        ...defaults,
        // No CI and no app of apps: nothing else than the portal writes.
        git: { ...defaults.git, publicUrl: gitGate.url, ci: undefined },
        ecr: { ...defaults.ecr, events: undefined },
        argocd: {
          ...defaults.argocd,
          seedManifests: PROJECT,
          repositories: [{ urlPrefix: `${gitGate.url}/`, ...CREDENTIALS.git }],
        },
      },
      parts: ['git', 'ecr', 'argocd'],
      loggerFor: () => QUIET,
    });
    const { clients, restore } = clientsFor(ecrGate.upstream, CREDENTIALS.aws);
    const registry = await clients.getClient(CREDENTIALS.aws);
    // Now this client has its endpoint, and those of the portal can get theirs.
    await registry.send(new DescribeRepositoriesCommand({}));
    process.env.AWS_ENDPOINT_URL_ECR = ecrGate.url;
    return new World({
      life,
      registry,
      gitGate,
      argocdGate,
      gitFolder: join(folder, 'git/repositories'),
      stop: async () => {
        await restore();
        await Promise.all(gates.map(gate => gate.stop()));
        await sandbox.stop();
        await rm(folder, { recursive: true, force: true });
      },
    });
  }

  readonly life: Life;
  /** Of somebody else than the portal, as all requests from here. */
  readonly registry: ECRClient;

  private constructor(
    private readonly parts: {
      life: Life;
      registry: ECRClient;
      gitGate: WriteGate;
      argocdGate: WriteGate;
      gitFolder: string;
      stop: () => Promise<void>;
    },
  ) {
    this.life = parts.life;
    this.registry = parts.registry;
  }

  /** Where the Git host keeps its bare repositories, by owner. */
  get gitFolder(): string {
    return this.parts.gitFolder;
  }

  /** A repository of the group, for Git itself. */
  gitDirOf(name: string): string {
    return join(this.gitFolder, 'shop', `${name}.git`);
  }

  get gitHost(): string {
    return this.parts.gitGate.host;
  }

  get configRepository(): string {
    return `${this.parts.gitGate.url}/shop/deploy.git`;
  }

  /** The portal's configuration. */
  get config() {
    const { gitGate, argocdGate } = this.parts;
    const { region, ...keys } = CREDENTIALS.aws;
    return {
      integrations: {
        gitea: [
          { host: gitGate.host, baseUrl: gitGate.url, ...CREDENTIALS.git },
        ],
      },
      argocd: {
        appLocatorMethods: [
          {
            type: 'config',
            instances: [
              {
                name: 'main',
                url: argocdGate.url,
                token: CREDENTIALS.argocd.backstage.token,
              },
            ],
          },
        ],
      },
      aws: { mainAccount: { ...keys, region }, accounts: [keys] },
    };
  }

  /** Calls Argo CD's API as its administrator. */
  async argocd(path: string, body?: object): Promise<unknown> {
    const { token } = CREDENTIALS.argocd.admin;
    return call(`${this.parts.argocdGate.upstream}/api/v1${path}`, {
      authorization: `Bearer ${token}`,
      body,
    });
  }

  /** Calls the Git host's API. */
  async git(path: string, body?: object): Promise<unknown> {
    const { username, password } = CREDENTIALS.git;
    const pair = Buffer.from(`${username}:${password}`).toString('base64');
    return call(`${this.parts.gitGate.upstream}/api/v1${path}`, {
      authorization: `Basic ${pair}`,
      body,
    });
  }

  async stop(): Promise<void> {
    await this.parts.stop();
  }
}

/** Gets an object, or posts one. */
async function call(
  url: string,
  { authorization, body }: { authorization: string; body?: object },
): Promise<unknown> {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { authorization, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${url}: ${response.status} ${await response.text()}`);
  }
  return response.json();
}
