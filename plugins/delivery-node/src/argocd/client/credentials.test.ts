import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { sendJson, TestServer } from '../../__testUtils__/httpServer';
import { ServedClient } from '../../__testUtils__/ServedClient';
import { SecretFile } from '../config';
import { DefaultArgoCdInstances } from '../DefaultArgoCdInstances';

const REF = { instance: 'main', namespace: 'argocd', name: 'api' };
const APPLICATION = {
  metadata: { name: 'api', namespace: 'argocd', uid: 'u' },
  spec: { project: 'shop' },
};
const KEY = 'argocd.appLocatorMethods[0].instances[0].tokenFile';

let folder: string;
let served: ServedClient | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'argocd-credentials-'));
});

afterEach(async () => {
  await served?.stop();
  served = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function serve(
  ...args: Parameters<typeof ServedClient.start>
): Promise<ServedClient> {
  served = await ServedClient.start(...args);
  return served;
}

/**
 * Replaces the content as Kubernetes does, by swapping a link to another
 * folder.
 */
function rotate(version: string, token: string): void {
  mkdirSync(join(folder, version));
  writeFileSync(join(folder, version, 'token'), `${token}\n`);
  symlinkSync(version, join(folder, 'next'));
  renameSync(join(folder, 'next'), join(folder, '..data'));
}

const tokenFile = () => new SecretFile(KEY, join(folder, '..data', 'token'));

describe('an empty secret', () => {
  it.each([{ token: '' }, { username: 'portal', password: '' }])(
    'is an error of its own instance only: %j',
    async own => {
      const { server } = await serve((_, response) =>
        sendJson(response, 200, { items: null }),
      );
      const instances = DefaultArgoCdInstances.fromConfig(
        mockServices.rootConfig({
          data: {
            argocd: {
              appLocatorMethods: [
                {
                  type: 'config',
                  instances: [
                    { name: 'broken', url: server.url, ...own },
                    { name: 'main', url: server.url, token: 't' },
                  ],
                },
              ],
            },
          },
        }),
        { logger: mockServices.logger.mock() },
      );
      try {
        await expect(
          instances.get('broken').listApplications(),
        ).rejects.toThrow(
          "No credentials for Argo CD 'broken': the token or password in argocd.appLocatorMethods is empty",
        );
        await expect(
          instances.get('main').listApplications(),
        ).resolves.toMatchObject({ applications: [] });
      } finally {
        await instances.close();
      }
    },
  );
});

describe('credentials for writing', () => {
  it('are sent with every write and no read', async () => {
    const { client, server } = await serve(
      ({ pathname }, response) =>
        sendJson(
          response,
          200,
          pathname.endsWith('/token') ? { token: 'new' } : APPLICATION,
        ),
      { token: 'reads' },
      { token: 'writes' },
    );
    await client.getApplication(REF, { project: 'shop', refresh: 'normal' });
    await client.createApplication(APPLICATION, { upsert: true });
    await client.updateApplication(APPLICATION, { project: 'shop' });
    await client.operations.sync(REF);
    await client.operations.rollback(REF, { historyId: 1 });
    await client.operations.terminate(REF);
    await client.operations.deleteApplication(REF, { project: 'shop' });
    await client.resources.runAction(
      REF,
      { version: 'v1', kind: 'Pod', name: 'a', namespace: 'shop' },
      'restart',
    );
    await client.accounts.createAccountToken('ci', {});
    await client.accounts.userInfo();

    const sent = server.received.map(({ method, headers }) => [
      method === 'GET',
      headers.authorization,
    ]);
    expect(sent.length).toBeGreaterThanOrEqual(10);
    for (const [isRead, authorization] of sent) {
      expect(authorization).toBe(isRead ? 'Bearer reads' : 'Bearer writes');
    }
  });

  it('may be a session of another account, which logs in once', async () => {
    const { client, server } = await serve(
      ({ pathname, body }, response) =>
        sendJson(
          response,
          200,
          pathname === '/api/v1/session'
            ? { token: `session-${JSON.parse(body).username}` }
            : APPLICATION,
        ),
      { token: 'reads' },
      { username: 'writer', password: 'secret' },
    );
    await client.operations.sync(REF);
    await client.operations.sync(REF);
    await client.getApplication(REF);

    expect(
      server.received.map(({ pathname, headers }) => [
        pathname.split('/').pop(),
        headers.authorization,
      ]),
    ).toEqual([
      ['session', undefined],
      ['sync', 'Bearer session-writer'],
      ['sync', 'Bearer session-writer'],
      ['api', 'Bearer reads'],
    ]);
  });

  it('default to the credentials for reading', async () => {
    const { client, server } = await serve((_, response) =>
      sendJson(response, 200, APPLICATION),
    );
    await client.operations.sync(REF);

    expect(server.received[0].headers.authorization).toBe('Bearer a-token');
  });
});

describe('credentials in a file', () => {
  it('are reread when Kubernetes has replaced the file', async () => {
    rotate('..2026_01', 'first');
    const { client, server } = await serve(
      (_, response) => sendJson(response, 200, APPLICATION),
      { token: tokenFile() },
    );
    await client.getApplication(REF);
    rotate('..2026_02', 'second');
    await client.getApplication(REF);

    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(
      ['Bearer first', 'Bearer second'],
    );
  });

  it('are retried if they were replaced while Argo CD refused them', async () => {
    rotate('..2026_01', 'first');
    const { client, server } = await serve(
      ({ headers }, response) => {
        if (headers.authorization === 'Bearer second') {
          sendJson(response, 200, APPLICATION);
        } else {
          rotate('..2026_02', 'second');
          sendJson(response, 401, { code: 16, message: 'token is expired' });
        }
      },
      { token: tokenFile() },
    );

    expect(await client.getApplication(REF)).toMatchObject({ uid: 'u' });
    expect(server.received).toHaveLength(2);
  });

  it('are not retried if they are refused and unchanged', async () => {
    rotate('..2026_01', 'first');
    const { client, server } = await serve(
      (_, response) =>
        sendJson(response, 401, { code: 16, message: 'token is expired' }),
      { token: tokenFile() },
    );

    await expect(client.getApplication(REF)).rejects.toMatchObject({
      name: 'ArgoCdUnauthenticatedError',
    });
    expect(server.received).toHaveLength(1);
  });

  it('may be a password, used by the next login', async () => {
    const file = join(folder, 'password');
    writeFileSync(file, 'old password\n');
    let valid = '';
    const { client, server, clock } = await serve(
      ({ pathname, headers, body }, response) => {
        if (pathname === '/api/v1/session') {
          valid = JSON.parse(body).password.split(' ')[0];
          sendJson(response, 200, { token: valid });
        } else if (headers.authorization === `Bearer ${valid}`) {
          sendJson(response, 200, APPLICATION);
        } else {
          sendJson(response, 401, { code: 16, message: 'no session' });
        }
      },
      { username: 'portal', password: new SecretFile('passwordFile', file) },
    );
    await client.getApplication(REF);
    writeFileSync(file, 'new password\n');
    valid = 'ended';
    clock.now += 3_600_000;
    await client.getApplication(REF);

    expect(
      server.received
        .filter(({ pathname }) => pathname === '/api/v1/session')
        .map(({ body }) => JSON.parse(body).password),
    ).toEqual(['old password', 'new password']);
  });

  it.each([
    ['is missing', undefined, "can't be read (ENOENT)"],
    ['is empty', ' \n', 'is empty'],
    ['holds two lines', 'first-secret\nsecond', 'the token has spaces'],
  ])('fail without a request when the file %s', async (_, content, message) => {
    const file = new SecretFile(KEY, join(folder, 'token'));
    if (content !== undefined) {
      writeFileSync(file.path, content);
    }
    const { client, server } = await serve(
      (__, response) => sendJson(response, 200, APPLICATION),
      { token: file },
    );
    const error = await client.getApplication(REF).catch(reason => reason);

    expect(error).toMatchObject({ name: 'ArgoCdCredentialsError' });
    expect(error.message).toContain(message);
    expect(error.message).toContain("No credentials for Argo CD 'main'");
    expect(error.message).not.toContain('first-secret');
    expect(server.received).toEqual([]);
  });

  it('report the key and the path if the file is missing, without affecting other instances', async () => {
    const server = await TestServer.start((_, response) =>
      sendJson(response, 200, APPLICATION),
    );
    const path = join(folder, 'no-such-token');
    const instances = DefaultArgoCdInstances.fromConfig(
      mockServices.rootConfig({
        data: {
          argocd: {
            appLocatorMethods: [
              {
                type: 'config',
                instances: [
                  { name: 'main', url: server.url, tokenFile: path },
                  { name: 'two', url: server.url, token: 'a-token' },
                ],
              },
            ],
          },
        },
      }),
      { logger: mockServices.logger.mock() },
    );
    try {
      await expect(instances.get('main').getApplication(REF)).rejects.toThrow(
        `${KEY}: the file '${path}' can't be read (ENOENT)`,
      );
      expect(
        await instances.get('two').getApplication({ ...REF, instance: 'two' }),
      ).toMatchObject({ uid: 'u' });
    } finally {
      await instances.close();
      await server.stop();
    }
  });
});
