import { createMockDirectory } from '@backstage/backend-test-utils';
import { runGit } from '@landfall/testing-kit';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { author, file, TestGitHost } from '../__testUtils__/TestGitHost';

/** Computed as Git does. */
function blobId(text: string): string {
  const size = Buffer.byteLength(text);
  return createHash('sha1').update(`blob ${size}\0${text}`).digest('hex');
}

describe('files of a commit', () => {
  const mockDir = createMockDirectory();
  let host: TestGitHost;

  beforeAll(async () => {
    host = await TestGitHost.start(mockDir.path);
  });
  afterAll(() => host.stop());

  it.each([
    ['../outside', "isn't a path inside"],
    ['/etc/passwd', "isn't a path inside"],
    ['.git/hooks/post-commit', "isn't a path inside"],
    ['a\\b', "isn't a path inside"],
  ])('refuses the path %s', async (path, message) => {
    const repo = await host.repository(`path-${host.nextNumber()}`, {
      'a.txt': 'a\n',
    });
    await expect(
      host.client.commitFiles({
        url: repo.url,
        files: [file(path, 'x')],
        message: 'x',
        author,
        directory: host.cloneFolder(),
      }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
  });

  it('keeps the executable bit, and sets it where requested', async () => {
    const repo = await host.repository('modes', {
      'old.sh': 'old',
      'plain.sh': 'p',
    });
    await runGit(repo.work, ['update-index', '--chmod=+x', 'old.sh']);
    await host.server.commitWork(repo.name, 'mode');
    const { changed } = await host.client.commitFiles({
      url: repo.url,
      files: [
        file('old.sh', 'new'),
        { ...file('plain.sh', 'p'), executable: true },
        { ...file('new.sh', 'n'), executable: true },
        file('new.txt', 'n'),
      ],
      message: 'modes',
      author,
      directory: host.cloneFolder(),
    });
    expect(changed).toEqual(['new.sh', 'new.txt', 'old.sh', 'plain.sh']);
    const modes = (await repo.git('ls-tree', 'main'))
      .trim()
      .split('\n')
      .map(line => line.replace(/ blob \w+\t/, ' '));
    expect(modes).toEqual([
      '100755 new.sh',
      '100644 new.txt',
      '100755 old.sh',
      '100755 plain.sh',
    ]);
  });

  it.each([
    ['link/passwd', 'link is a symbolic link'],
    ['link', 'link is a symbolic link'],
    ['dangling', 'dangling is a symbolic link'],
    ['a.txt/b', 'a.txt is a file'],
    ['folder', 'folder is a folder'],
    ['module/x', 'module is a submodule'],
  ])('refuses %s, and writes nothing outside', async (path, message) => {
    const repo = await host.repository(`special-${host.nextNumber()}`, {
      'a.txt': 'a\n',
      'folder/b.txt': 'b\n',
    });
    const outside = mockDir.resolve('outside');
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, 'passwd'), 'of the host');
    symlinkSync(outside, join(repo.work, 'link'));
    symlinkSync('/nowhere', join(repo.work, 'dangling'));
    await runGit(repo.work, ['add', '.']);
    await runGit(repo.work, [
      'update-index',
      '--add',
      '--cacheinfo',
      `160000,${await repo.head()},module`,
    ]);
    await host.server.commitWork(repo.name, 'special');
    await expect(
      host.client.commitFiles({
        url: repo.url,
        files: [file(path, 'of the host')],
        message: 'x',
        author,
        directory: host.cloneFolder(),
      }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
    expect(readdirSync(outside)).toEqual(['passwd']);
  });

  it.each([
    ['a file and a folder', ['a', 'a/b']],
    ['a folder and a file', ['a/b', 'a']],
  ])('refuses files when one is %s', async (_, paths) => {
    const repo = await host.emptyRepository(`clash-${host.nextNumber()}`);
    await expect(
      host.client.commitFiles({
        url: repo.url,
        files: paths.map(path => file(path, 'x')),
        message: 'x',
        author,
        directory: host.cloneFolder(),
      }),
    ).rejects.toMatchObject({ name: 'InputError' });
  });

  it('leaves any repository valid, with exactly the expected files', async () => {
    const name = fc.constantFrom('a', 'b', 'a.b', 'a-b', 'ü', 'A');
    const path = fc
      .array(name, { minLength: 1, maxLength: 4 })
      .map(names => names.join('/'));
    // Only files at the ends, so that no path is both a file and a folder.
    const files = fc.dictionary(
      path.map(text => `${text}/file`),
      fc.string({ maxLength: 5 }),
      { minKeys: 1, maxKeys: 8 },
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(files, files, fc.boolean(), async (old, next, over) => {
        count += 1;
        const repo = await host.repository(`any-${count}`, old);
        const { changed, kept } = await host.client.commitFiles({
          url: repo.url,
          files: Object.entries(next).map(([key, text]) => file(key, text)),
          overwrite: over,
          message: 'any',
          author,
          directory: host.cloneFolder(),
        });
        const differing = Object.keys(next).filter(
          key => key in old && old[key] !== next[key],
        );
        expect(kept).toEqual(over ? [] : differing.sort());
        const expected: Record<string, string> = over
          ? { ...old, ...next }
          : { ...next, ...old };
        expect(changed).toEqual(
          Object.keys(expected)
            .filter(key => old[key] !== expected[key])
            .sort(),
        );
        await repo.git('fsck', '--strict');
        const listed = (await repo.git('ls-tree', '-r', '-z', 'main'))
          .split('\0')
          .filter(Boolean);
        expect(listed.sort()).toEqual(
          Object.entries(expected)
            .map(([key, text]) => `100644 blob ${blobId(text)}\t${key}`)
            .sort(),
        );
      }),
      { numRuns: 10 },
    );
  }, 120_000);
});
