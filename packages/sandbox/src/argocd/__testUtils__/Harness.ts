import { GitServer } from '@landfall/testing-kit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArgoCdConfig } from '../../config';
import type { RunningPart } from '../../part';
import { startArgoCd } from '../ArgoCd';
import { asObject, type Obj } from '../json';
import { Watch } from './Watch';

const GIT_USER = { username: 'landfall', password: 'secret' };

export const ADMIN_PASSWORD = 'admin-password';
const POLICY = `
p, role:backstage, applications, get, */*, allow
p, role:backstage, projects, get, *, allow
p, role:backstage, applications, sync, shop/*, allow
p, role:narrow, applications, get, default/*, allow
p, role:narrow, projects, get, default, allow
g, backstage, role:backstage
g, narrow, role:narrow
`;

const SEEDS = `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  description: The shop
  sourceRepos: ['*']
  destinations: [{server: https://kubernetes.default.svc, namespace: '*'}]
  clusterResourceWhitelist: [{group: '*', kind: '*'}]
  syncWindows: [{kind: deny, schedule: 0 3 1 1 *, duration: 1h, applications: [checkout], manualSync: true, timeZone: UTC}]
---
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: team-a, namespace: argocd}
spec:
  sourceRepos: ['*']
  destinations: [{server: https://kubernetes.default.svc, namespace: '*'}]
  sourceNamespaces: [team-a]
`;

export interface Answer {
  status: number;
  type: string;
  headers: Headers;
  text: string;
  body: unknown;
}

/** An Argo CD with its own Git host, fast enough for tests. */
export class Harness {
  readonly folder: string;
  readonly git: GitServer;
  readonly config: ArgoCdConfig;
  readonly log: string[] = [];
  #argocd: RunningPart | undefined;

  private constructor(folder: string, git: GitServer, config: ArgoCdConfig) {
    this.folder = folder;
    this.git = git;
    this.config = config;
  }

  get argocd(): RunningPart {
    if (!this.#argocd) {
      throw new Error('Argo CD is not started');
    }
    return this.#argocd;
  }

  static async start(overrides: Partial<ArgoCdConfig> = {}): Promise<Harness> {
    const folder = await mkdtemp(join(tmpdir(), 'argocd-'));
    const git = await GitServer.start({
      folder: join(folder, 'git'),
      ...GIT_USER,
      author: 'Ada Author <ada@example.com>',
      committer: { name: 'Carl Committer', email: 'carl@example.com' },
    });
    const harness = new Harness(folder, git, {
      port: 0,
      namespace: 'argocd',
      accounts: [
        { name: 'admin', password: ADMIN_PASSWORD, tokens: ['admin-token'] },
        { name: 'backstage', tokens: ['backstage-token'] },
        { name: 'narrow', tokens: ['narrow-token'] },
        {
          name: 'viewer',
          password: 'viewer-password',
          tokens: ['viewer-token'],
        },
      ],
      policy: POLICY,
      repositories: [{ urlPrefix: git.url, ...GIT_USER }],
      seedManifests: SEEDS,
      pollSeconds: 0.1,
      rolloutSeconds: 0.15,
      registries: [],
      progressDeadlineSeconds: 0.6,
      ...overrides,
    });
    await harness.#start();
    return harness;
  }

  async #start(): Promise<void> {
    this.#argocd = await startArgoCd({
      config: this.config,
      host: '127.0.0.1',
      stateDir: this.folder,
      logger: {
        info: () => {},
        warn: message => this.log.push(message),
        error: message => this.log.push(message),
      },
    });
  }

  /** Stops Argo CD and starts a new one with the same state. */
  async restart(): Promise<void> {
    await this.argocd.stop();
    await this.#start();
  }

  async stop(): Promise<void> {
    await this.argocd.stop();
    await this.git.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Fails if Argo CD has logged warnings or errors. */
  assertQuiet(): void {
    if (this.log.length) {
      throw new Error(`unexpected log:\n${this.log.join('\n')}`);
    }
  }

  repository(name: string): string {
    return this.git.repositoryUrl(name);
  }

  async call(
    method: string,
    path: string,
    options: {
      as?: string | null;
      body?: unknown;
      headers?: Record<string, string>;
    } = {},
  ): Promise<Answer> {
    const { as = 'admin', body, headers } = options;
    const response = await fetch(`${this.argocd.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(as ? { authorization: `Bearer ${as}-token` } : {}),
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    let parsed: unknown = text;
    try {
      parsed = JSON.parse(text);
    } catch {
      // Plain text.
    }
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      headers: response.headers,
      text,
      body: parsed,
    };
  }

  async application(name: string): Promise<Obj> {
    return asObject(
      (await this.call('GET', `/api/v1/applications/${name}`)).body,
    );
  }

  /** Waits until a read of an application satisfies a condition. */
  async until(name: string, condition: (app: Obj) => boolean): Promise<Obj> {
    let last: Obj = {};
    for (const end = Date.now() + 15_000; Date.now() < end; ) {
      last = await this.application(name);
      if (condition(last)) {
        return last;
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    throw new Error(
      `${name} never got there; it is\n${JSON.stringify(
        last.status,
        undefined,
        1,
      )}\n${this.log.join('\n')}`,
    );
  }

  /** Watches an application's stream, starting with its first event. */
  async watch(name: string): Promise<Watch> {
    return await Watch.open(
      `${this.argocd.url}/api/v1/stream/applications?name=${name}`,
    );
  }
}
