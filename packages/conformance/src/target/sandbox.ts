import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CREDENTIALS,
  defaultConfig,
  type PartLogger,
  startSandbox,
} from '@landfall/sandbox';
import { freePorts } from '@landfall/testing-kit';
import type { TargetConfig } from './TargetConfig';

/** A sandbox that only the suite uses, with short cycles. */
export interface SandboxTarget {
  config: TargetConfig;
  /** Warnings and errors of its parts. */
  log: string[];
  stop(): Promise<void>;
}

const LIMITED_TOKEN = 'conformance-limited-token';

/** Starts a sandbox on free ports, with its state in a new temporary folder. */
export async function startSandboxTarget(): Promise<SandboxTarget> {
  const stateDir = await mkdtemp(join(tmpdir(), 'landfall-conformance-'));
  const [git, ecr, argocd, updater] = await freePorts(4);
  const config = defaultConfig({
    stateDir,
    // Nothing listens there: registry events stay pending forever.
    portalUrl: 'http://127.0.0.1:9',
    ports: { git, ecr, argocd, 'image-updater': updater },
  });
  config.argocd.pollSeconds = 3;
  // Long enough to be seen while the machine is busy.
  config.argocd.rolloutSeconds = 3;
  config.imageUpdater.intervalSeconds = 1;
  delete config.git.ci;
  config.argocd.accounts.push({ name: 'nobody', tokens: [LIMITED_TOKEN] });
  const log: string[] = [];
  const sandbox = await startSandbox({
    config,
    loggerFor: part => loggerOf(part, log),
  });
  const { aws } = CREDENTIALS;
  const { admin } = CREDENTIALS.argocd;
  const gitUrl = `${sandbox.urls.git}/shop/deploy.git`;
  const registryUrl = sandbox.urls.ecr ?? '';
  return {
    log,
    config: {
      argocd: {
        url: sandbox.urls.argocd ?? '',
        token: admin.token,
        login: { username: 'admin', password: admin.password },
        limitedToken: LIMITED_TOKEN,
        namespace: config.argocd.namespace,
        project: 'shop',
        policyProjects: ['shop'],
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: 'shop-conformance',
        },
      },
      git: { url: gitUrl, inClusterUrl: gitUrl, ...CREDENTIALS.git },
      registry: {
        url: registryUrl,
        imagePrefix: new URL(registryUrl).host,
        path: 'conformance',
        ecr: { endpoint: registryUrl, ...aws },
        architecture: 'amd64',
      },
      updater: { writeBackMethod: 'git:repocreds' },
      failingTag: '0.0.66',
      trust: { insecure: false },
      // Generous, because all topics run at once, on machines that may be busy.
      timeouts: { seconds: 300, intervalMs: 100, updaterSeconds: 300 },
      atOnce: 20,
    },
    async stop() {
      await sandbox.stop();
      // A git process that is just ending may still write there.
      await rm(stateDir, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

function loggerOf(part: string, log: string[]): PartLogger {
  const keep = (message: string) => log.push(`[${part}] ${message}`);
  return { info: () => {}, warn: keep, error: keep };
}
