import { applicationLabels } from './applicationLabels';

const on = (instance: string, environment: string, name = 'api') => ({
  key: `key-of-${instance}-${name}`,
  environment,
  application: { instance, namespace: 'argocd', name },
});

describe('applicationLabels', () => {
  it.each<[string, ReturnType<typeof on>[], string[]]>([
    [
      'one application for each environment',
      [on('main', 'dev'), on('edge', 'prod')],
      ['dev', 'prod'],
    ],
    [
      'two names in one environment',
      [on('main', 'dev'), on('edge', 'dev', 'worker'), on('edge', 'prod')],
      ['dev · api', 'dev · worker', 'prod'],
    ],
    [
      'one name on two instances',
      [on('main', 'dev'), on('edge', 'dev'), on('edge', 'prod')],
      ['dev · api (main)', 'dev · api (edge)', 'prod'],
    ],
    [
      'two images of one application',
      [on('main', 'dev'), on('main', 'dev')],
      ['dev', 'dev'],
    ],
  ])('distinguish %s', (_, applications, expected) => {
    const { labelOf } = applicationLabels(applications);
    expect(applications.map(labelOf)).toEqual(expected);
  });
});
