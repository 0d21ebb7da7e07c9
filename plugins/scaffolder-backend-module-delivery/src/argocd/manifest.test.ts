import { parseApplication, parseApplicationYaml } from './manifest';

const valid = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'api-dev', labels: { environment: 'dev' } },
  spec: { project: 'shop', destination: { namespace: 'shop-dev' }, source: {} },
};

describe('parseApplication', () => {
  it('takes an Application as it is', () => {
    expect(parseApplication(valid, 'input')).toEqual({
      name: 'api-dev',
      namespace: undefined,
      project: 'shop',
      manifest: valid,
    });
  });

  it.each([
    [
      'a name with a slash',
      { metadata: { name: '../clusters' } },
      'metadata.name',
    ],
    ['an empty name', { metadata: { name: '' } }, 'metadata.name'],
    ['upper case', { metadata: { name: 'API' } }, 'metadata.name'],
    [
      'a namespace with a query',
      { metadata: { name: 'a', namespace: 'a?b' } },
      'metadata.namespace',
    ],
    ['no project', { spec: { destination: {} } }, 'spec.project'],
    ['no destination', { spec: { project: 'shop' } }, 'spec.destination'],
    ['another kind', { kind: 'AppProject' }, 'kind'],
    ['another group', { apiVersion: 'v1' }, 'apiVersion'],
  ])('refuses %s, and says where', (_, change, where) => {
    expect(() =>
      parseApplication({ ...valid, ...change }, 'The input'),
    ).toThrow(`The input is not an Argo CD Application: ${where}`);
  });
});

describe('parseApplicationYaml', () => {
  it('finds the Application among other documents', () => {
    const text = `kind: ImageUpdater\n---\n${JSON.stringify(valid)}\n---\n`;
    expect(parseApplicationYaml(text, 'a.yaml').name).toBe('api-dev');
  });

  it.each([
    ['', 'a.yaml has 0 documents of kind Application'],
    ['kind: Application\n---\nkind: Application', 'a.yaml has 2 documents'],
    ['a: [', 'a.yaml is not YAML'],
  ])('refuses %j', (text, message) => {
    expect(() => parseApplicationYaml(text, 'a.yaml')).toThrow(message);
  });
});
