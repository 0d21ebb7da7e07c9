import type { Application } from '@landfall/backstage-plugin-delivery-common';
import { deployedSources } from './deployedSources';

const GIT = { repoUrl: 'https://git.example.com/deploy.git', path: 'api' };
const CHART = {
  repoUrl: 'https://charts.example.com',
  chart: 'redis',
  targetRevision: '18.*',
};

describe('deployedSources', () => {
  it.each<
    [
      string,
      Application['sources'],
      string[],
      ReturnType<typeof deployedSources>,
    ]
  >([
    ['a path in Git', [GIT], ['abc'], undefined],
    ['no source', [], [], undefined],
    [
      'a chart, with the version that its range means',
      [CHART],
      ['18.1.0'],
      { total: 1, charts: [{ name: 'redis', version: '18.1.0' }] },
    ],
    [
      'a chart that was not compared yet',
      [CHART],
      [],
      { total: 1, charts: [{ name: 'redis', version: '18.*' }] },
    ],
    [
      'a chart with values from Git',
      [CHART, { ...GIT, ref: 'values' }],
      ['18.1.0', 'abc'],
      { total: 2, charts: [{ name: 'redis', version: '18.1.0' }] },
    ],
    ['two paths', [GIT, GIT], ['abc', 'abc'], { total: 2, charts: [] }],
  ])('describes %s', (_, sources, revisions, expected) => {
    const sync = { status: 'Synced' as const, revisions };
    expect(deployedSources({ sources, sync })).toEqual(expected);
  });
});
