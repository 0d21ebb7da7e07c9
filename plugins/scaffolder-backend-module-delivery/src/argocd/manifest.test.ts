import {
  markApplication,
  parseApplication,
  parseApplicationYaml,
} from './manifest';

const valid = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'api-dev', labels: { environment: 'dev' } },
  spec: { project: 'shop', destination: { namespace: 'shop-dev' }, source: {} },
};

describe('parseApplication', () => {
  it('returns an Application unchanged', () => {
    expect(parseApplication(valid, 'input')).toEqual({
      name: 'api-dev',
      namespace: undefined,
      project: 'shop',
      identity: { project: 'shop', sources: [] },
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
    [
      'an annotation that is no text',
      { metadata: { name: 'a', annotations: { a: true } } },
      'metadata.annotations.a',
    ],
    [
      'a source that is no text',
      { spec: { ...valid.spec, source: { repoURL: 1 } } },
      'spec.source.repoURL',
    ],
    ['another kind', { kind: 'AppProject' }, 'kind'],
    ['another group', { apiVersion: 'v1' }, 'apiVersion'],
  ])('refuses %s, and reports where', (_, change, where) => {
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

describe('markApplication', () => {
  const mark = (annotations: object, entityRef?: string) =>
    markApplication(
      parseApplication(
        { ...valid, metadata: { ...valid.metadata, annotations } },
        'm',
      ),
      entityRef,
    );

  it.each([
    [{ a: 'b' }, 'component:api'],
    [{ a: 'b', 'landfall.io/entity-ref': 'component:default/api' }, undefined],
    [
      { a: 'b', 'landfall.io/entity-ref': 'Component:Default/API' },
      'component:api',
    ],
  ])('marks %j with %j, and keeps the rest', (annotations, entityRef) => {
    const { identity, manifest } = mark(annotations, entityRef);
    expect(identity.entityRef).toBe('component:default/api');
    expect(manifest).toEqual({
      ...valid,
      metadata: {
        ...valid.metadata,
        annotations: {
          a: 'b',
          'landfall.io/entity-ref': 'component:default/api',
        },
      },
    });
  });

  it('leaves a manifest unchanged without an entity', () => {
    expect(mark({ a: 'b' }).identity.entityRef).toBeUndefined();
  });

  it.each([
    [
      { 'landfall.io/entity-ref': 'component:default/pay' },
      'component:default/api',
      'has the annotation landfall.io/entity-ref: component:default/pay, and the input "entityRef" is component:default/api',
    ],
    [{ 'landfall.io/entity-ref': 'pay' }, undefined, 'is not an entity ref'],
    [{}, 'api', 'is not an entity ref'],
  ])('refuses %j with %j', (annotations, entityRef, message) => {
    expect(() => mark(annotations, entityRef)).toThrow(message);
  });
});
