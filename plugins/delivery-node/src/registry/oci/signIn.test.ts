import { waitUntil } from '@landfall/testing-kit';
import { TestServer } from '../../__testUtils__/httpServer';
import {
  OciTestRegistry,
  type SignIn,
} from '../../__testUtils__/OciTestRegistry';
import { OCI_HOST, ociSource } from '../../__testUtils__/ociSource';
import type { OciRegistryConfig } from '../config';
import { OciRegistrySource } from './OciRegistrySource';

const REPOSITORY = `${OCI_HOST}/shop/api`;
const NAME = 'shop/api';

describe('signing in to an OCI registry', () => {
  let registry: OciTestRegistry;
  const start = async (options: { signIn?: SignIn; tokenSeconds?: number }) => {
    registry = await OciTestRegistry.start(options);
  };
  const create = (credentials?: OciRegistryConfig['credentials']) =>
    ociSource(registry, { credentials });
  const reader = () => ({
    username: registry.username,
    password: registry.password,
  });

  afterEach(() => registry.stop());

  it('uses a token per repository until it expires', async () => {
    await start({ signIn: 'bearer' });
    registry.push(NAME, '1.0.0');
    registry.push('shop/web', '1.0.0', { content: 'web' });
    const source = create(reader());
    expect(await source.listImages(REPOSITORY)).toHaveLength(1);
    expect(await source.listImages(REPOSITORY)).toHaveLength(1);
    expect(await source.listImages(`${OCI_HOST}/shop/web`)).toHaveLength(1);
    expect(
      registry.tokenRequests.map(({ query, headers }) => ({
        ...Object.fromEntries(query),
        isBasic: headers.authorization?.startsWith('Basic '),
      })),
    ).toEqual(
      [NAME, 'shop/web'].map(name => ({
        service: 'registry.test',
        scope: `repository:${name}:pull`,
        isBasic: true,
      })),
    );

    registry.endTokens();
    expect(await source.listImages(REPOSITORY)).toHaveLength(1);
    expect(registry.tokenRequests).toHaveLength(3);
  });

  it('requests a new token when one is about to expire', async () => {
    // Of these 11 seconds, the last ten aren't used.
    await start({ signIn: 'bearer', tokenSeconds: 11 });
    registry.push(NAME, '1.0.0');
    const source = create();
    await source.listImages(REPOSITORY);
    await source.listImages(REPOSITORY);
    expect(registry.tokenRequests).toHaveLength(1);
    await waitUntil('the token is too old', async () => {
      await source.listImages(REPOSITORY);
      return registry.tokenRequests.length === 2;
    });
  });

  it('is anonymous where the token server allows it', async () => {
    await start({ signIn: 'bearer' });
    registry.push(NAME, '1.0.0');
    expect(await create().listImages(REPOSITORY)).toHaveLength(1);
    expect(registry.tokenRequests[0].headers.authorization).toBeUndefined();
  });

  it('sends name and password only to the registry', async () => {
    await start({ signIn: 'basic' });
    registry.push(NAME, '1.0.0', { created: '2026-01-01T00:00:00Z' });
    const [image] = await create(reader()).listImages(REPOSITORY);
    expect(image.builds).toEqual([{ builtAt: '2026-01-01T00:00:00Z' }]);
    expect(registry.blobRequests).toHaveLength(1);
    expect(registry.blobRequests[0].headers.authorization).toBeUndefined();
  });

  it.each(['basic', 'bearer'] as const)(
    'fails with the registry’s own message (%s)',
    async signIn => {
      await start({ signIn });
      registry.push(NAME, '1.0.0');
      await expect(
        create({ ...reader(), password: 'wrong' }).listImages(REPOSITORY),
      ).rejects.toMatchObject({
        name: 'AuthenticationError',
        message: expect.stringMatching(
          /UNAUTHORIZED: authentication required|incorrect username or password/,
        ),
      });
    },
  );

  it('uses a configured token without requesting another', async () => {
    await start({ signIn: 'bearer' });
    registry.push(NAME, '1.0.0');
    await expect(
      create({ token: 'given' }).listImages(REPOSITORY),
    ).rejects.toMatchObject({ name: 'AuthenticationError' });
    expect(registry.tokenRequests).toEqual([]);
  });

  it('doesn’t send credentials to a token server without TLS', async () => {
    await start({});
    const server = await TestServer.start((_, response) => {
      response.writeHead(401, {
        'www-authenticate': 'Bearer realm="file:///etc/passwd"',
      });
      response.end();
    });
    const source = OciRegistrySource.create({
      registry: { host: OCI_HOST, url: server.url, credentials: reader() },
    });
    await expect(source.listImages(REPOSITORY)).rejects.toThrow(
      `${OCI_HOST} asks to sign in at 'file://', which is not a URL with https`,
    );
    await server.stop();
  });
});
