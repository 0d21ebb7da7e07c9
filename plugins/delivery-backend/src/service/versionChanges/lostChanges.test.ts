import { createMockDirectory } from '@backstage/backend-test-utils';
import { runGit } from '@landfall/testing-kit';
import { join } from 'node:path';
import { ConfigHost } from '../../__testUtils__/ConfigHost';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import {
  HELD,
  REPOSITORY,
  startVersionChanges,
  VALUES,
} from '../../__testUtils__/versionChanges';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('lost version changes on %s', id => {
  const mockDir = createMockDirectory();
  let host: ConfigHost;

  beforeAll(async () => {
    host = await ConfigHost.start(join(mockDir.path, 'repos'));
  });
  afterAll(() => host.stop());
  beforeEach(() => {
    host.pulls.length = 0;
    recover();
  });

  const setUp = async (
    options: Parameters<typeof startVersionChanges>[2] = {},
  ) => startVersionChanges(await createDatabase(databases, id), host, options);

  /** Git takes the push, and nobody answers any more. */
  const loseAnswer = () => {
    host.git.afterPush = () => {
      host.git.isDown = true;
      return false;
    };
  };
  function recover(): void {
    host.isDown = false;
    host.isForbidden = false;
    host.losesAnswers = false;
    host.git.isDown = false;
    host.git.beforePush = undefined;
    host.git.afterPush = undefined;
  }
  const again = { key: 'key-of-another-request' };

  it('are committed once, and found', async () => {
    const { start, follow, put, name } = await setUp();
    loseAnswer();
    const { items } = await start({ via: 'commit' });
    expect(items[0]).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining('whether it took the push'),
    });
    expect((await follow(items[0].id)).state).toBe('unknown');
    recover();
    await expect(start({ via: 'commit' }, again)).rejects.toMatchObject({
      name: 'ConflictError',
    });

    expect(await follow(items[0].id)).toMatchObject({
      state: 'accepted',
      change: { kind: 'commit', url: expect.stringContaining('/commit/') },
    });
    expect(await host.git.git(name, 'log', '--format=%s', 'main')).toBe(
      'chore: promote api to 1.4.3\nchange\n',
    );
    await put([`${REPOSITORY}:1.4.3`]);
    expect(await follow(items[0].id)).toMatchObject({ state: 'succeeded' });
  });

  it('are as good as answered if the host shows the commit', async () => {
    const { start, name } = await setUp();
    host.git.afterPush = () => false;
    const { items } = await start({ via: 'commit' });
    expect(items[0]).toMatchObject({
      state: 'accepted',
      change: { kind: 'commit' },
    });
    expect(await host.git.git(name, 'rev-list', '--count', 'main')).toBe('2\n');
  });

  it('are proposed once, and found', async () => {
    const { start, follow } = await setUp();
    host.losesAnswers = true;
    const { items } = await start();
    expect(items[0].state).toBe('unknown');
    expect(host.pulls).toHaveLength(1);
    recover();
    expect(await follow(items[0].id)).toMatchObject({
      state: 'accepted',
      change: { kind: 'request', requestState: 'open' },
    });
    expect(host.pulls).toHaveLength(1);
  });

  it('name the branch that has no merge request', async () => {
    const { start, follow, age, branch, name } = await setUp();
    host.isDown = true;
    const { items } = await start();
    const place = `The branch ${await branch()} of ${host.git.repositoryUrl(
      name,
    )}`;
    expect(items[0]).toMatchObject({
      state: 'unknown',
      message: expect.stringMatching(
        /returned status 503 for [^ ]*\. The branch/,
      ),
    });
    expect(items[0].message).toContain(`${place} is there, and perhaps`);
    recover();
    expect((await follow(items[0].id)).state).toBe('unknown');
    await age(items[0].id);
    expect(await follow(items[0].id)).toMatchObject({
      state: 'failed',
      message: expect.stringContaining(`${place} was pushed`),
    });
    expect(host.pulls).toEqual([]);
  });

  it('name the branch for which no merge request may be opened', async () => {
    const { start, branch, name } = await setUp();
    host.isForbidden = true;
    const { items } = await start();
    expect(items[0]).toMatchObject({
      state: 'failed',
      message: expect.stringContaining(
        `The branch ${await branch()} of ${host.git.repositoryUrl(
          name,
        )} is there without a merge request into main. Open one for it`,
      ),
    });
  });

  it('have failed if Git got nothing', async () => {
    const { start, follow, age, show } = await setUp();
    host.git.beforePush = async () => {
      host.git.isDown = true;
      throw new Error('The connection broke');
    };
    const { items } = await start({ via: 'commit' });
    expect(items[0].state).toBe('unknown');
    recover();
    await age(items[0].id);
    expect(await follow(items[0].id)).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('Nothing was done'),
    });
    expect(await show('main')).toBe(VALUES);
    const second = await start({ via: 'commit' }, again);
    expect(second.items[0].state).toBe('accepted');
  });

  it('are found after the replica that made them was killed', async () => {
    const { start, follow, forget } = await setUp();
    const { items } = await start();
    await forget(items[0].id);
    expect(await follow(items[0].id)).toMatchObject({
      state: 'accepted',
      change: { kind: 'request' },
    });
  });

  it('stand on what the Image Updater commits meanwhile', async () => {
    const { start, show, manifest, name } = await setUp({ isUpdated: true });
    let pushes = 0;
    host.git.beforePush = async () => {
      pushes += 1;
      if (pushes === 1) {
        await host.git.commit(
          name,
          { 'apps/api/values.yaml': VALUES.replace('1.4.2', '1.4.3') },
          'build: automatic update of api',
        );
      }
    };
    const { items } = await start(
      { action: 'revert', via: 'commit' },
      { tag: '1.4.1' },
    );

    expect(pushes).toBe(2);
    expect(items[0]).toMatchObject({
      state: 'accepted',
      version: { tag: '1.4.1', from: '1.4.3' },
    });
    expect(await show('main')).toBe(VALUES.replace('1.4.2', '1.4.1'));
    expect(await manifest()).toContain('app.ignore-tags: "*"');
    expect(await host.git.git(name, 'log', '--format=%s', 'main')).toBe(
      'revert: take api back to 1.4.1\nbuild: automatic update of api\nchange\n',
    );
  });

  it('report what the Image Updater set before it saw the hold', async () => {
    const { start, follow, put, name } = await setUp({ isUpdated: true });
    const { items } = await start(
      { action: 'revert', via: 'commit' },
      { tag: '1.4.1' },
    );
    // Argo CD applies the version first, and the hold later.
    await put([`${REPOSITORY}:1.4.1`]);
    expect(await follow(items[0].id)).toMatchObject({ state: 'accepted' });
    await runGit(host.git.workFolder(name), ['pull', 'origin', 'main']);
    await host.git.commit(
      name,
      { 'apps/api/values.yaml': VALUES.replace('1.4.2', '1.4.3') },
      'build: automatic update of api',
    );
    await put([`${REPOSITORY}:1.4.3`], HELD);

    expect(await follow(items[0].id)).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/^1\.4\.3 was set before the hold/),
    });
  });
});
