import { ConfigSources } from '@backstage/config-loader';
import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { checkConfiguration } from './checkConfiguration';
import { requiredVariables } from './placeholders';
import { SANDBOX_SECRETS } from './sandboxValues';

const ROOT = resolve(__dirname, '../../../..');

/** How the image starts the portal, with its files in the repository's root. */
const DEFAULT_ARGUMENTS: string[] = JSON.parse(
  /^CMD (.+)$/m.exec(
    readFileSync(resolve(ROOT, 'deploy/portal/Dockerfile'), 'utf8'),
  )?.[1] ?? '[]',
).map((argument: string) =>
  argument.endsWith('.yaml') ? resolve(ROOT, argument) : argument,
);

const SIGN_IN = resolve(ROOT, 'deploy/portal/sign-in/github.yaml');

/** How an installation starts it: with a way to sign in. */
const ARGUMENTS = [...DEFAULT_ARGUMENTS, '--config', SIGN_IN];

const VARIABLES = [
  resolve(ROOT, 'app-config.production.yaml'),
  SIGN_IN,
].flatMap(file => requiredVariables(parse(readFileSync(file, 'utf8'))));

/** What a production portal has set; no value is one of the sandbox's. */
const ENVIRONMENT: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  ...Object.fromEntries(
    VARIABLES.map(({ name }) => [name, `https://${name}.example.com`]),
  ),
};

const ON_AWS = resolve(ROOT, 'deploy/portal/app-config.aws.yaml');

async function failure(
  env: NodeJS.ProcessEnv,
  argv = ARGUMENTS,
): Promise<string> {
  return checkConfiguration({ argv, env }).then(
    () => '',
    error => error.message,
  );
}

describe('the configuration of the container image', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'landfall-startup-'));
    // What the configuration on AWS includes.
    writeFileSync(join(folder, 'rds.pem'), '');
    mkdirSync(join(folder, 'secrets/github'), { recursive: true });
    writeFileSync(join(folder, 'secrets/github/app.yaml'), 'appId: 1');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The image's arguments, with a file of the installation on top. */
  function withFile(name: string, content: object): string[] {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    return [...ARGUMENTS, '--config', file];
  }

  it('is app-config.production.yaml over app-config.yaml', () => {
    expect(
      ConfigSources.parseArgs(DEFAULT_ARGUMENTS).map(({ target }) => target),
    ).toEqual([
      resolve(ROOT, 'app-config.yaml'),
      resolve(ROOT, 'app-config.production.yaml'),
    ]);
  });

  it('is complete when all variables are set', async () => {
    expect(await failure(ENVIRONMENT)).toBe('');
  });

  it.each(VARIABLES)(
    'is refused without $name, with an error that names the variable and its keys',
    async ({ name, keys }) => {
      for (const value of [undefined, '', ' ']) {
        const message = await failure({ ...ENVIRONMENT, [name]: value });

        expect(message).toContain(`  ${name} (for ${keys.join(', ')})`);
        expect(message.match(/\(for /g)).toHaveLength(1);
      }
    },
  );

  it.each(requiredVariables(parse(readFileSync(ON_AWS, 'utf8'))))(
    'is refused on AWS without $name',
    async ({ name, keys }) => {
      const argv = [resolve(ROOT, 'app-config.yaml'), ON_AWS, SIGN_IN].flatMap(
        file => ['--config', file],
      );
      const complete = {
        NODE_ENV: 'production',
        ...Object.fromEntries(
          [ON_AWS, SIGN_IN]
            .flatMap(file =>
              requiredVariables(parse(readFileSync(file, 'utf8'))),
            )
            .map(one => [one.name, 'set']),
        ),
        POSTGRES_CA_FILE: join(folder, 'rds.pem'),
        SECRETS_FOLDER: join(folder, 'secrets'),
      };

      expect(await failure({ ...complete, [name]: '' }, argv)).toContain(
        `  ${name} (for ${keys.join(', ')})`,
      );
      expect(await failure(complete, argv)).toBe('');
    },
  );

  it('is refused with all missing variables in one error', async () => {
    const message = await failure({ NODE_ENV: 'production' });

    expect(VARIABLES.length).toBeGreaterThan(8);
    for (const { name } of VARIABLES) {
      expect(message).toContain(`  ${name} (for `);
    }
  });

  it('stops the process before any plugin is loaded or any port opened', async () => {
    const start = promisify(execFile)(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        resolve(__dirname, '../index.ts'),
        ...DEFAULT_ARGUMENTS.slice(2),
      ],
      { env: { NODE_ENV: 'production' } },
    );

    await expect(start).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('  PORTAL_URL (for app.baseUrl'),
    });
  });

  it('requires no variable for a key that a further file replaces', async () => {
    const argv = withFile('github-app.yaml', {
      integrations: { github: [{ host: 'github.com', apps: [] }] },
    });

    expect(
      await failure({ ...ENVIRONMENT, GITHUB_TOKEN: undefined }, argv),
    ).toBe('');
  });

  it('requires no variable for a key that an APP_CONFIG_ variable replaces', async () => {
    expect(
      await failure({
        ...ENVIRONMENT,
        POSTGRES_PORT: undefined,
        APP_CONFIG_backend_database_connection_port: '5432',
      }),
    ).toBe('');
  });

  it('is checked in further files as well', async () => {
    const argv = withFile('okta.yaml', {
      auth: { providers: { okta: { clientSecret: '${OKTA_SECRET}' } } },
    });

    expect(await failure(ENVIRONMENT, argv)).toContain(
      'OKTA_SECRET (for auth.providers.okta.clientSecret)',
    );
  });

  it('is refused with a file that does not exist', async () => {
    expect(
      await failure(ENVIRONMENT, ['--config', join(folder, 'no-such.yaml')]),
    ).toContain("no-such.yaml can't be read");
  });

  it('is refused with an invalid YAML file, without quoting it', async () => {
    const file = join(folder, 'broken.yaml');
    writeFileSync(file, 'token: "a secret\nother: 1');

    const message = await failure(ENVIRONMENT, ['--config', file]);

    expect(message).toContain("broken.yaml can't be read");
    expect(message).not.toContain('a secret');
  });

  it.each(SANDBOX_SECRETS)('is refused with the secret %s', async secret => {
    const message = await failure({
      ...ENVIRONMENT,
      ECR_EVENTS_TOKEN: ` ${secret}`,
    });

    expect(message).toContain(
      'delivery.events.ecr.token holds a secret of the sandbox',
    );
    expect(message).not.toContain(secret);
  });

  it('is refused with the address of a sandbox', async () => {
    expect(
      await failure({ ...ENVIRONMENT, ARGOCD_URL: 'http://127.0.0.1:3302' }),
    ).toContain('instances[0].url is an address of the sandbox');
  });

  it('is refused without a way to sign in, with what to add', async () => {
    const message = await failure(
      { ...ENVIRONMENT, NODE_ENV: 'production' },
      DEFAULT_ARGUMENTS,
    );

    expect(message).toContain(
      'Nobody could sign in: auth.providers has no identity provider for the environment "production". Add one with a further --config, such as sign-in/github.yaml',
    );
    expect(message).not.toContain('app-config.sandbox.yaml');
  });

  it('needs no way to sign in outside production', async () => {
    expect(
      await failure(
        { ...ENVIRONMENT, NODE_ENV: 'development' },
        DEFAULT_ARGUMENTS,
      ),
    ).toBe('');
  });

  it('is refused with the guest provider', async () => {
    const argv = withFile('guest.yaml', { auth: { providers: { guest: {} } } });

    expect(await failure(ENVIRONMENT, argv)).toContain('auth.providers.guest');
  });

  it('is refused with the sandbox’s file', async () => {
    const argv = [
      ...ARGUMENTS,
      '--config',
      resolve(ROOT, 'app-config.sandbox.yaml'),
    ];

    expect(await failure(ENVIRONMENT, argv)).toContain('auth.providers.guest');
  });

  it('may be the sandbox’s outside production', async () => {
    const argv = ['app-config.yaml', 'app-config.sandbox.yaml'].flatMap(
      name => ['--config', resolve(ROOT, name)],
    );

    expect(await failure({ NODE_ENV: 'development' }, argv)).toBe('');
  });

  it('verifies PostgreSQL’s certificate, with an authority from a variable', async () => {
    const read = async (env: NodeJS.ProcessEnv) => {
      const config = await ConfigSources.toConfig(
        ConfigSources.default({
          argv: ARGUMENTS,
          env,
          substitutionFunc: async name => env[name],
        }),
      );
      const ssl = config.get('backend.database.connection.ssl');
      config.close();
      return ssl;
    };

    expect(await read(ENVIRONMENT)).toEqual({ rejectUnauthorized: true });
    expect(await read({ ...ENVIRONMENT, POSTGRES_CA: 'PEM' })).toEqual({
      rejectUnauthorized: true,
      ca: 'PEM',
    });
  });
});
