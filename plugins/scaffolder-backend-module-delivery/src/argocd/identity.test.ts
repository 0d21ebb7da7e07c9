import { readRecordingJson, recordedFiles } from '@landfall/testing-kit';
import { z } from 'zod';
import { identityOf } from './identity';

const repoURL = 'https://git.example.com/shop/deploy';
const source = (change: object) =>
  identityOf({ spec: { source: { repoURL, ...change } } }).sources;

describe('identityOf', () => {
  it.each([
    ['component:default/api', 'component:default/api'],
    ['Component:Default/API', 'component:default/api'],
    ['not a ref', 'not a ref'],
    [undefined, undefined],
  ])('reads the mark %j', (mark, entityRef) => {
    const annotations =
      mark === undefined ? {} : { 'landfall.io/entity-ref': mark };
    expect(identityOf({ metadata: { annotations } })).toEqual({
      entityRef,
      project: 'default',
      sources: [],
    });
  });

  it.each([
    { path: 'apps/api' },
    { path: './apps/api/' },
    { path: '/apps/api' },
    { path: 'apps/api', targetRevision: 'v2' },
    { path: 'apps/api', repoURL: `${repoURL}.git` },
    { path: 'apps/api', repoURL: `${repoURL}/` },
    { path: 'apps/api', repoURL: 'https://GIT.example.com/shop/deploy' },
    {
      path: 'apps/api',
      repoURL: 'https://user:secret@git.example.com/shop/deploy.git',
    },
  ])('reads %j as the same source', change => {
    expect(source(change)).toEqual([`${repoURL} (path apps/api)`]);
  });

  it.each([
    [{}, `${repoURL} (path .)`],
    [{ chart: 'api' }, `${repoURL} (chart api)`],
    [
      { path: 'a', repoURL: 'git@git.example.com:shop/deploy.git' },
      'git@git.example.com:shop/deploy (path a)',
    ],
  ])('describes the source %j', (change, text) => {
    expect(source(change)).toEqual([text]);
  });

  it('reads several sources in any order, and the dry source of a hydrated one', () => {
    const a = { repoURL: 'https://a', path: 'x' };
    const b = { repoURL: 'https://b', chart: 'y' };
    const both = ['https://a (path x)', 'https://b (chart y)'];
    const empty = { repoURL: '' };
    expect(
      identityOf({ spec: { source: empty, sources: [b, a] } }).sources,
    ).toEqual(both);
    expect(
      identityOf({ spec: { source: empty, sources: [a, b] } }).sources,
    ).toEqual(both);
    expect(
      identityOf({ spec: { sourceHydrator: { drySource: a } } }).sources,
    ).toEqual(['https://a (path x)']);
  });

  it('reads every recorded Application', () => {
    const answer = z.object({
      response: z.object({
        status: z.literal(200),
        body: z.looseObject({
          metadata: z.looseObject({ uid: z.string() }),
          spec: z.looseObject({ project: z.string() }),
        }),
      }),
    });
    const bodies = recordedFiles('argocd')
      .filter(file => /^0[25]-(get|create)-/.test(file))
      .map(file => answer.safeParse(readRecordingJson(`argocd/${file}`)))
      .flatMap(({ data }) => (data ? [data.response.body] : []));
    expect(bodies.length).toBeGreaterThan(20);
    for (const body of bodies) {
      const identity = identityOf(JSON.parse(JSON.stringify(body)));
      expect(identity.project).toBe(body.spec.project);
      expect(identity.sources.length).toBeGreaterThan(0);
    }
  });
});
