import { createMockDirectory } from '@backstage/backend-test-utils';
import { join } from 'node:path';
import { ConfigHost } from '../../__testUtils__/ConfigHost';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import {
  HELD,
  REF,
  REPOSITORY,
  startVersionChanges,
  VALUES,
} from '../../__testUtils__/versionChanges';
import { saveImages } from '../../store/operations/images';
import { addRepositories } from '../../store/operations/repositories';
import { actionKeyOf } from '../actions/actionKey';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('version changes on %s', id => {
  const mockDir = createMockDirectory();
  let host: ConfigHost;

  beforeAll(async () => {
    host = await ConfigHost.start(join(mockDir.path, 'repos'));
  });
  afterAll(() => host.stop());
  beforeEach(() => {
    host.pulls.length = 0;
    host.isDown = false;
  });

  const setUp = async (
    options: Parameters<typeof startVersionChanges>[2] = {},
  ) => startVersionChanges(await createDatabase(databases, id), host, options);

  it('go by a merge request to a live version', async () => {
    const { start, follow, show, put } = await setUp();
    const { items } = await start({ reason: 'It is time' });
    expect(items).toEqual([
      expect.objectContaining({
        action: 'promote',
        state: 'accepted',
        user: 'user:default/jo',
        reason: 'It is time',
        version: { repository: REPOSITORY, tag: '1.4.3', from: '1.4.2' },
        change: {
          kind: 'request',
          url: 'https://git.example.com/shop/deploy/pulls/1',
          requestState: 'open',
        },
      }),
    ]);
    const [pull] = host.pulls;
    expect(pull).toMatchObject({
      title: 'chore: promote api to 1.4.3',
      base: 'main',
    });
    expect(pull.body).toContain('`1.4.2` → `1.4.3`');
    expect(pull.body).toContain(
      'not known, because the image `1.4.2` has no label org.opencontainers.image.revision.',
    );
    expect(await show('main')).toBe(VALUES);
    expect(pull.head).toMatch(/^landfall\/promote-[-0-9a-f]{36}-main$/);
    expect(await show(pull.head)).toBe(VALUES.replace('1.4.2', '1.4.3'));

    const [{ id: actionId }] = items;
    expect((await follow(actionId)).state).toBe('accepted');
    Object.assign(pull, { state: 'closed', merged: true });
    expect(await follow(actionId)).toMatchObject({
      state: 'accepted',
      change: { requestState: 'merged' },
    });
    await put([`${REPOSITORY}:1.4.3`]);
    expect(await follow(actionId)).toMatchObject({ state: 'succeeded' });
  });

  it.each([
    ['promote', '1.4.3', { from: '1.4.2', to: '1.4.3' }],
    ['revert', '1.4.1', { from: '1.4.1', to: '1.4.2' }],
  ] as const)(
    'list the commits that a %s is about',
    async (action, tag, range) => {
      const { start } = await setUp({
        commits: {
          between: async ({ entity, repository, from, to }) => ({
            from,
            to,
            found: {
              kind: 'listed',
              commits: [
                {
                  revision: 'a'.repeat(40),
                  title: `Fix ${entity.metadata.name} of ${repository}`,
                  author: 'Jo',
                },
              ],
              total: 1,
            },
          }),
        },
      });
      await start({ action, hold: false }, { tag });
      const [{ body }] = host.pulls;
      expect(body).toContain(`from \`${range.from}\` to \`${range.to}\``);
      expect(body).toContain(`- \`aaaaaaaa\` Fix api of ${REPOSITORY} (Jo)`);
    },
  );

  it('fail if the request is closed', async () => {
    const { start, follow } = await setUp();
    const { items } = await start();
    host.pulls[0].state = 'closed';
    expect(await follow(items[0].id)).toMatchObject({
      state: 'failed',
      change: { requestState: 'closed' },
    });
  });

  it('go by a commit', async () => {
    const { start, show, name } = await setUp();
    const { items } = await start({ via: 'commit' });
    expect(items[0]).toMatchObject({
      state: 'accepted',
      change: { kind: 'commit', url: expect.stringContaining('/commit/') },
    });
    expect(await show('main')).toBe(VALUES.replace('1.4.2', '1.4.3'));
    expect(
      await host.git.git(name, 'log', '-1', '--format=%an %s', 'main'),
    ).toBe('Landfall chore: promote api to 1.4.3\n');
    expect(host.pulls).toEqual([]);
  });

  it('are made once, however often they are sent', async () => {
    const { start } = await setUp();
    const [first, second] = await Promise.all([start(), start()]);
    const third = await start();
    expect(second.items[0].id).toBe(first.items[0].id);
    expect(third.items[0].id).toBe(first.items[0].id);
    expect(host.pulls).toHaveLength(1);
    await expect(start({}, { tag: '1.4.4' })).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it('are refused for another entity’s application', async () => {
    const { start } = await setUp();
    await expect(
      start({}, { entityRef: 'component:default/thief' }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      start({}, { entityRef: 'component:default/missing' }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(host.pulls).toEqual([]);
  });

  it('are refused if the application has changed', async () => {
    const { start, stored } = await setUp();
    const application = await stored();
    const item = {
      entityRef: 'component:default/api',
      application: REF,
      expected: { actionKey: `x${actionKeyOf({ application })}` },
      repository: REPOSITORY,
      tag: '1.4.3',
    };
    await expect(start({ items: [item] })).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it.each([
    ['another repository', { repository: 'registry.example.com/shop/web' }],
    ['no tag', { tag: undefined }],
  ])('are refused with %s', async (_, changes) => {
    const { start, stored, database } = await setUp();
    const item = {
      entityRef: 'component:default/api',
      application: REF,
      expected: { actionKey: actionKeyOf({ application: await stored() }) },
      repository: REPOSITORY,
      tag: '1.4.3',
      ...changes,
    };
    await expect(start({ items: [item] })).rejects.toMatchObject({
      name: 'InputError',
    });
    expect(await database.knex('actions').select()).toEqual([]);
  });

  it('hold a reverted version until updates are resumed', async () => {
    const { start, follow, put, show, manifest } = await setUp({
      isUpdated: true,
    });
    const before = await manifest();
    const revert = await start(
      { action: 'revert', via: 'commit' },
      { tag: '1.4.1' },
    );
    expect(revert.items[0]).toMatchObject({
      state: 'accepted',
      version: { tag: '1.4.1', from: '1.4.2' },
    });
    expect(await show('main')).toBe(VALUES.replace('1.4.2', '1.4.1'));
    const [[key, value]] = Object.entries(HELD);
    expect(await manifest()).toBe(
      before.replace('    a: b', `    ${key}: "${value}"\n    a: b`),
    );
    await put([`${REPOSITORY}:1.4.1`], HELD);
    expect(await follow(revert.items[0].id)).toMatchObject({
      state: 'succeeded',
    });

    const resume = await start(
      { action: 'resume-updates', via: 'commit' },
      { key: 'key-of-another-request', tag: '' },
    );
    expect(resume.items[0].state).toBe('accepted');
    expect(await manifest()).toBe(before);
    expect(await follow(resume.items[0].id)).toMatchObject({
      state: 'accepted',
    });
    await put([`${REPOSITORY}:1.4.1`]);
    expect(await follow(resume.items[0].id)).toMatchObject({
      state: 'succeeded',
    });
  });

  it('wait for approval where that is needed', async () => {
    const { start, show, approve, notes } = await setUp({
      approvers: ['group:default/ops'],
    });
    const { items } = await start({ via: 'commit' });
    expect(await notes()).toEqual(
      expect.arrayContaining([
        {
          code: 'change.note-approval',
          message: 'Waits until somebody of ops approves it',
          parameters: { approvers: 'ops' },
        },
      ]),
    );
    // The environment of an application without rules is its namespace.
    expect(items[0]).toMatchObject({ environment: 'shop', state: 'waiting' });
    expect(await show('main')).toBe(VALUES);
    await expect(
      start({ via: 'commit' }, { key: 'key-of-another-request' }),
    ).rejects.toMatchObject({ name: 'ConflictError' });

    expect(await approve(items[0].id)).toMatchObject({ state: 'accepted' });
    expect(await show('main')).toContain('1.4.3');
  });

  it('stay approvable while the repository gets other commits', async () => {
    const { start, show, approve, commitValues } = await setUp({
      approvers: ['group:default/ops'],
    });
    const { items } = await start({ via: 'commit' });
    await commitValues(`${VALUES}replicas: 2\n`);
    expect(await approve(items[0].id)).toMatchObject({
      state: 'accepted',
      approver: 'user:default/olga',
    });
    expect(await show('main')).toBe(
      `${VALUES.replace('1.4.2', '1.4.3')}replicas: 2\n`,
    );
  });

  it('fail if Git has another version by the time of the approval', async () => {
    const { start, show, approve, commitValues } = await setUp({
      approvers: ['group:default/ops'],
    });
    const { items } = await start({ via: 'commit' });
    const values = VALUES.replace('1.4.2', '1.5.0');
    await commitValues(values);
    expect(await approve(items[0].id)).toMatchObject({
      state: 'failed',
      message: 'Git has 1.5.0 by now, instead of 1.4.2. Nothing was done',
    });
    expect(await show('main')).toBe(values);
  });

  it('are previewed with a note if the registry lacks the version', async () => {
    const { database, notes } = await setUp();
    const codes = async () => (await notes()).map(({ code }) => code);
    expect(await codes()).not.toContain('change.note-no-image');
    await addRepositories(database.knex, [REPOSITORY]);
    const push = (tag: string) =>
      saveImages(
        database.knex,
        [
          {
            repository: REPOSITORY,
            digest: `sha256:${tag.replaceAll('.', '').padStart(64, '0')}`,
            tags: [tag],
            seenAt: '2026-01-01T00:00:00.000Z',
          },
        ],
        '2026-01-01T00:00:00.000Z',
      );
    await push('1.4.2');
    expect(await codes()).toContain('change.note-no-image');
    await push('1.4.3');
    expect(await codes()).not.toContain('change.note-no-image');
  });
});
