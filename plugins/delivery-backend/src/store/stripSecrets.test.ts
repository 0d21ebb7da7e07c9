import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';

const NAME = '20261129200000_strip_secrets.js';
const directory = resolvePackagePath(
  '@landfall/backstage-plugin-delivery-backend',
  'migrations',
);
const databases = createTestDatabases();

const SECRET = 'S3CRET';
const URL = `https://user:${SECRET}@git.example.com/deploy.git`;
const CLEAN = 'https://git.example.com/deploy.git';
const AT = '2026-11-23T04:00:00.000Z';
const UPDATER = 'argocd-image-updater.argoproj.io';

describe.each(databases.eachSupportedId())('stored secrets on %s', id => {
  it('are removed, and everything else is kept', async () => {
    const { knex } = await createDatabase(databases, id);
    const source = {
      repoUrl: URL,
      path: 'p',
      helmParameters: [
        { name: 'image.tag', value: '1.0.0' },
        { name: 'app.image.repository', value: 'reg.example.com/shop/api' },
        { name: 'app.image.tag', value: '1.0.1' },
        { name: 'db.password', value: SECRET },
      ],
    };
    const applications = Array.from({ length: 250 }, (_, index) => ({
      key: `key-${String(index).padStart(4, '0')}`,
      instance: 'main',
      namespace: 'argocd',
      name: `api-${index}`,
      project: 'shop',
      resource_version: '7',
      state: JSON.stringify({
        annotations: {
          [`${UPDATER}/image-list`]: 'app=reg.example.com/shop/api',
          [`${UPDATER}/git-repository`]: URL,
          [`${UPDATER}/api.token`]: SECRET,
        },
        images: [],
        sources: [source],
        history: [{ id: 1, sources: [source] }],
        conditions: [{ type: 'ComparisonError', message: `no ${URL}` }],
        operation: { message: `failed to fetch "${URL}"`, images: [] },
      }),
      memory: JSON.stringify({ revisions: [{ repoUrl: URL, revision: 'a' }] }),
    }));
    await knex.batchInsert('applications', applications, 50);
    await knex('promotions').insert({
      id: 'p1',
      application_key: 'key-0000',
      repository: 'reg.example.com/shop/api',
      started_at: AT,
      moved_at: AT,
      document: JSON.stringify({ id: 'p1', commit: { repoUrl: URL } }),
    });
    const revision = {
      author: 'Jo <jo@example.com>',
      date: AT,
      message: `Use ${URL}`,
      seen_at: AT,
    };
    await knex('revisions').insert([
      { ...revision, repo_url: URL, revision: 'a' },
      { ...revision, repo_url: URL, revision: 'b' },
      { ...revision, repo_url: CLEAN, revision: 'b', message: 'kept' },
      { ...revision, repo_url: 'git@h:o/r.git', revision: 'c', message: 'm' },
    ]);
    await knex('revision_requests').insert({
      repo_url: URL,
      revision: 'a',
      application_key: 'key-0000',
      instance: 'main',
      next_attempt_at: AT,
      error: `no access to ${URL}`,
    });
    await knex('instances').insert({
      name: 'main',
      state: 'unreachable',
      since: AT,
      error: `no access to ${URL}`,
    });
    await knex('image_updaters').insert({
      instance: 'main',
      namespace: 'argocd',
      name: 'updater',
      manager: 'key-0000',
      document: JSON.stringify({
        namespace: 'argocd',
        name: 'updater',
        error: `no ${URL}`,
        spec: {
          commonUpdateSettings: { pullSecret: SECRET, allowTags: 'any' },
          applicationRefs: [
            {
              namePattern: 'api-*',
              writeBackConfig: {
                gitConfig: {
                  repository: URL,
                  pullRequest: { github: { token: SECRET } },
                },
              },
              images: [
                {
                  alias: 'a',
                  imageName: 'x',
                  commonUpdateSettings: { pullSecret: 'env:TOKEN' },
                },
              ],
            },
          ],
        },
      }),
    });
    await knex('outbox').insert({
      message: JSON.stringify({ keys: [], url: URL }),
      created_at: AT,
    });

    await knex('knex_migrations').where({ name: NAME }).delete();
    await knex.migrate.up({ directory, name: NAME });

    for (const table of [
      'applications',
      'promotions',
      'revisions',
      'revision_requests',
      'instances',
      'image_updaters',
      'outbox',
    ]) {
      expect(JSON.stringify(await knex(table).select())).not.toContain(SECRET);
    }
    const stored = await knex('applications').orderBy('key');
    expect(stored).toHaveLength(250);
    for (const row of stored) {
      expect(row.resource_version).toBeNull();
      const { sources, history, annotations, conditions } = JSON.parse(
        row.state,
      );
      expect(history[0].sources).toEqual(sources);
      expect(sources).toEqual([
        {
          ...source,
          repoUrl: CLEAN,
          helmParameters: source.helmParameters.slice(0, 3),
        },
      ]);
      expect(annotations).toEqual({
        [`${UPDATER}/image-list`]: 'app=reg.example.com/shop/api',
        [`${UPDATER}/git-repository`]: CLEAN,
      });
      expect(conditions[0].message).toBe(`no ${CLEAN}`);
      expect(JSON.parse(row.memory).revisions[0].repoUrl).toBe(CLEAN);
    }
    expect(
      await knex('revisions')
        .orderBy(['revision', 'repo_url'])
        .select('revision', 'repo_url', 'message'),
    ).toEqual([
      { revision: 'a', repo_url: CLEAN, message: `Use ${CLEAN}` },
      { revision: 'b', repo_url: CLEAN, message: 'kept' },
      { revision: 'c', repo_url: 'git@h:o/r.git', message: 'm' },
    ]);
    const [updater] = await knex('image_updaters').pluck('document');
    expect(JSON.parse(updater).spec).toEqual({
      commonUpdateSettings: { pullSecret: '', allowTags: 'any' },
      applicationRefs: [
        {
          namePattern: 'api-*',
          writeBackConfig: {
            gitConfig: { repository: CLEAN, pullRequest: { github: {} } },
          },
          images: [
            {
              alias: 'a',
              imageName: 'x',
              commonUpdateSettings: { pullSecret: 'env:TOKEN' },
            },
          ],
        },
      ],
    });
  });
});
