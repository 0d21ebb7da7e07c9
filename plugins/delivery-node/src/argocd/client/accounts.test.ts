import { sendJson } from '../../__testUtils__/httpServer';
import { argoCdRecording } from '../../__testUtils__/recordings';
import { servedForEachTest } from '../../__testUtils__/ServedClient';

describe('accounts', () => {
  const start = servedForEachTest();

  async function serve(file: string) {
    const { response } = argoCdRecording(file);
    const { client, server } = await start((_, answer) =>
      sendJson(answer, response?.status ?? 0, response?.body),
    );
    return { accounts: client.accounts, received: server.received };
  }

  it('returns the token’s user', async () => {
    const { accounts } = await serve('01-userinfo-backstage.json');
    expect(await accounts.userInfo()).toEqual({
      loggedIn: true,
      username: 'backstage',
      groups: [],
    });
  });

  it('reports a token that belongs to nobody', async () => {
    const { accounts } = await serve('01-userinfo-no-token.json');
    expect(await accounts.userInfo()).toEqual({ loggedIn: false, groups: [] });
  });

  it.each([
    ['03-account-can-i.json', true],
    ['03-account-can-i-no.json', false],
  ])('checks a permission: %s', async (file, expected) => {
    const { accounts, received } = await serve(file);
    expect(
      await accounts.canI({
        resource: 'applications',
        action: 'get',
        object: 'shop/argocd/api dev',
      }),
    ).toBe(expected);
    expect(received.map(({ url }) => url)).toEqual([
      '/api/v1/account/can-i/applications/get/shop/argocd/api%20dev',
    ]);
  });

  it('creates tokens', async () => {
    const { accounts, received } = await serve('01-account-token-create.json');
    expect(
      await accounts.createAccountToken('backstage', {
        id: 'short2',
        expiresIn: 2,
      }),
    ).toBe('<jwt>');
    await accounts.createRoleToken({ project: 'shop', name: 'ci' }, {});
    expect(
      received.map(({ method, url, body }) => [method, url, JSON.parse(body)]),
    ).toEqual([
      [
        'POST',
        '/api/v1/account/backstage/token',
        { id: 'short2', expiresIn: 2 },
      ],
      ['POST', '/api/v1/projects/shop/roles/ci/token', { expiresIn: 0 }],
    ]);
  });

  it.each([
    ['01-account-token-forbidden.json', 'ArgoCdForbiddenError'],
    ['01-account-token-unknown-account.json', 'ArgoCdNotFoundError'],
  ])('creates no token when Argo CD refuses: %s', async (file, name) => {
    const { accounts } = await serve(file);
    await expect(
      accounts.createAccountToken('viewer', {}),
    ).rejects.toMatchObject({ name });
  });

  it.each(['', '..', '../clusters', 'a/b', 'a%2Fb', '-x', 'a b', 'ä'])(
    'never sends a request for the account name %j',
    async name => {
      const { accounts, received } = await serve(
        '01-account-token-create.json',
      );
      await expect(accounts.createAccountToken(name, {})).rejects.toMatchObject(
        { name: 'ArgoCdInvalidNameError' },
      );
      await expect(
        accounts.createRoleToken({ project: 'shop', name }, {}),
      ).rejects.toMatchObject({ name: 'ArgoCdInvalidNameError' });
      expect(received).toEqual([]);
    },
  );
});
