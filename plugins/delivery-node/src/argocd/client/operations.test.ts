import { createServer } from 'node:net';
import { argoCdRecording } from '../../__testUtils__/recordings';
import { sendJson } from '../../__testUtils__/httpServer';
import { servedForEachTest } from '../../__testUtils__/ServedClient';
import { DefaultArgoCdClient } from './DefaultArgoCdClient';
import { operationOutcome } from './operationOutcome';

const REF = { instance: 'main', namespace: 'argocd', name: 'billing' };

const serve = servedForEachTest();

describe('a sync', () => {
  it.each([
    [{}, {}],
    [
      { revision: 'abc', prune: true, dryRun: false },
      { revision: 'abc', prune: true, dryRun: false },
    ],
    [
      {
        revisions: [
          { position: 1, revision: 'abc' },
          { position: 3, revision: 'def' },
        ],
      },
      { revisions: ['abc', 'def'], sourcePositions: [1, 3] },
    ],
    [{ force: true }, { strategy: { hook: { force: true } } }],
    [
      { force: true, strategy: 'apply' as const },
      { strategy: { apply: { force: true } } },
    ],
    [{ force: false }, {}],
    [
      { replace: true, syncOptions: ['Validate=false'] },
      { syncOptions: { items: ['Validate=false', 'Replace=true'] } },
    ],
    [
      {
        correlationId: 'an-id',
        infos: [{ name: 'Requested by', value: 'user:default/ada' }],
      },
      {
        infos: [
          { name: 'landfall-correlation-id', value: 'an-id' },
          { name: 'Requested by', value: 'user:default/ada' },
        ],
      },
    ],
    [
      { resources: [{ kind: 'Service', namespace: 'dev', name: 'api' }] },
      { resources: [{ kind: 'Service', namespace: 'dev', name: 'api' }] },
    ],
  ])('with %j', async (sync, body) => {
    const { client, server } = await serve((_, response) =>
      sendJson(response, 200, { metadata: {} }),
    );
    await client.operations.sync(REF, sync, { project: 'shop' });
    expect(server.received).toMatchObject([
      { method: 'POST', pathname: '/api/v1/applications/billing/sync' },
    ]);
    expect(JSON.parse(server.received[0].body)).toEqual({
      ...body,
      appNamespace: 'argocd',
      project: 'shop',
    });
  });
});

describe('a refresh', () => {
  it.each([
    [undefined, 'normal'],
    [{ hard: true }, 'hard'],
  ])('with %j asks for one that is %s', async (request, refresh) => {
    const { client, server } = await serve((_, response) =>
      sendJson(response, 200, { metadata: {} }),
    );
    await client.operations.refresh(REF, request, { project: 'shop' });
    const [{ method, query }] = server.received;
    expect([method, Object.fromEntries(query)]).toEqual([
      'GET',
      { refresh, appNamespace: 'argocd', project: 'shop' },
    ]);
  });

  it('is given up while Argo CD’s controller is down', async () => {
    const { client } = await serve(() => {});
    await expect(
      client.operations.refresh(REF, {}, { timeoutMs: 50 }),
    ).rejects.toMatchObject({ name: 'ArgoCdTimeoutError' });
  });
});

describe('operationOutcome', () => {
  async function outcomeOf(sync: Promise<void>) {
    return sync.then(
      () => 'done',
      error => operationOutcome(error),
    );
  }

  it.each([
    ['05-sync-already-running.json', 'conflict'],
    ['05-rollback-automated.json', 'conflict'],
    ['05-sync-forbidden-other-project.json', 'refused'],
    ['05-sync-missing-with-project.json', 'refused'],
    ['05-rollback-no-id.json', 'unknown'],
  ])('of the recorded answer %s is %s', async (file, outcome) => {
    const { response: recorded } = argoCdRecording(file);
    const { client } = await serve((_, response) =>
      sendJson(response, recorded?.status ?? 0, recorded?.body),
    );
    expect(await outcomeOf(client.operations.sync(REF))).toBe(outcome);
  });

  it.each([
    [429, 'refused'],
    [502, 'unknown'],
    [503, 'unknown'],
    [504, 'unknown'],
    [500, 'unknown'],
  ])('of %i from a proxy is %s', async (status, outcome) => {
    const { client } = await serve((_, response) => {
      response.writeHead(status).end('no healthy upstream');
    });
    expect(await outcomeOf(client.operations.sync(REF))).toBe(outcome);
  });

  it('is unknown when the answer doesn’t come', async () => {
    const { client } = await serve(() => {});
    expect(
      await outcomeOf(
        client.operations.sync(REF, {}, { signal: AbortSignal.timeout(50) }),
      ),
    ).toBe('unknown');
    const cut = await serve((_, response) => response.destroy());
    expect(await outcomeOf(cut.client.operations.sync(REF))).toBe('unknown');
  });

  it('is that nothing was sent if nobody listens', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve, reject) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        if (address === null || typeof address === 'string') {
          reject(new Error('The server listens on no port'));
        } else {
          resolve(address.port);
        }
      });
    });
    await new Promise(resolve => {
      server.close(resolve);
    });
    const url = `http://127.0.0.1:${port}`;
    const client = DefaultArgoCdClient.create({
      name: 'main',
      url,
      frontendUrl: url,
      credentials: { token: 't' },
    });
    expect(await outcomeOf(client.operations.sync(REF))).toBe('not-sent');
    await client.close();
  });
});
