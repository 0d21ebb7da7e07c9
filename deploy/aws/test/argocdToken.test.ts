import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer as createNetServer } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { TokenArgoCd } from './tokenArgoCd.ts';
import { ScriptRun } from './scripts.ts';
import { MOTO, toolPath, without } from './tools.ts';

const SECRET = 'landfall/portal/argocd-tokens';

let script: ScriptRun;
let argocd: TokenArgoCd;

beforeEach(async () => {
  script = new ScriptRun();
  argocd = await TokenArgoCd.start();
});

afterEach(async () => {
  script.remove();
  await argocd.stop();
});

async function renew(
  args: string[] = [],
  options: { profile?: string; env?: NodeJS.ProcessEnv; aws?: string } = {},
) {
  const { profile = 'ha', env, aws } = options;
  const result = await script.run(
    'argocd-token.mjs',
    ['--config', script.config(profile), '--server', argocd.url, ...args],
    {
      aws,
      env: { ARGOCD_USERNAME: 'admin', ARGOCD_PASSWORD: 'secret', ...env },
    },
  );
  for (const token of argocd.issued) {
    assert.ok(!result.output.includes(token), 'a token was printed');
  }
  return result;
}

/** The keys of the secret with the subject of each token. */
function stored(): Record<string, string> {
  const written = script.calls.findLast(
    ({ call }) => call === 'secretsmanager put-secret-value',
  );
  const tokens: Record<string, string> = JSON.parse(
    String(written?.input.SecretString ?? '{}'),
  );
  return Object.fromEntries(
    Object.entries(tokens).map(([key, token]) => [
      key,
      argocd.subjectOf(token) ?? 'refused',
    ]),
  );
}

const writes = () =>
  script.calls.filter(({ call }) => call === 'secretsmanager put-secret-value')
    .length;

const EMPTY = {
  'secretsmanager get-secret-value': { SecretString: '{"unset":"x"}' },
};

describe("the portal's tokens of Argo CD", () => {
  it('are made for both accounts, and stored at once', async () => {
    script.answers = EMPTY;
    const { code, output } = await renew();

    assert.equal(code, 0, output);
    assert.match(
      output,
      /token: a new token of the account backstage, valid until/,
    );
    assert.deepEqual(stored(), {
      token: 'backstage',
      'write-token': 'backstage-write',
    });
    assert.equal(writes(), 1);
    assert.equal(script.calls[0].input.SecretId, SECRET);
  });

  it('are left alone while they are good', async () => {
    script.answers = EMPTY;
    await renew();
    const { code, output } = await renew();

    assert.equal(code, 0, output);
    assert.match(output, /^token: kept, valid until/m);
    assert.equal(writes(), 1);
    assert.equal(argocd.issued.length, 2);
  });

  it('are renewed when Argo CD refuses one, and only that one', async () => {
    script.answers = EMPTY;
    await renew();
    argocd.revokeAll('backstage');
    const { output } = await renew();

    assert.match(output, /^token: a new token .*refused the former one/m);
    assert.match(output, /^write-token: kept/m);
    assert.deepEqual(stored(), {
      token: 'backstage',
      'write-token': 'backstage-write',
    });
  });

  it('are renewed in the last third of their life', async () => {
    script.answers = EMPTY;
    argocd.age = 61;
    await renew();
    argocd.age = 0;
    const { output } = await renew();

    assert.match(output, /^token: a new token .*the former one expires on/m);
  });

  it('are rotated without a gap: the former ones go with the next rotation', async () => {
    script.answers = EMPTY;
    await renew();
    const first = [...argocd.issued];
    await renew(['--rotate']);
    for (const token of first) {
      assert.ok(argocd.subjectOf(token), 'a token in use was removed');
    }
    const { output } = await renew(['--rotate']);

    assert.match(output, /removed 1 older token of the account backstage$/m);
    for (const token of first) {
      assert.equal(argocd.subjectOf(token), undefined);
    }
    assert.deepEqual(stored(), {
      token: 'backstage',
      'write-token': 'backstage-write',
    });
  });

  it('leave tokens that others made', async () => {
    script.answers = EMPTY;
    argocd.issue('backstage', 'by-hand', 0);
    await renew();
    await renew(['--rotate']);
    await renew(['--rotate']);

    assert.ok(argocd.idsOf('backstage').includes('by-hand'));
  });

  it('are of a role in each project of a managed Argo CD', async () => {
    script.answers = EMPTY;
    const { code, output } = await renew([], {
      profile: 'managed-argocd',
      env: { ARGOCD_AUTH_TOKEN: argocd.adminToken },
    });

    assert.equal(code, 0, output);
    assert.deepEqual(stored(), {
      shop: 'proj:shop:portal',
      'shop-write': 'proj:shop:portal-write',
    });
  });

  it('are not touched if anything is wrong', async () => {
    script.answers = {
      'secretsmanager get-secret-value': { error: 'ResourceNotFoundException' },
    };
    const missing = await renew();
    assert.equal(missing.code, 1);
    assert.match(missing.output, /deploy the stack Secrets first/);

    script.answers = EMPTY;
    const refused = await renew([], { env: { ARGOCD_PASSWORD: 'wrong' } });
    assert.equal(refused.code, 1);
    assert.match(refused.output, /Invalid username or password/);

    const nobody = await renew([], {
      env: { ARGOCD_USERNAME: '', ARGOCD_PASSWORD: '' },
    });
    assert.match(nobody.output, /Set ARGOCD_AUTH_TOKEN/);

    const open = await script.run(
      'argocd-token.mjs',
      [
        '--config',
        script.config('ha'),
        '--server',
        'http://argocd.example.com',
      ],
      { env: { ARGOCD_USERNAME: 'admin', ARGOCD_PASSWORD: 'secret' } },
    );
    assert.match(open.output, /is not https/);
    assert.equal(writes(), 0);
    assert.equal(argocd.issued.length, 0);
  });
});

describe(
  'the same by the real command line of AWS, against moto',
  { skip: without(MOTO) || without(toolPath('aws')) },
  () => {
    let moto: ChildProcess;
    let env: NodeJS.ProcessEnv;

    beforeEach(async () => {
      const port = await freePort();
      env = {
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        AWS_ACCESS_KEY_ID: 'AKIASYSTEMTESTS00000',
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_EC2_METADATA_DISABLED: 'true',
      };
      moto = spawn(MOTO, ['-H', '127.0.0.1', '-p', String(port)], {
        stdio: 'ignore',
      });
      const url = `${env.AWS_ENDPOINT_URL}/moto-api/`;
      const deadline = Date.now() + 60_000;
      while (
        !(await fetch(url).then(
          ({ ok }) => ok,
          () => false,
        ))
      ) {
        assert.ok(
          moto.exitCode === null && Date.now() < deadline,
          'moto starts',
        );
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    });

    afterEach(async () => {
      const ended = new Promise(resolve => moto.once('exit', resolve));
      moto.kill('SIGKILL');
      await ended;
    });

    it('stores them in Secrets Manager, and finds them there again', async () => {
      const aws = toolPath('aws');
      const missing = await renew([], { env, aws });
      assert.match(missing.output, /deploy the stack Secrets first/);

      await secretsManager(env, 'CreateSecret', {
        Name: SECRET,
        SecretString: '{"unset":"generated"}',
      });
      const made = await renew([], { env, aws });
      assert.equal(made.code, 0, made.output);
      const again = await renew([], { env, aws });
      assert.match(again.output, /^token: kept/m);

      const { SecretString } = await secretsManager(env, 'GetSecretValue', {
        SecretId: SECRET,
      });
      const tokens: Record<string, string> = JSON.parse(SecretString ?? '{}');
      assert.deepEqual(Object.keys(tokens), ['token', 'write-token']);
      assert.equal(argocd.subjectOf(tokens.token), 'backstage');
    });
  },
);

async function secretsManager(
  env: NodeJS.ProcessEnv,
  operation: string,
  input: object,
): Promise<{ SecretString?: string }> {
  const response = await fetch(`${env.AWS_ENDPOINT_URL}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `secretsmanager.${operation}`,
      // moto takes the region and the service from it, and checks nothing.
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIASYSTEMTESTS00000/20260101/eu-west-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  });
  assert.equal(response.status, 200);
  return await response.json();
}

async function freePort(): Promise<number> {
  const server = createNetServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  assert.ok(typeof address === 'object' && address !== null);
  return address.port;
}
