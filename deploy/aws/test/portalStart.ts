import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONFIGS, type Portal } from './portal.ts';

/** Who signs in, and a client of the provider. */
export const ADA = {
  sub: '1',
  userinfo: { email: 'ada@example.com', email_verified: true },
};
export const OIDC_CLIENT = {
  clientId: 'the-client-of-the-test',
  clientSecret: 'the-client-secret-of-the-test',
};

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

/** Starts the portal as the chart does, beside stand-ins of its neighbours. */
export function startPortal(
  portal: Portal,
  options: {
    port: number;
    postgresPort: string;
    postgresCa: string;
    neighboursUrl: string;
    metadataUrl: string;
    configs?: string[];
  },
): void {
  const { port, postgresPort, postgresCa, neighboursUrl } = options;
  const { configs = CONFIGS } = options;
  portal.write('secrets/argocd/token', 'the-reading-token\n');
  portal.write('secrets/argocd/write-token', 'the-writing-token\n');
  portal.write(
    'secrets/github/app.yaml',
    'appId: 1\nclientId: a\nclientSecret: b\nwebhookSecret: c\nprivateKey: d\n',
  );
  const own = portal.write(
    'own.yaml',
    JSON.stringify({
      backend: { listen: `127.0.0.1:${port}` },
      catalog: {
        locations: [
          {
            type: 'file',
            target: portal.write('org.yaml', ORG),
            rules: [{ allow: ['User'] }],
          },
        ],
      },
    }),
  );
  portal.start(
    {
      PORTAL_URL: 'https://portal.example.com',
      POSTGRES_HOST: 'localhost',
      POSTGRES_PORT: postgresPort,
      POSTGRES_USER: 'landfall',
      POSTGRES_CA_FILE: portal.write('rds.pem', postgresCa),
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIASYSTEMTESTS00000',
      AWS_SECRET_ACCESS_KEY: 'any',
      SESSION_SECRET: 'a-session-secret-of-the-test',
      AUTH_OIDC_METADATA_URL: options.metadataUrl,
      AUTH_OIDC_CLIENT_ID: OIDC_CLIENT.clientId,
      AUTH_OIDC_CLIENT_SECRET: OIDC_CLIENT.clientSecret,
      ARGOCD_URL: neighboursUrl,
      ARGOCD_FRONTEND_URL: 'https://argocd.example.com',
      ECR_QUEUE_URL: `${neighboursUrl}/123456789012/landfall`,
      DELIVERY_ARGOCD_NOTIFICATIONS_TOKEN:
        'a-token-for-notifications-of-the-test',
      CONFIG_REPOSITORY_URL: 'https://github.com/example/gitops.git',
      SECRETS_FOLDER: `${portal.folder}/secrets`,
    },
    [...configs, own],
  );
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
