import {
  type Application,
  initialState,
} from '@landfall/backstage-plugin-delivery-common';
import { observationsOf } from '../__testUtils__/observations';
import { observedVersions, referencedVersions } from './referencedVersions';

const api = 'registry.example.com/shop/api';
const web = 'registry.example.com/shop/web';
const DIGEST = `sha256:${'1'.repeat(64)}`;

describe('referencedVersions', () => {
  let recorded: Application;
  beforeAll(async () => {
    const first = (await observationsOf('helmvalues')).find(
      observation => observation.kind === 'application-observed',
    );
    if (!first) {
      throw new Error('The recording has an application');
    }
    recorded = {
      ...first.application,
      images: [],
      operation: undefined,
      history: [],
      sources: [],
    };
  });

  const NOTHING = {
    promotions: [],
    observations: [],
    revisions: [],
    commits: [],
    repositories: [api, web],
  };
  const source = { repoUrl: 'https://git.example.com/deploy.git' };
  const { memory } = initialState({ instance: '', namespace: '', name: '' });

  it('are those of pods, operations, Kustomize images and promotions', () => {
    const ref = recorded.ref;
    expect(
      referencedVersions({
        ...NOTHING,
        applications: [
          {
            ...recorded,
            images: [`${api}:1@${DIGEST}`, 'registry.example.com/other:1'],
            sources: [{ ...source, kustomizeImages: [`api=${api}:2`] }],
          },
        ],
        promotions: [
          {
            id: 'p',
            application: ref,
            repository: web,
            version: { tag: '3' },
            previous: { digest: DIGEST },
            stages: {},
          },
        ],
      }),
    ).toEqual([
      { repository: api, tag: '1' },
      { repository: api, digest: DIGEST },
      { repository: api, tag: '2' },
      { repository: web, tag: '3' },
      { repository: web, digest: DIGEST },
    ]);
  });

  it('are those that the memory holds', () => {
    const version = (tag: string) => ({ version: { tag } });
    const found = referencedVersions({
      ...NOTHING,
      applications: [],
      memory: {
        ...memory,
        versions: [{ repository: api, ...version('1'), at: '', position: 1 }],
        runs: [
          {
            promotionId: 'p',
            repository: api,
            ...version('2'),
            revisions: [],
            position: 1,
            rollback: false,
            parameters: false,
          },
        ],
        desired: { revisions: [], images: [`${api}:3`] },
        repositories: {
          [api]: {
            target: { id: 't', ...version('4') },
            live: { id: 'l', ...version('5') },
            applied: [{ tag: '6' }],
            leftover: [{ tag: '7' }],
            counts: {},
            floor: 0,
          },
        },
      },
    });
    expect(found.map(({ tag }) => tag).sort()).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
    ]);
  });

  it('may be any of the repositories, if a parameter or a commit only names a tag', () => {
    const message = `build: automatic update of api\n\nupdates image shop/api tag '1' to '2'`;
    const found = referencedVersions({
      ...NOTHING,
      applications: [
        {
          ...recorded,
          sources: [
            { ...source, helmParameters: [{ name: 'image.tag', value: '3' }] },
          ],
        },
      ],
      revisions: [
        {
          repoUrl: source.repoUrl,
          revision: 'a',
          author: 'a',
          date: '2026-01-01T00:00:00Z',
          message,
        },
      ],
    });
    expect(found).toHaveLength(6);
    expect(found).toEqual(
      expect.arrayContaining(
        ['1', '2', '3'].flatMap(tag => [
          { repository: api, tag },
          { repository: web, tag },
        ]),
      ),
    );
  });

  it('leave out what no image can be found by', () => {
    expect(
      referencedVersions({
        ...NOTHING,
        applications: [
          {
            ...recorded,
            sources: [
              {
                ...source,
                helmParameters: [
                  { name: 'a', value: 'x'.repeat(301) },
                  { name: 'b', value: '1\0' },
                  { name: 'c', value: '' },
                ],
              },
            ],
          },
        ],
      }),
    ).toEqual([]);
  });

  it('include the observed images themselves', () => {
    const at = '2026-01-01T00:00:00Z';
    expect(
      observedVersions([
        {
          kind: 'image-pushed',
          repository: api,
          digest: 'd1',
          tags: [],
          seenAt: at,
        },
        { kind: 'image-removed', repository: api, digest: 'd2', seenAt: at },
        { kind: 'application-gone', ref: recorded.ref, seenAt: at },
      ]),
    ).toEqual([
      { repository: api, digest: 'd1' },
      { repository: api, digest: 'd2' },
    ]);
  });
});
