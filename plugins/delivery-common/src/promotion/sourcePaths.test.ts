import type { ApplicationSource } from '../model/application';
import { sourcePaths } from './sourcePaths';

const repoUrl = 'https://git.example.com/shop/deploy.git';
const charts = 'https://charts.example.com';

describe('sourcePaths', () => {
  it.each<[string, ApplicationSource[], string[]]>([
    ['a path', [{ repoUrl, path: './apps/api/' }], ['apps/api']],
    ['the root', [{ repoUrl, path: '.' }], []],
    ['no path', [{ repoUrl }], []],
    [
      'values files within the path',
      [{ repoUrl, path: 'apps/api', valueFiles: ['values-dev.yaml'] }],
      ['apps/api'],
    ],
    [
      'values files outside the path',
      [
        {
          repoUrl,
          path: 'charts/api',
          valueFiles: [
            '../../prod/values.yaml',
            '/common.yaml',
            'https://values.example.com/all.yaml',
          ],
        },
      ],
      ['charts/api', 'common.yaml', 'prod/values.yaml'],
    ],
    [
      'values files above the root',
      [{ repoUrl, path: 'api', valueFiles: ['../../values.yaml'] }],
      [],
    ],
    [
      'values files by a pattern',
      [{ repoUrl, path: 'api', valueFiles: ['/envs/dev/*.yaml'] }],
      ['api', 'envs/dev'],
    ],
    [
      'values of a chart of another repository',
      [
        {
          repoUrl: charts,
          chart: 'service',
          valueFiles: ['$values/envs/dev/api.yaml', '$other/x.yaml'],
        },
        { repoUrl, ref: 'values' },
      ],
      ['envs/dev/api.yaml'],
    ],
    [
      'several sources of the repository',
      [
        { repoUrl, path: 'apps/api' },
        { repoUrl, path: 'apps/shared' },
        { repoUrl: charts, path: 'elsewhere' },
      ],
      ['apps/api', 'apps/shared'],
    ],
    [
      'a source that only gives values that nobody uses',
      [{ repoUrl, ref: 'values' }],
      [],
    ],
  ])('%s', (_, sources, expected) => {
    expect(sourcePaths(sources, repoUrl)).toEqual(expected);
  });
});
