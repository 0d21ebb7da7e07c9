import fc from 'fast-check';
import { ecrRepositoryOf, versionOf } from './releaseWorkflow';

describe('the repository that a workflow pushes to', () => {
  test.each([
    ['of the workflow', 'env:\n  ECR_REPOSITORY: shop/api\n', 'shop/api'],
    [
      'of a job',
      'name: release\njobs:\n  test: {}\n  release:\n    env:\n      ECR_REPOSITORY: shop/api\n',
      'shop/api',
    ],
    ['nowhere', 'env:\n  OTHER: shop/api\njobs: {}\n', undefined],
    ['no text', 'env:\n  ECR_REPOSITORY: [shop]\n', undefined],
    ['no YAML', 'env: [\n', undefined],
    ['no mapping', '- env\n', undefined],
    ['nothing', '', undefined],
  ])('%s', (_where, workflow, expected) => {
    expect(ecrRepositoryOf(workflow)).toBe(expected);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(() => ecrRepositoryOf(text)).not.toThrow();
        expect(() => ecrRepositoryOf(`env: ${text}`)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['1.0.0\n', '1.0.0'],
  ['  1.0.0-rc.1  ', '1.0.0-rc.1'],
  ['', undefined],
  ['1.0.0\n1.0.1\n', undefined],
  ['.1', undefined],
])('the version in %j is %s', (file, expected) => {
  expect(versionOf(file)).toBe(expected);
});
