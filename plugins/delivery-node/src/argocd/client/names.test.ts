import fc from 'fast-check';
import { sendJson, TestServer } from '../../__testUtils__/httpServer';
import { DefaultArgoCdClient } from './DefaultArgoCdClient';
import { isLabel, isRevision, isSubdomain } from './names';

// Written independently of the code, from Kubernetes' wording of RFC 1123.
function isDnsLabel(text: string, max = 63): boolean {
  return (
    text.length > 0 &&
    text.length <= max &&
    [...text].every(one =>
      'abcdefghijklmnopqrstuvwxyz0123456789-'.includes(one),
    ) &&
    !text.startsWith('-') &&
    !text.endsWith('-')
  );
}

function isDnsSubdomain(text: string): boolean {
  return (
    text.length <= 253 && text.split('.').every(part => isDnsLabel(part, 253))
  );
}

const anyName = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('a', '0', '-', '.', '/', '%', 'A', '_') }),
  fc.constantFrom(
    '',
    '.',
    '..',
    '../clusters',
    '..%2Fclusters',
    'a/sync',
    'a%2Fsync',
    'a\n',
    'a\u0000',
    'api dev',
    'API',
    '€',
    'a?x=y',
    'a#b',
    'a;b',
    'a'.repeat(254),
  ),
);

describe('names', () => {
  let server: TestServer;
  let client: DefaultArgoCdClient;

  beforeAll(async () => {
    server = await TestServer.start((_, response) => {
      sendJson(response, 404, { code: 5, message: 'not found' });
    });
    client = DefaultArgoCdClient.create({
      name: 'main',
      url: server.url,
      frontendUrl: server.url,
      credentials: { token: 'a-token' },
    });
  });

  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  it('follow the rules of Kubernetes', () => {
    fc.assert(
      fc.property(anyName, text => {
        expect(isSubdomain(text)).toBe(isDnsSubdomain(text));
        expect(isLabel(text)).toBe(isDnsLabel(text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['api-dev', true],
    ['a.b-c.d', true],
    ['a..b', false],
    ['a'.repeat(253), true],
    ['a'.repeat(254), false],
  ])('%s as a name: %s', (name, valid) => {
    expect(isSubdomain(name)).toBe(valid);
  });

  it.each([
    ['c57a1d5e15d1d8f7ce1b407140f677b75051ef14', true],
    ['1.2.3+build.4', true],
    ['v1.0.0', true],
    ['', false],
    ['feature/x', false],
    ['..', false],
    ['--upload-pack=x', false],
    ['a%2Fb', false],
  ])('%s as a revision: %s', (revision, valid) => {
    expect(isRevision(revision)).toBe(valid);
  });

  it('never appear in a request if they are invalid', async () => {
    const good = { instance: 'main', namespace: 'argocd', name: 'api' };
    await fc.assert(
      fc.asyncProperty(
        anyName.filter(text => !isDnsSubdomain(text)),
        async bad => {
          const calls = [
            () => client.getApplication({ ...good, name: bad }),
            () => client.getApplication({ ...good, namespace: bad }),
            () => client.getApplication(good, { project: bad }),
            () => client.getApplicationManifest({ ...good, name: bad }),
            () => client.listApplications({ projects: [bad] }),
            () => client.getRevisionMetadata({ ...good, name: bad }, 'abc'),
            () => client.createApplication({ metadata: { name: bad } }),
            () =>
              client.createApplication({
                metadata: { name: 'api', namespace: bad },
              }),
            () => client.operations.sync({ ...good, name: bad }),
            () =>
              client.operations.rollback(
                { ...good, name: bad },
                { historyId: 1 },
              ),
            () => client.operations.terminate({ ...good, namespace: bad }),
            () =>
              client.operations.deleteApplication(
                { ...good, name: bad },
                { project: 'shop' },
              ),
          ];
          for (const call of calls) {
            await expect(call()).rejects.toMatchObject({
              name: 'ArgoCdInvalidNameError',
            });
          }
        },
      ),
      { numRuns: 1000 },
    );
    await expect(
      client.getApplication({ ...good, instance: 'other' }),
    ).rejects.toMatchObject({ name: 'ArgoCdInvalidNameError' });
    await expect(
      client.getRevisionMetadata(good, 'feature/x'),
    ).rejects.toMatchObject({ name: 'ArgoCdInvalidNameError' });
    await expect(client.createApplication({})).rejects.toMatchObject({
      name: 'ArgoCdInvalidRequestError',
    });
    expect(server.received).toEqual([]);
  });
});
