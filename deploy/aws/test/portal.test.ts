import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withoutHelm } from './helm.ts';
import { platformOf } from './platform.ts';
import {
  CONFIGS,
  freePort,
  Neighbours,
  Portal,
  TlsPostgres,
} from './portal.ts';

const AWS_CONFIG = readFileSync(
  new URL('../../portal/app-config.aws.yaml', import.meta.url),
  'utf8',
);

/** The variables without a default. */
const VARIABLES = [
  ...new Set(
    [...AWS_CONFIG.replace(/^\s*#.*$/gm, '').matchAll(/\$\{(\w+)\}/g)].map(
      ([, name]) => name,
    ),
  ),
].sort();

const START_MS = 150_000;

describe('the configuration on AWS', () => {
  it('gets every variable from the chart', { skip: withoutHelm }, () => {
    const deployment = platformOf('ha')
      ?.rendered.get('portal')
      ?.find(({ kind }) => kind === 'Deployment') as unknown as {
      spec: {
        template: {
          spec: {
            containers: {
              env: { name: string; value?: string }[];
              command: string[];
              ports: { containerPort: number }[];
            }[];
          };
        };
      };
    };
    const [{ env, command, ports }] = deployment.spec.template.spec.containers;
    const given = env.map(({ name }) => name);

    assert.deepEqual(
      VARIABLES.filter(name => !given.includes(name)),
      [],
    );
    assert.deepEqual(
      env.filter(({ value }) => value === ''),
      [],
    );
    assert.ok(command.includes('app-config.aws.yaml'));
    assert.deepEqual(
      ports.map(({ containerPort }) => `listen: ':${containerPort}'`),
      AWS_CONFIG.match(/listen: .+/g),
    );
  });

  it('names every variable that is missing, and its keys', async () => {
    const portal = new Portal();
    try {
      portal.start({}, CONFIGS);
      assert.equal(await portal.exitCode(), 1);
      assert.match(portal.output, /The portal was not started/);
      for (const name of VARIABLES) {
        assert.match(portal.output, new RegExp(`^  ${name} \\(for \\w`, 'm'));
      }
    } finally {
      await portal.stop();
    }
  });
});

describe('the portal without its database', () => {
  it('ends, so that it is started again', async () => {
    const portal = new Portal();
    try {
      start(portal, {
        port: await freePort(),
        // Nothing listens there.
        postgresPort: String(await freePort()),
        postgresCa: '',
        neighboursUrl: 'http://127.0.0.1:9',
      });
      assert.equal(await portal.exitCode(), 1);
      assert.match(portal.output, /ECONNREFUSED/);
    } finally {
      await portal.stop();
    }
  });
});

describe('the portal with the configuration on AWS', () => {
  let postgres: TlsPostgres;
  let neighbours: Neighbours;
  let portal: Portal;
  let url: string;

  before(async () => {
    [postgres, neighbours] = await Promise.all([
      TlsPostgres.start(),
      Neighbours.start(),
    ]);
    portal = new Portal();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    start(portal, {
      port,
      postgresPort: postgres.port,
      postgresCa: postgres.ca,
      neighboursUrl: neighbours.url,
    });
    const deadline = Date.now() + START_MS;
    while (!(await isReady(url))) {
      assert.ok(
        !portal.hasEnded && Date.now() < deadline,
        portal.output.slice(-4000),
      );
      await sleep(250);
    }
  });

  after(async () => {
    await portal?.stop();
    await postgres?.stop();
    await neighbours?.stop();
  });

  it('signs in to PostgreSQL by IAM, over TLS alone', async () => {
    const connections = await postgres.query(
      `SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'landfall'`,
    );
    assert.ok(connections.length > 0);
    assert.ok(connections.every(({ ssl }) => ssl === true));
  });

  it('reads the queue of ECR’s events', async () => {
    await until(() => neighbours.calls.includes('AmazonSQS.ReceiveMessage'));
  });

  it('signs in to Argo CD with the token of the file', async () => {
    await until(() =>
      neighbours.calls.includes(
        '/api/v1/applications Bearer the-reading-token',
      ),
    );
  });

  it('lets nobody in without signing in', async () => {
    for (const path of [
      '/api/catalog/entities',
      '/api/delivery/v1/instances',
      '/api/auth/guest/refresh',
    ]) {
      const { status } = await fetch(`${url}${path}`);
      assert.ok([401, 403, 404].includes(status), `${path}: ${status}`);
    }
  });
});

/** Starts the portal as the chart does, beside stand-ins of its neighbours. */
function start(
  portal: Portal,
  options: {
    port: number;
    postgresPort: string;
    postgresCa: string;
    neighboursUrl: string;
  },
): void {
  const { port, postgresPort, postgresCa, neighboursUrl } = options;
  portal.write('secrets/argocd/token', 'the-reading-token\n');
  portal.write('secrets/argocd/write-token', 'the-writing-token\n');
  portal.write(
    'secrets/github/app.yaml',
    'appId: 1\nclientId: a\nclientSecret: b\nwebhookSecret: c\nprivateKey: d\n',
  );
  const own = portal.write(
    'own.yaml',
    `backend:\n  listen: 127.0.0.1:${port}\n`,
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
      ARGOCD_URL: neighboursUrl,
      ARGOCD_FRONTEND_URL: 'https://argocd.example.com',
      ECR_QUEUE_URL: `${neighboursUrl}/123456789012/landfall`,
      DELIVERY_ARGOCD_NOTIFICATIONS_TOKEN:
        'a-token-for-notifications-of-the-test',
      CONFIG_REPOSITORY_URL: 'https://github.com/example/gitops.git',
      SECRETS_FOLDER: `${portal.folder}/secrets`,
    },
    [...CONFIGS, own],
  );
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/.backstage/health/v1/readiness`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'it happens within 30 s');
    await sleep(50);
  }
}
