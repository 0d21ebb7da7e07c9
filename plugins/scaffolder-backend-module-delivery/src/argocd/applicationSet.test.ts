import type { JsonObject } from '@backstage/types';
import yaml from 'yaml';
import {
  parseApplicationSet,
  parseApplicationSetYaml,
  readApplicationSet,
} from './applicationSet';

const MARK = 'landfall.io/entity-ref';
const spec = {
  generators: [{ list: { elements: [{ env: 'dev' }] } }],
  template: {
    metadata: { name: 'api-{{ .env }}' },
    spec: { project: 'shop', destination: {} },
  },
};
const manifest = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  metadata: { name: 'api', annotations: { a: 'b' } },
  spec,
};

describe('parseApplicationSet', () => {
  it('adds the mark of the entity, and keeps the rest', () => {
    expect(parseApplicationSet(manifest, 'm', 'Component:api')).toEqual({
      name: 'api',
      namespace: undefined,
      project: 'shop',
      entityRef: 'component:default/api',
      marksApplications: false,
      manifest: {
        ...manifest,
        metadata: {
          name: 'api',
          annotations: { a: 'b', [MARK]: 'component:default/api' },
        },
      },
    });
  });

  it('takes the mark of the manifest', () => {
    const marked = {
      ...manifest,
      metadata: { name: 'api', annotations: { [MARK]: 'component:api' } },
      spec: {
        ...spec,
        template: {
          ...spec.template,
          metadata: {
            name: 'x',
            annotations: { [MARK]: 'component:default/api' },
          },
        },
      },
    };
    expect(parseApplicationSet(marked, 'm', undefined)).toMatchObject({
      entityRef: 'component:default/api',
      marksApplications: true,
    });
    expect(() => parseApplicationSet(marked, 'm', 'component:pay')).toThrow(
      'Give the same entity in both',
    );
  });

  it.each<[string, unknown, string]>([
    ['a list', [], 'is not an Argo CD ApplicationSet'],
    ['another kind', { ...manifest, kind: 'Application' }, 'kind: '],
    [
      'a bad name',
      { ...manifest, metadata: { name: 'A' } },
      'metadata.name: must be a DNS name',
    ],
    [
      'no generator',
      { ...manifest, spec: { ...spec, generators: [] } },
      'spec.generators: needs a generator',
    ],
    [
      'a bad generator',
      { ...manifest, spec: { ...spec, generators: [{ git: {} }] } },
      'm would generate nothing: spec.generators.0.git.repoURL: ',
    ],
    [
      'a project that is a template',
      {
        ...manifest,
        spec: {
          ...spec,
          template: {
            ...spec.template,
            spec: { project: '{{ .env }}', destination: {} },
          },
        },
      },
      'spec.template.spec.project: must not be a template',
    ],
  ])('refuses %s', (_, value, message) => {
    expect(() => parseApplicationSet(value, 'm', 'component:api')).toThrow(
      message,
    );
  });

  it('needs an entity', () => {
    expect(() => parseApplicationSet(manifest, 'm', undefined)).toThrow(
      'Set entityRef, or the annotation',
    );
    expect(() => parseApplicationSet(manifest, 'm', 'api')).toThrow(
      'is not an entity ref',
    );
  });
});

describe('parseApplicationSetYaml', () => {
  const parse = (text: string) =>
    parseApplicationSetYaml(text, 'a.yaml', 'component:api');
  const text = yaml.stringify(manifest);

  it('reads the only ApplicationSet of a file', () => {
    expect(parse(`kind: Other\n---\n${text}`).name).toBe('api');
  });

  it.each([
    ['kind: Other', 'has 0 documents of kind ApplicationSet'],
    [`${text}---\n${text}`, 'has 2 documents of kind ApplicationSet'],
    ['a: [', 'a.yaml is not YAML'],
  ])('refuses %j', (bad, message) => {
    expect(() => parse(bad)).toThrow(message);
  });
});

describe('readApplicationSet', () => {
  it.each<[JsonObject, object]>([
    [{}, { project: 'default' }],
    [
      {
        metadata: {
          annotations: { [MARK]: 'component:default/api' },
          namespace: 'argocd',
          resourceVersion: '7',
        },
        spec: { template: { spec: { project: 'shop' } } },
      },
      {
        entityRef: 'component:default/api',
        namespace: 'argocd',
        resourceVersion: '7',
        project: 'shop',
      },
    ],
  ])('reads %j', (set, expected) => {
    expect(readApplicationSet(set)).toEqual(expected);
  });
});
