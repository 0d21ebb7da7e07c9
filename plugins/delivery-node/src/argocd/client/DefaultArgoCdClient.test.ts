import { argoCdRecording } from '../../__testUtils__/recordings';
import { waitUntil } from '@landfall/testing-kit';
import { sendJson } from '../../__testUtils__/httpServer';
import { servedForEachTest } from '../../__testUtils__/ServedClient';

const REF = { instance: 'main', namespace: 'team-a', name: 'api' };

const serve = servedForEachTest();

describe('requests', () => {
  it('sends the token, the namespace and the project', async () => {
    const { client: argocd, server: upstream } = await serve((_, response) =>
      sendJson(response, 404, { code: 5, message: 'not found' }),
    );
    expect(
      await argocd.getApplication(REF, { project: 'shop', refresh: 'hard' }),
    ).toBeUndefined();
    expect(upstream.received).toMatchObject([
      {
        method: 'GET',
        url: '/api/v1/applications/api?appNamespace=team-a&project=shop&refresh=hard',
        headers: { authorization: 'Bearer a-token' },
      },
    ]);
  });

  it('returns an application undecoded', async () => {
    const { body } = argoCdRecording('02-get-hooked.json').response ?? {};
    const { client: argocd } = await serve((_, response) =>
      sendJson(response, 200, body),
    );
    expect(await argocd.getApplicationManifest(REF)).toEqual(body);
  });

  it('encodes selectors and revisions', async () => {
    const { client: argocd, server: upstream } = await serve((_, response) =>
      sendJson(response, 200, { items: null, date: '2026-01-01T00:00:00Z' }),
    );
    await argocd.listApplications({
      selector: 'env in (prod, dev)&projects=x',
      projects: ['a', 'b'],
    });
    await argocd.getRevisionMetadata(REF, '1.0.0+x', {
      sourceIndex: 0,
      historyId: 0,
    });
    expect(upstream.received[0].query.getAll('projects')).toEqual(['a', 'b']);
    expect(upstream.received[0].query.get('selector')).toBe(
      'env in (prod, dev)&projects=x',
    );
    expect(upstream.received[1].url).toBe(
      '/api/v1/applications/api/revisions/1.0.0%2Bx/metadata?appNamespace=team-a&sourceIndex=0&versionId=0',
    );
  });

  it('sends writes as exactly application/json, and names the failed path in errors', async () => {
    const { client: argocd, server: upstream } = await serve(
      ({ headers }, response) =>
        headers['content-type'] === 'application/json'
          ? sendJson(response, 200, {})
          : response.writeHead(415).end('Invalid content type\n'),
    );
    await argocd.operations.sync(
      REF,
      {
        revision: 'main',
        strategy: 'apply',
        syncOptions: ['CreateNamespace=true'],
        correlationId: 'promo-42',
      },
      { project: 'shop' },
    );
    await argocd.operations.rollback(REF, { historyId: 0 });
    await argocd.operations.terminate(REF, { project: 'shop' });
    await argocd.operations.deleteApplication(REF, { project: 'shop' });
    expect(
      upstream.received.map(({ method, url, body }) => [
        method,
        url,
        body && JSON.parse(body),
      ]),
    ).toEqual([
      [
        'POST',
        '/api/v1/applications/api/sync',
        {
          revision: 'main',
          appNamespace: 'team-a',
          project: 'shop',
          strategy: { apply: {} },
          syncOptions: { items: ['CreateNamespace=true'] },
          infos: [{ name: 'landfall-correlation-id', value: 'promo-42' }],
        },
      ],
      [
        'POST',
        '/api/v1/applications/api/rollback',
        { id: 0, appNamespace: 'team-a' },
      ],
      [
        'DELETE',
        '/api/v1/applications/api/operation?appNamespace=team-a&project=shop',
        '',
      ],
      [
        'DELETE',
        '/api/v1/applications/api?appNamespace=team-a&project=shop&cascade=true',
        '',
      ],
    ]);
  });

  it('creates an application with the given options', async () => {
    const recording = argoCdRecording('05-create-upsert.json');
    const { client: argocd, server: upstream } = await serve((_, response) =>
      sendJson(response, 200, recording.response?.body),
    );
    const manifest = { metadata: { name: 'created' }, spec: {} };
    const created = await argocd.createApplication(manifest, {
      upsert: true,
      validate: false,
    });
    expect(created.ref).toEqual({
      instance: 'main',
      namespace: 'argocd',
      name: 'created',
    });
    expect(upstream.received[0].url).toBe(
      '/api/v1/applications?upsert=true&validate=false',
    );
    expect(JSON.parse(upstream.received[0].body)).toEqual(manifest);
  });

  it('updates the application that the manifest identifies', async () => {
    const recording = argoCdRecording('05-update-ok.json');
    const { client: argocd, server: upstream } = await serve((_, response) =>
      sendJson(response, 200, recording.response?.body),
    );
    const manifest = JSON.parse(JSON.stringify(recording.request.body));
    const updated = await argocd.updateApplication(manifest, {
      project: 'default',
      validate: false,
    });
    expect(updated.ref.name).toBe('created');
    expect(upstream.received).toMatchObject([
      {
        method: 'PUT',
        url: '/api/v1/applications/created?project=default&validate=false',
        headers: { 'content-type': 'application/json' },
      },
    ]);
    expect(JSON.parse(upstream.received[0].body)).toEqual(manifest);
    await expect(
      argocd.updateApplication(
        { metadata: { name: '../clusters' } },
        { project: 'default' },
      ),
    ).rejects.toMatchObject({ name: 'ArgoCdInvalidNameError' });
  });

  it('requests the version without a token', async () => {
    const { client: argocd, server: upstream } = await serve((_, response) =>
      sendJson(response, 200, { Version: 'v3.5.1' }),
    );
    expect(await argocd.version()).toBe('v3.5.1');
    expect(upstream.received[0].headers.authorization).toBeUndefined();
  });
});

describe('failures', () => {
  it('does not follow redirects', async () => {
    const { client: argocd, server: upstream } = await serve((_, response) =>
      response.writeHead(307, { location: '/api/v1/clusters' }).end(),
    );
    await expect(argocd.listApplications()).rejects.toMatchObject({
      name: 'ArgoCdUnexpectedResponseError',
      message: expect.stringContaining('redirects to /api/v1/clusters'),
    });
    expect(upstream.received).toHaveLength(1);
  });

  it.each([502, 503, 504, 500])(
    'retries a read after a plain %s',
    async status => {
      const { client: argocd, server: upstream } = await serve((_, response) =>
        upstream.received.length < 3
          ? response.writeHead(status).end('upstream error')
          : sendJson(response, 200, { items: null }),
      );
      expect(await argocd.listApplications()).toEqual({
        applications: [],
        undecodable: [],
      });
      expect(upstream.received).toHaveLength(3);
    },
  );

  it('gives up after three reads, and never retries a write', async () => {
    const { client: argocd, server: upstream } = await serve((_, response) => {
      response.destroy();
    });
    await expect(argocd.listApplications()).rejects.toMatchObject({
      name: 'ArgoCdUnreachableError',
    });
    expect(upstream.received).toHaveLength(3);
    await expect(argocd.operations.sync(REF)).rejects.toMatchObject({
      name: 'ArgoCdUnreachableError',
    });
    expect(upstream.received).toHaveLength(4);
  });

  it('does not retry an operation that failed inside Argo CD', async () => {
    const { client: argocd, server: upstream } = await serve((_, response) =>
      sendJson(response, 500, { code: 2, message: 'must be resolved' }),
    );
    await expect(argocd.getRevisionMetadata(REF, 'main')).rejects.toMatchObject(
      { argoCdMessage: 'must be resolved', status: 500 },
    );
    expect(upstream.received).toHaveLength(1);
  });

  it('reports a refused connection as unreachable', async () => {
    const { client: argocd, server: upstream } = await serve(() => {});
    await upstream.stop();
    await expect(argocd.version()).rejects.toMatchObject({
      name: 'ArgoCdUnreachableError',
      message: expect.stringMatching(/can't be reached: .*ECONNREFUSED/),
    });
  });

  it.each(['<html>Welcome</html>', '[]', '{"items": 3}'])(
    'rejects %s as a list',
    async body => {
      const { client: argocd } = await serve((_, response) =>
        response.end(body),
      );
      await expect(argocd.listApplications()).rejects.toMatchObject({
        name: 'ArgoCdUnexpectedResponseError',
      });
    },
  );

  it('rejects with the signal’s reason', async () => {
    const { client: argocd, server: upstream } = await serve(() => {});
    const controller = new AbortController();
    const list = argocd.listApplications({ signal: controller.signal });
    const failure = list.catch(error => error);
    await waitUntil('the request came', () => upstream.received.length === 1);
    controller.abort(new Error('enough'));
    expect(await failure).toMatchObject({ message: 'enough' });
  });
});
