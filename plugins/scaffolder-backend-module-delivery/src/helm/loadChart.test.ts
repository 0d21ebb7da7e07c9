import { createMockDirectory } from '@backstage/backend-test-utils';
import { loadChart } from './loadChart';

describe('loadChart', () => {
  const folder = createMockDirectory();

  it('merges values as Helm does', async () => {
    folder.setContent({
      'Chart.yaml': 'apiVersion: v2\nname: api\nversion: 1.0.0\n',
      'values.yaml': 'a: {b: 1, c: 2}\nlist: [1, 2]\ngone: {x: 1}\nkept: 1\n',
      'one.yaml': 'a: {b: 3}\nlist: [3]\n',
      'two.yaml': 'a: {d: 4}\ngone: null\n',
    });
    await expect(
      loadChart(folder.path, ['one.yaml', 'two.yaml']),
    ).resolves.toEqual({
      name: 'api',
      version: '1.0.0',
      values: { a: { b: 3, c: 2, d: 4 }, list: [3], kept: 1 },
      schema: undefined,
    });
  });

  it('needs neither values.yaml nor values in a file', async () => {
    folder.setContent({
      'Chart.yaml': 'apiVersion: v2\nname: api\nversion: 1.0.0\n',
      'empty.yaml': '# nothing yet\n',
    });
    await expect(loadChart(folder.path, ['empty.yaml'])).resolves.toMatchObject(
      { values: {} },
    );
  });
});
