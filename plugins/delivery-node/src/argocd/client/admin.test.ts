import { sendJson } from '../../__testUtils__/httpServer';
import { argoCdRecording } from '../../__testUtils__/recordings';
import { servedForEachTest } from '../../__testUtils__/ServedClient';
import type { ReceivedRequest } from '../../__testUtils__/httpServer';

const start = servedForEachTest();

async function serve(status: number, body: unknown) {
  const { client, server } = await start((_, answer) =>
    sendJson(answer, status, body),
  );
  return { client, received: server.received };
}

async function serveRecording(file: string) {
  const { response } = argoCdRecording(file);
  return serve(response?.status ?? 0, response?.body);
}

const sent = ({ method, url, body }: ReceivedRequest) => [
  method,
  url,
  body && JSON.parse(body),
];

const BAD_NAMES = ['', '..', 'a/b', 'a%2Fb', 'A', 'a b', 'ä'];

describe('projects', () => {
  const project = { metadata: { name: 'lab-project' }, spec: {} };

  it('returns one as Argo CD sends it', async () => {
    const { client, received } = await serveRecording('03-project.json');
    expect(await client.projects.getProject('shop')).toMatchObject({
      metadata: { name: 'shop', resourceVersion: '369' },
      spec: { description: 'The shop' },
    });
    expect(received.map(sent)).toEqual([['GET', '/api/v1/projects/shop', '']]);
  });

  it('returns nothing for a missing one', async () => {
    const { client } = await serveRecording('03-project-missing.json');
    expect(await client.projects.getProject('nosuchproject')).toBeUndefined();
  });

  it('creates and updates one', async () => {
    const { client, received } = await serveRecording('05-project-create.json');
    expect(await client.projects.createProject(project)).toMatchObject({
      metadata: { name: 'lab-project' },
    });
    await client.projects.updateProject(project);
    expect(received.map(sent)).toEqual([
      ['POST', '/api/v1/projects', { project }],
      ['PUT', '/api/v1/projects/lab-project', { project }],
    ]);
  });

  it.each([
    ['05-project-create-conflict.json', 'ArgoCdInvalidRequestError'],
    ['05-project-create-forbidden.json', 'ArgoCdForbiddenError'],
  ])('reports a refusal once: %s', async (file, name) => {
    const { client, received } = await serveRecording(file);
    await expect(client.projects.createProject(project)).rejects.toMatchObject({
      name,
    });
    expect(received).toHaveLength(1);
  });

  it('reports that somebody else has changed it', async () => {
    const { client } = await serve(409, {
      code: 10,
      message: 'the object has been modified',
    });
    await expect(client.projects.updateProject(project)).rejects.toMatchObject({
      name: 'ArgoCdConflictError',
    });
  });

  it.each(BAD_NAMES)('never sends a request for the name %j', async name => {
    const { client, received } = await serve(200, {});
    const bad = { metadata: { name } };
    for (const call of [
      () => client.projects.getProject(name),
      () => client.projects.createProject(bad),
      () => client.projects.updateProject(bad),
    ]) {
      await expect(call()).rejects.toMatchObject({
        name: 'ArgoCdInvalidNameError',
      });
    }
    await expect(client.projects.createProject({})).rejects.toThrow(
      'An AppProject needs a name in its metadata',
    );
    expect(received).toEqual([]);
  });
});

describe('application sets', () => {
  const set = { metadata: { name: 'services' }, spec: {} };

  it('reads and creates one', async () => {
    const { client, received } = await serve(200, set);
    const { applicationSets } = client;
    expect(
      await applicationSets.getApplicationSet({
        name: 'services',
        namespace: 'team',
      }),
    ).toEqual(set);
    expect(await applicationSets.createApplicationSet(set)).toEqual(set);
    await applicationSets.createApplicationSet(set, { upsert: true });
    const path = '/api/v1/applicationsets';
    expect(received.map(sent)).toEqual([
      ['GET', `${path}/services?appsetNamespace=team`, ''],
      ['POST', path, set],
      ['POST', `${path}?upsert=true`, set],
    ]);
  });

  it('returns nothing for a missing one', async () => {
    const { client } = await serve(404, {
      code: 5,
      message: 'applicationsets.argoproj.io "services" not found',
    });
    expect(
      await client.applicationSets.getApplicationSet({ name: 'services' }),
    ).toBeUndefined();
  });

  it.each(BAD_NAMES)('never sends a request for the name %j', async name => {
    const { client, received } = await serve(200, {});
    const { applicationSets } = client;
    for (const call of [
      () => applicationSets.getApplicationSet({ name }),
      () => applicationSets.getApplicationSet({ name: 'a', namespace: name }),
      () => applicationSets.createApplicationSet({ metadata: { name } }),
    ]) {
      await expect(call()).rejects.toMatchObject({
        name: 'ArgoCdInvalidNameError',
      });
    }
    expect(received).toEqual([]);
  });
});
