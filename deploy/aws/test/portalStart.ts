import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONFIGS, PASSWORD_USER, type Portal } from './portal.ts';

/** Who signs in, and a client of the provider. */
export const ADA = {
  sub: '1',
  userinfo: { email: 'ada@example.com', email_verified: true },
};
export const OIDC_CLIENT = {
  clientId: 'the-client-of-the-test',
  clientSecret: 'the-client-secret-of-the-test',
};

/** Where people would reach it. */
export const PORTAL_URL = 'https://portal.example.com';

const START_MS = 150_000;

const ORG = `apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: ada
spec:
  profile:
    email: ada@example.com
  memberOf: []
`;

export function readPortalFile(name: string): string {
  return readFileSync(new URL(`../../portal/${name}`, import.meta.url), 'utf8');
}

/** The variables without a default in a configuration file. */
export function variablesOf(config: string): string[] {
  const found = config.replace(/^\s*#.*$/gm, '').matchAll(/\$\{(\w+)\}/g);
  return [...new Set([...found].map(([, name]) => name))].sort();
}

/** Where a portal and its neighbours are reached. */
export interface PortalAddresses {
  port: number;
  postgresPort: string;
  postgresCa: string;
  neighboursUrl: string;
  metadataUrl: string;
}

/** Starts the portal as the chart does, beside stand-ins of its neighbours. */
export function startPortal(
  portal: Portal,
  options: PortalAddresses & { configs?: string[] },
): void {
  portal.start(awsEnvironment(portal, options), [
    ...(options.configs ?? CONFIGS),
    ownConfig(portal, options),
  ]);
}

/** What only a test configures: its port, and who may sign in. */
export function ownConfig(
  portal: Portal,
  { port }: Pick<PortalAddresses, 'port'>,
  locations: readonly object[] = [],
): string {
  return portal.write(
    'own.yaml',
    JSON.stringify({
      backend: { listen: `127.0.0.1:${port}` },
      catalog: {
        // A list replaces that of an earlier file.
        locations: [
          ...locations,
          {
            type: 'file',
            target: portal.write('org.yaml', ORG),
            rules: [{ allow: ['User'] }],
          },
        ],
      },
    }),
  );
}

/** The variables of `app-config.aws.yaml` and `sign-in/oidc.yaml`, and their files. */
export function awsEnvironment(
  portal: Portal,
  addresses: PortalAddresses,
): Record<string, string> {
  const { postgresPort, postgresCa, neighboursUrl } = addresses;
  portal.write('secrets/argocd/token', 'the-reading-token\n');
  portal.write('secrets/argocd/write-token', 'the-writing-token\n');
  portal.write(
    'secrets/github/app.yaml',
    'appId: 1\nclientId: a\nclientSecret: b\nwebhookSecret: c\nprivateKey: d\n',
  );
  return {
    ...sharedEnvironment(addresses),
    POSTGRES_HOST: 'localhost',
    POSTGRES_PORT: postgresPort,
    POSTGRES_USER: 'landfall',
    POSTGRES_CA_FILE: portal.write('rds.pem', postgresCa),
    ARGOCD_FRONTEND_URL: 'https://argocd.example.com',
    ECR_QUEUE_URL: `${neighboursUrl}/123456789012/landfall`,
    DELIVERY_ARGOCD_NOTIFICATIONS_TOKEN:
      'a-token-for-notifications-of-the-test',
    SECRETS_FOLDER: `${portal.folder}/secrets`,
  };
}

/** The variables of `app-config.production.yaml` and `sign-in/oidc.yaml`. */
export function productionEnvironment(
  addresses: PortalAddresses,
): Record<string, string> {
  return {
    ...sharedEnvironment(addresses),
    POSTGRES_HOST: 'localhost',
    POSTGRES_PORT: addresses.postgresPort,
    POSTGRES_USER: PASSWORD_USER.user,
    POSTGRES_PASSWORD: PASSWORD_USER.password,
    POSTGRES_CA: addresses.postgresCa,
    GITHUB_TOKEN: 'a-token-for-github-of-the-test',
    ARGOCD_TOKEN: 'the-reading-token',
    ECR_EVENTS_TOKEN: 'a-token-for-events-of-the-test',
  };
}

function sharedEnvironment({
  neighboursUrl,
  metadataUrl,
}: PortalAddresses): Record<string, string> {
  return {
    PORTAL_URL,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIASYSTEMTESTS00000',
    AWS_SECRET_ACCESS_KEY: 'any',
    SESSION_SECRET: 'a-session-secret-of-the-test',
    AUTH_OIDC_METADATA_URL: metadataUrl,
    AUTH_OIDC_CLIENT_ID: OIDC_CLIENT.clientId,
    AUTH_OIDC_CLIENT_SECRET: OIDC_CLIENT.clientSecret,
    ARGOCD_URL: neighboursUrl,
    CONFIG_REPOSITORY_URL: 'https://github.com/example/gitops.git',
  };
}

/** Waits until a portal answers that it is ready. */
export async function untilReady(portal: Portal, url: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (!(await isReady(url))) {
    assert.ok(
      !portal.hasEnded && Date.now() < deadline,
      portal.output.slice(-4000),
    );
    await sleep(250);
  }
}

export async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/.backstage/health/v1/readiness`).then(
    ({ ok }) => ok,
    () => false,
  );
}

export async function until(
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'it happens within 30 s');
    await sleep(50);
  }
}
