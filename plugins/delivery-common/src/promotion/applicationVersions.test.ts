import { API, WEB } from '../testing/simulation';
import {
  application,
  digest,
  operation,
  source,
} from './__testUtils__/builders';
import { UPDATER } from './__testUtils__/worlds';
import {
  parameterVersion,
  parameterVersions,
  repositoriesOf,
  versionsByRepository,
} from './applicationVersions';

const helm = (parameters: Record<string, string>) => ({
  repoUrl: '',
  helmParameters: Object.entries(parameters).map(([name, value]) => ({
    name,
    value,
  })),
});

describe('versionsByRepository', () => {
  it('groups references, each once, and leaves out what is none', () => {
    expect([
      ...versionsByRepository([
        `${API}:1.0.0`,
        `${WEB}@${digest('a')}`,
        `${API}:1.0.1`,
        `${API}:1.0.0`,
        'not a reference',
      ]),
    ]).toEqual([
      [API, [{ tag: '1.0.0' }, { tag: '1.0.1' }]],
      [WEB, [{ digest: digest('a') }]],
    ]);
  });
});

describe('parameterVersions', () => {
  it.each([
    [
      'a Kustomize image that replaces another name',
      { repoUrl: '', kustomizeImages: [`app=${API}:1.0.1`] },
      {},
      { [API]: { tag: '1.0.1' } },
    ],
    [
      'the tag beside a parameter with the repository',
      helm({ 'web.image.repository': API, 'web.image.tag': '1.0.1' }),
      {},
      { [API]: { tag: '1.0.1' } },
    ],
    [
      'no tag of another group of parameters',
      helm({ 'web.image.repository': API, 'api.image.tag': '1.0.1' }),
      {},
      {},
    ],
    [
      'the parameters that the annotations reference',
      helm({ name: API, version: '1.0.1' }),
      {
        [`${UPDATER}image-list`]: `app=${API}`,
        [`${UPDATER}app.helm.image-name`]: 'name',
        [`${UPDATER}app.helm.image-tag`]: 'version',
      },
      { [API]: { tag: '1.0.1' } },
    ],
    [
      'a tag alone, if the annotations reference it',
      helm({ version: '1.0.1' }),
      {
        [`${UPDATER}image-list`]: `app=${API}`,
        [`${UPDATER}app.helm.image-tag`]: 'version',
      },
      { [API]: { tag: '1.0.1' } },
    ],
    [
      'a whole reference in one parameter',
      helm({ image: `${API}:1.0.1` }),
      {
        [`${UPDATER}image-list`]: `app=${API}`,
        [`${UPDATER}app.helm.image-spec`]: 'image',
      },
      { [API]: { tag: '1.0.1' } },
    ],
    ['no parameters', source(), {}, {}],
  ])('reads %s', (_, of, annotations, expected) => {
    const versions = parameterVersions([of], annotations, [API]);
    expect(Object.fromEntries(versions)).toEqual(expected);
  });

  it('gives one repository its own version only', () => {
    const sources = [source('1.0.1')];
    expect(parameterVersion(application(), sources, API)).toEqual({
      tag: '1.0.1',
    });
    expect(parameterVersion(application(), sources, WEB)).toBe(undefined);
  });
});

describe('repositoriesOf', () => {
  it('has the repositories of every place, sorted and once', () => {
    const of = (name: string) => `registry.example.com/${name}`;
    const current = application({
      images: [`${of('pods')}:1`, `${of('all')}:1`],
      operation: operation({ images: [`${of('operation')}:1`] }),
      annotations: { [`${UPDATER}image-list`]: of('annotations') },
      sources: [
        {
          repoUrl: '',
          kustomizeImages: [`${of('all')}:2`, `${of('kustomize')}:2`],
        },
      ],
    });
    expect(repositoriesOf(current, [])).toEqual(
      ['all', 'annotations', 'kustomize', 'operation', 'pods'].map(of),
    );
  });
});
