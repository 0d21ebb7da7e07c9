import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { ownRepository, sourceRevision } from './sourceRevision';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({ integrations: { github: [{ host: 'github.com' }] } }),
);
const SHA = '0123456789abcdef0123456789abcdef01234567';
const FILE = 'url:https://github.com/shop/api/blob/main/catalog-info.yaml';
const FOLDER = 'url:https://github.com/shop/api/tree/main/';

describe('ownRepository', () => {
  const entity = (annotations: Record<string, string>): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'api', annotations },
  });

  it.each<[string, string | undefined, string | undefined, string | undefined]>(
    [
      ['the same repository', FILE, FOLDER, 'https://github.com/shop/api'],
      [
        'another part of the repository',
        'url:https://github.com/shop/mono/blob/main/catalog/api.yaml',
        'url:https://github.com/shop/mono/tree/main/services/api/',
        'https://github.com/shop/mono',
      ],
      [
        'a repository that the entity only claims',
        FILE,
        'url:https://github.com/shop/secrets/tree/main/',
        undefined,
      ],
      ['a file of the portal', 'file:/etc/catalog/all.yaml', FOLDER, undefined],
      ['no source', FILE, undefined, undefined],
      ['no location', undefined, FOLDER, undefined],
      ['nonsense', 'github', 'github', undefined],
      [
        'a host without integration',
        FILE.replace('github.com', 'git.example.com'),
        FOLDER.replace('github.com', 'git.example.com'),
        undefined,
      ],
    ],
  )('of an entity with %s', (_, readFrom, source, repository) => {
    expect(
      ownRepository(
        entity({
          ...(readFrom && { 'backstage.io/managed-by-location': readFrom }),
          ...(source && { 'backstage.io/source-location': source }),
        }),
        integrations,
      ),
    ).toBe(repository);
  });
});

describe('sourceRevision', () => {
  const repoUrl = 'https://github.com/shop/api';
  const unknown = (reason: string, tag: string) => ({
    kind: 'unknown',
    reason,
    tag,
  });

  it.each<[string, Parameters<typeof sourceRevision>[1], object]>([
    ['1.4.3', { revision: SHA }, { revision: SHA }],
    ['1.4.3', { revision: SHA.toUpperCase() }, { revision: SHA }],
    ['1.4.3', { revision: SHA, url: `${repoUrl}.git` }, { revision: SHA }],
    [
      '1.4.3',
      { revision: SHA, url: 'git+https://x@GitHub.com/Shop/api/' },
      unknown('other-repository', '1.4.3'),
    ],
    [
      '1.4.3',
      { revision: SHA, url: 'https://x@GitHub.com/Shop/api/' },
      { revision: SHA },
    ],
    [
      '1.4.3',
      { revision: SHA, url: 'https://github.com/shop/web' },
      unknown('other-repository', '1.4.3'),
    ],
    [
      SHA,
      { url: 'https://github.com/shop/web' },
      unknown('other-repository', SHA),
    ],
    ['1.4.3', { revision: 'main' }, unknown('no-revision', '1.4.3')],
    ['1.4.3', { revision: 'HEAD~3' }, unknown('no-revision', '1.4.3')],
    ['1.4.3', undefined, unknown('no-revision', '1.4.3')],
    ['6063e25', undefined, { revision: '6063e25' }],
    ['6063e25', { revision: SHA }, { revision: SHA }],
    [`sha-${SHA}`, { url: repoUrl }, { revision: SHA }],
    [SHA, undefined, { revision: SHA }],
    ['20260101', undefined, unknown('no-revision', '20260101')],
    ['deadbeef', undefined, unknown('no-revision', 'deadbeef')],
    ['abc123', undefined, unknown('no-revision', 'abc123')],
    ['v6063e25', undefined, unknown('no-revision', 'v6063e25')],
  ])('of %s with %j', (tag, source, expected) => {
    expect(sourceRevision(tag, source, repoUrl)).toEqual(expected);
  });
});
