import { sendJson } from '../../../__testUtils__/httpServer';
import { argoCdRecording } from '../../../__testUtils__/recordings';
import { servedForEachTest } from '../../../__testUtils__/ServedClient';

const REF = { instance: 'main', namespace: 'team-a', name: 'billing' };
const DEPLOYMENT = {
  group: 'apps',
  kind: 'Deployment',
  namespace: 'dev',
  name: 'billing',
};

const start = servedForEachTest();

async function serveBody(body: unknown) {
  const { client, server } = await start((_, response) =>
    sendJson(response, 200, body),
  );
  return { ...client, received: server.received };
}

async function serve(file: string) {
  return serveBody(argoCdRecording(file).response?.body);
}

describe('the comparison of an object', () => {
  const OUT_OF_SYNC = '03-managed-resources-outofsync.json';

  it('has the live state and what a sync would make of it', async () => {
    const { resources, received } = await serve(OUT_OF_SYNC);
    const found = await resources.comparison(REF, DEPLOYMENT, {
      project: 'shop',
    });
    const { live, desired } = found ?? {};
    expect(live).toMatchObject({
      kind: 'Deployment',
      // Only the cluster sets it, so it is in no target.
      spec: { revisionHistoryLimit: 10 },
    });
    expect(desired).toMatchObject({ spec: { revisionHistoryLimit: 10 } });
    const text = JSON.stringify(found);
    expect(text).not.toContain('last-applied-configuration');
    expect(text).not.toContain('managedFields');
    expect(received.map(({ url }) => url)).toEqual([
      '/api/v1/applications/billing/managed-resources?group=apps&kind=Deployment&namespace=dev&name=billing&appNamespace=team-a&project=shop',
    ]);
  });

  it('has the prediction, not the target, which lacks defaults', async () => {
    const { resources } = await serveBody({
      items: [
        {
          kind: 'A',
          name: 'a',
          targetState: '{"x":2}',
          normalizedLiveState: '{"x":1,"default":true}',
          liveState: '{"x":1,"default":true,"status":{}}',
          predictedLiveState: '{"x":2,"default":true}',
        },
      ],
    });
    expect(await resources.comparison(REF, { kind: 'A', name: 'a' })).toEqual({
      live: { x: 1, default: true },
      desired: { x: 2, default: true },
    });
  });

  it('is absent for an object that the application does not manage', async () => {
    const { resources } = await serve(OUT_OF_SYNC);
    expect(
      await resources.comparison(REF, { ...DEPLOYMENT, group: '' }),
    ).toBeUndefined();
  });

  it.each([
    [
      'missing from the cluster',
      { targetState: '{"x":1}', liveState: 'null', predictedLiveState: 'null' },
      { desired: { x: 1 } },
    ],
    [
      'left over in the cluster',
      { targetState: 'null', liveState: '{"x":1}' },
      { live: { x: 1 } },
    ],
  ])('has one state of an object that is %s', async (_, states, expected) => {
    const { resources } = await serveBody({
      items: [{ kind: 'A', name: 'a', ...states }],
    });
    expect(await resources.comparison(REF, { kind: 'A', name: 'a' })).toEqual(
      expected,
    );
  });

  it('masks a Secret that Argo CD sent as it is', async () => {
    const state = JSON.stringify({
      kind: 'Secret',
      metadata: { name: 'db' },
      data: { password: 'aHVudGVyMg==' },
    });
    const { resources } = await serveBody({
      items: [
        {
          kind: 'Secret',
          name: 'db',
          targetState: state,
          liveState: state,
          normalizedLiveState: state,
          predictedLiveState: state,
        },
      ],
    });
    const found = await resources.comparison(REF, {
      kind: 'Secret',
      name: 'db',
    });
    expect(found?.live).toMatchObject({ data: { password: '(hidden)' } });
    expect(JSON.stringify(found)).not.toContain('aHVudGVyMg');
  });
});

describe('the sync details of an application', () => {
  it('have the state of each object, and what the last sync did', async () => {
    const { resources, received } = await serve('02-get-hooked.json');
    const { resources: states, syncResult } = await resources.syncDetails(REF);
    expect(states).toContainEqual({
      group: 'apps',
      kind: 'Deployment',
      namespace: 'dev',
      name: 'hooked',
      status: 'Synced',
      requiresPruning: false,
      hook: false,
    });
    expect(states).toContainEqual(
      expect.objectContaining({ name: 'hooked-presync', hook: true }),
    );
    expect(syncResult).toContainEqual({
      group: 'batch',
      kind: 'Job',
      namespace: 'dev',
      name: 'hooked-presync',
      status: 'Synced',
      message: 'Reached expected number of succeeded pods',
      hookType: 'PreSync',
      hookPhase: 'Succeeded',
    });
    expect(syncResult).toContainEqual(
      expect.objectContaining({
        message: 'service/hooked created',
        hookPhase: undefined,
      }),
    );
    expect(received[0].url).toBe(
      '/api/v1/applications/billing?appNamespace=team-a',
    );
  });

  it.each([
    ['a success', 'secret/db configured', 'secret/db configured'],
    ['a pruned one', 'secret/db pruned', 'secret/db pruned'],
    [
      'an error that quotes it',
      'Secret "db" is invalid: patch: Invalid value: "{\\"data\\":{\\"password\\":\\"aHVudGVyMg==\\"}}"',
      undefined,
    ],
  ])('have the message about a Secret for %s', async (_, message, shown) => {
    const { resources } = await serveBody({
      status: {
        operationState: {
          syncResult: { resources: [{ kind: 'Secret', name: 'db', message }] },
        },
      },
    });
    const { syncResult } = await resources.syncDetails(REF);
    expect(syncResult).toMatchObject([{ name: 'db', message: shown }]);
  });

  it('are empty before the first sync', async () => {
    const { resources } = await serveBody({ metadata: {}, spec: {} });
    expect(await resources.syncDetails(REF)).toEqual({
      resources: [],
      parameters: [[]],
      syncResult: undefined,
    });
  });
});

describe('limits', () => {
  it('reject an answer that is too long, without asking again', async () => {
    const { resources, received } = await serveBody({
      nodes: [{ kind: 'Pod', name: 'x'.repeat(2000) }],
    });
    await expect(resources.tree(REF, { maxBytes: 1000 })).rejects.toMatchObject(
      {
        name: 'ArgoCdTooLargeError',
        message: expect.stringContaining('more than 1000 bytes'),
      },
    );
    expect(received).toHaveLength(1);
    expect((await resources.tree(REF, { maxBytes: 4000 })).nodes).toHaveLength(
      1,
    );
  });

  it('reject an answer that takes too long', async () => {
    const { client } = await start(() => {});
    await expect(
      client.resources.tree(REF, { timeoutMs: 20 }),
    ).rejects.toMatchObject({ name: 'ArgoCdTimeoutError' });
  });

  it('keep Argo CD’s own message', async () => {
    const { response } = argoCdRecording('03-events-degraded-resource.json');
    const { client } = await start((_, sent) =>
      sendJson(sent, response?.status ?? 0, response?.body),
    );
    await expect(client.resources.events(REF)).rejects.toMatchObject({
      argoCdMessage: 'search not found as part of application search',
    });
  });
});
