import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OidcProvider } from '../../../testing/kit/src/OidcProvider.ts';
import {
  type SignInAnswer,
  SignInVisitor,
} from '../../../testing/kit/src/SignInVisitor.ts';
import { withoutHelm } from './helm.ts';
import { platformOf } from './platform.ts';
import {
  CONFIGS,
  freePort,
  Neighbours,
  Portal,
  TlsPostgres,
} from './portal.ts';
import {
  ADA,
  OIDC_CLIENT,
  readPortalFile,
  startPortal,
  until,
  untilReady,
  variablesOf,
} from './portalStart.ts';

const AWS_CONFIG = readPortalFile('app-config.aws.yaml');

/** The variables without a default. */
const VARIABLES = variablesOf(AWS_CONFIG);

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
      for (const name of [
        ...VARIABLES,
        ...variablesOf(readPortalFile('sign-in/oidc.yaml')),
      ]) {
        assert.match(portal.output, new RegExp(`^  ${name} \\(for \\w`, 'm'));
      }
    } finally {
      await portal.stop();
    }
  });
});

describe('the portal without a way to sign in', () => {
  it('does not start, and says what to add', async () => {
    const portal = new Portal();
    try {
      startPortal(portal, {
        port: await freePort(),
        postgresPort: String(await freePort()),
        postgresCa: '',
        neighboursUrl: 'http://127.0.0.1:9',
        metadataUrl: 'http://127.0.0.1:9',
        configs: CONFIGS.filter(file => !file.includes('sign-in')),
      });
      assert.equal(await portal.exitCode(), 1);
      assert.match(
        portal.output,
        /Nobody could sign in: .+ Add one with a further --config, such as sign-in\/github\.yaml/,
      );
    } finally {
      await portal.stop();
    }
  });
});

describe('the portal without its database', () => {
  it('ends, so that it is started again', async () => {
    const portal = new Portal();
    try {
      startPortal(portal, {
        port: await freePort(),
        // Nothing listens there.
        postgresPort: String(await freePort()),
        postgresCa: '',
        neighboursUrl: 'http://127.0.0.1:9',
        metadataUrl: 'http://127.0.0.1:9',
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
  let provider: OidcProvider;
  let portal: Portal;
  let url: string;

  before(async () => {
    [postgres, neighbours, provider] = await Promise.all([
      TlsPostgres.start(),
      Neighbours.start(),
      OidcProvider.start({ ...OIDC_CLIENT, user: ADA }),
    ]);
    provider.redirectUris.push(
      'https://portal.example.com/api/auth/oidc/handler/frame',
    );
    portal = new Portal();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    startPortal(portal, {
      port,
      postgresPort: postgres.port,
      postgresCa: postgres.ca,
      neighboursUrl: neighbours.url,
      metadataUrl: provider.metadataUrl,
    });
    await untilReady(portal, url);
  });

  after(async () => {
    await portal?.stop();
    await postgres?.stop();
    await neighbours?.stop();
    await provider?.stop();
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

  /** Signs in with a new browser, as somebody of the provider. */
  async function signIn(user: OidcProvider['user']): Promise<SignInAnswer> {
    provider.user = user;
    return new SignInVisitor(`${url}/api/auth`).signIn('oidc', 'production');
  }

  it('signs in whom the catalog knows, and shows them its pages', async () => {
    let answer: SignInAnswer = {};
    // The catalog reads its files after the portal is ready.
    await until(async () => {
      answer = await signIn(ADA);
      return answer.response !== undefined;
    });
    const { token = '', identity } = answer.response?.backstageIdentity ?? {};
    assert.equal(identity?.userEntityRef, 'user:default/ada');
    const response = await fetch(
      `${url}/api/catalog/entities/by-name/user/default/ada`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    assert.equal(response.status, 200);
  });

  it('refuses others, and says why', async () => {
    for (const email of ['eve@example.com', undefined]) {
      const { response, error } = await signIn({
        sub: '2',
        userinfo: { email, email_verified: true },
      });
      assert.equal(response, undefined);
      assert.match(
        error?.message ?? '',
        email
          ? /verify that your catalog contains the expected User/
          : /didn't send the claim "email"/,
      );
    }
  });

  it('tells its pages how people sign in, but no secret', async () => {
    const page = await fetch(url).then(response => response.text());
    const [, configs = '[]'] =
      /<script type="backstage\.io\/config">([^<]*)</.exec(page) ?? [];
    const auth = JSON.parse(configs).map(
      ({ data }: { data: { auth?: object } }) => data.auth,
    );
    assert.deepEqual(Object.assign({}, ...auth).providers, {
      oidc: { production: {} },
    });
    assert.doesNotMatch(page, new RegExp(OIDC_CLIENT.clientSecret));
  });
});
