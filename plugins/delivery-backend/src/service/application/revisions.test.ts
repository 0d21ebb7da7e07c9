import type { Application } from '@landfall/backstage-plugin-delivery-common';
import { RevisionItems } from './revisions';

const GIT = 'https://git.example.com/deploy.git';
const CHARTS = 'https://charts.example.com';
const KNOWN = {
  repoUrl: GIT,
  revision: 'a1',
  author: 'Ada <ada@example.com>',
  date: '2026-11-23T05:00:00.000Z',
  message: 'Update api',
};
const items = new RevisionItems([KNOWN], {
  commit: (repoUrl, revision) => `${repoUrl}/commit/${revision}`,
});

const APPLICATION: Application = {
  ref: { instance: 'main', namespace: 'argocd', name: 'api' },
  uid: 'u',
  project: 'shop',
  labels: {},
  annotations: {},
  destination: {},
  sources: [
    { repoUrl: CHARTS, chart: 'api', targetRevision: '1.x' },
    { repoUrl: GIT, path: 'values', tool: 'Helm', ref: 'values' },
  ],
  sourceTypes: ['Helm', ''],
  automatedSync: true,
  sync: { status: 'Synced', revisions: ['1.2.0', 'a1'] },
  health: { status: 'Healthy' },
  images: [],
  externalUrls: [],
  history: [
    {
      id: 1,
      revisions: ['1.1.0', 'unknown'],
      sources: [{ repoUrl: CHARTS, chart: 'api' }, { repoUrl: GIT }],
      deployedAt: '2026-11-23T04:00:00.000Z',
      initiatedBy: { automated: true },
    },
    {
      id: 2,
      revisions: ['a1'],
      sources: [{ repoUrl: GIT }],
      deployedAt: '2026-11-23T05:00:00.000Z',
    },
  ],
  conditions: [],
  resources: { total: 0, outOfSync: 0, unwell: [] },
};

describe('RevisionItems', () => {
  it('pairs each source with its revision, type and commit', () => {
    expect(items.sources(APPLICATION)).toEqual([
      {
        repoUrl: CHARTS,
        chart: 'api',
        targetRevision: '1.x',
        type: 'Helm',
        revision: { repoUrl: CHARTS, chart: 'api', revision: '1.2.0' },
      },
      {
        repoUrl: GIT,
        path: 'values',
        ref: 'values',
        revision: { ...KNOWN, link: `${GIT}/commit/a1` },
      },
    ]);
  });

  it('has the history newest first, also with revisions of unknown commits', () => {
    const history = items.history(APPLICATION);
    expect(history.map(({ id }) => id)).toEqual([2, 1]);
    expect(history[0].revisions).toEqual([
      { ...KNOWN, link: `${GIT}/commit/a1` },
    ]);
    expect(history[1].revisions).toEqual([
      { repoUrl: CHARTS, chart: 'api', revision: '1.1.0' },
      expect.objectContaining({
        revision: 'unknown',
        author: undefined,
        link: `${GIT}/commit/unknown`,
      }),
    ]);
  });

  it('has the dry source with the commit that somebody wrote', () => {
    expect(
      items.drySource({
        ...APPLICATION,
        drySource: { repoUrl: GIT, path: 'dry' },
        dryRevision: 'a1',
      }),
    ).toMatchObject({ path: 'dry', revision: { author: KNOWN.author } });
    expect(items.drySource(APPLICATION)).toBeUndefined();
  });
});
