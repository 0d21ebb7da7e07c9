import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SandboxConfig } from './config';
import type { PartName } from './part';

/** Each part's default port, and the variable that changes it. */
export const PORTS: Record<PartName, { port: number; variable: string }> = {
  git: { port: 3300, variable: 'SANDBOX_GIT_PORT' },
  ecr: { port: 3301, variable: 'SANDBOX_ECR_PORT' },
  argocd: { port: 3302, variable: 'SANDBOX_ARGOCD_PORT' },
  'image-updater': { port: 3303, variable: 'SANDBOX_IMAGE_UPDATER_PORT' },
};

/**
 * Names and secrets of the sandbox. They protect nothing: anyone who can reach
 * the sandbox may know them. None of them is a word that a log line may
 * contain, because Backstage redacts secrets (and a Git host's user name)
 * wherever they occur.
 */
export const CREDENTIALS = {
  git: { username: 'sandbox-git-user', password: 'sandbox-git-password' },
  aws: {
    accessKeyId: 'AKIASANDBOX000000000',
    secretAccessKey: 'sandbox-secret-access-key',
    region: 'eu-west-1',
    accountId: '123456789012',
  },
  argocd: {
    admin: { password: 'sandbox-admin', token: 'sandbox-admin-token' },
    backstage: { token: 'sandbox-backstage-token' },
    imageUpdater: { token: 'sandbox-image-updater-token' },
  },
  events: { token: 'sandbox-events-token' },
} as const;

/** What may differ from one sandbox to another. */
export interface DefaultsInput {
  host?: string;
  stateDir?: string;
  portalUrl?: string;
  ports?: Partial<Record<PartName, number>>;
}

const NAMESPACE = 'argocd';
const SYSTEM = 'shop';
const PACKAGE = dirname(require.resolve('../package.json'));

/**
 * The portal's permissions in Argo CD: read everything, and create, update, sync and
 * delete what it scaffolds.
 */
const POLICY = `
p, role:backstage, applications, get, */*, allow
p, role:backstage, projects, get, *, allow
p, role:backstage, applications, create, ${SYSTEM}/*, allow
p, role:backstage, applications, update, ${SYSTEM}/*, allow
p, role:backstage, applications, sync, ${SYSTEM}/*, allow
p, role:backstage, applications, delete, ${SYSTEM}/*, allow
p, role:backstage, applications, action/argoproj.io/Rollout/*, ${SYSTEM}/*, allow
g, backstage, role:backstage
p, role:image-updater, clusters, update, *, allow
g, image-updater, role:image-updater
`;

/** A complete sandbox on this machine, as fast as a demonstration needs it. */
export function defaultConfig(input: DefaultsInput = {}): SandboxConfig {
  const host = input.host ?? '127.0.0.1';
  const stateDir =
    input.stateDir ?? resolve(PACKAGE, '../../.landfall/sandbox');
  const portalUrl = input.portalUrl ?? 'http://127.0.0.1:7007';
  const port = (part: PartName) => input.ports?.[part] ?? PORTS[part].port;
  // A server can listen on the wildcard addresses, but clients can't call them.
  const callable = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  const authority = (part: PartName) =>
    `${callable.includes(':') ? `[${callable}]` : callable}:${port(part)}`;
  const url = (part: PartName) => `http://${authority(part)}`;
  const { git, aws, argocd, events } = CREDENTIALS;
  const repositories = [{ urlPrefix: `${url('git')}/`, ...git }];
  const signIn = { accessKeyId: aws.accessKeyId, region: aws.region };
  const registries = [{ host: authority('ecr'), url: url('ecr'), ecr: signIn }];
  return {
    stateDir,
    host,
    git: {
      port: port('git'),
      publicUrl: url('git'),
      users: [{ ...git }],
      organizations: [SYSTEM],
      seeds: [
        {
          owner: SYSTEM,
          name: 'deploy',
          folder: resolve(PACKAGE, 'seeds/deploy'),
        },
      ],
      ci: { registry: { url: url('ecr'), ...signIn }, intervalSeconds: 5 },
    },
    ecr: {
      port: port('ecr'),
      publicUrl: url('ecr'),
      accountId: aws.accountId,
      region: aws.region,
      accessKeyIds: [aws.accessKeyId],
      events: {
        url: `${portalUrl.replace(/\/+$/, '')}/api/events/http/aws.ecr`,
        headers: { 'x-landfall-token': events.token },
      },
    },
    argocd: {
      port: port('argocd'),
      publicUrl: url('argocd'),
      namespace: NAMESPACE,
      accounts: [
        {
          name: 'admin',
          password: argocd.admin.password,
          tokens: [argocd.admin.token],
        },
        { name: 'backstage', tokens: [argocd.backstage.token] },
        { name: 'image-updater', tokens: [argocd.imageUpdater.token] },
      ],
      policy: POLICY,
      repositories,
      seedManifests: readFileSync(
        resolve(PACKAGE, 'seeds/argocd.yaml'),
        'utf8',
      ).replaceAll('CONFIG_REPOSITORY', `${url('git')}/${SYSTEM}/deploy.git`),
      pollSeconds: 5,
      rolloutSeconds: 6,
      registries,
      progressDeadlineSeconds: 60,
    },
    imageUpdater: {
      port: port('image-updater'),
      publicUrl: url('image-updater'),
      intervalSeconds: 10,
      kubernetes: {
        url: url('argocd'),
        token: argocd.imageUpdater.token,
        namespace: NAMESPACE,
      },
      repositories,
      registries,
    },
  };
}
