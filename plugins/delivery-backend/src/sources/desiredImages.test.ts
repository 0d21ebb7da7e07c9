import type { ManagedResource } from '@landfall/backstage-plugin-delivery-node';
import { desiredImages, manifestsDigest } from './desiredImages';

const pod = (...images: string[]) => ({
  containers: images.map(image => ({ name: 'c', image })),
});
const resource = (
  spec: ManagedResource['target'],
  overrides: Partial<ManagedResource> = {},
): ManagedResource => ({
  group: 'apps',
  kind: 'Any',
  name: 'api',
  hook: false,
  target: { spec: spec ?? null },
  ...overrides,
});
function annotated(annotation: string, value: string, image: string) {
  return resource(undefined, {
    kind: 'Job',
    target: {
      metadata: { annotations: { [annotation]: value } },
      spec: { template: { spec: pod(image) } },
    },
  });
}

describe('desiredImages', () => {
  it.each<[string, ManagedResource[], string[]]>([
    [
      'a Deployment',
      [resource({ template: { spec: pod('api:2', 'agent:1') } })],
      ['agent:1', 'api:2'],
    ],
    [
      'a CronJob',
      [
        resource({
          jobTemplate: { spec: { template: { spec: pod('api:2') } } },
        }),
      ],
      ['api:2'],
    ],
    ['a Pod', [resource(pod('api:2'))], ['api:2']],
    [
      'an init container',
      [
        resource({
          template: { spec: { initContainers: [{ image: 'init:1' }] } },
        }),
      ],
      ['init:1'],
    ],
    [
      'two resources with one image',
      [resource(pod('api:2')), resource(pod('api:2'))],
      ['api:2'],
    ],
    [
      'a hook that is there',
      [resource(pod('api:2')), resource(pod('api:1'), { hook: true })],
      ['api:2'],
    ],
    [
      'a hook of Argo CD',
      [
        resource(pod('api:2')),
        annotated('argocd.argoproj.io/hook', 'PreSync', 'api:never-pushed'),
      ],
      ['api:2'],
    ],
    [
      'a resource that Argo CD skips',
      [
        resource(pod('api:2')),
        annotated('argocd.argoproj.io/hook', 'Skip', 'api:1'),
      ],
      ['api:2'],
    ],
    [
      'a hook of Helm',
      [
        resource(pod('api:2')),
        annotated('helm.sh/hook', 'pre-upgrade,pre-install', 'api:1'),
      ],
      ['api:2'],
    ],
    [
      'what Argo CD takes for no hook of Helm',
      [
        resource(pod('api:2')),
        annotated('helm.sh/hook', 'crd-install', 'api:1'),
      ],
      ['api:1', 'api:2'],
    ],
    [
      'a hook with an image of its own',
      [
        resource(pod('api:2')),
        annotated('argocd.argoproj.io/hook', 'PreSync', 'migrate:7'),
      ],
      ['api:2', 'migrate:7'],
    ],
    [
      'hooks alone',
      [annotated('argocd.argoproj.io/hook', 'Sync', 'api:2')],
      ['api:2'],
    ],
    [
      'a resource that Git no longer has',
      [resource({}, { target: undefined })],
      [],
    ],
    [
      'a resource without pods',
      [resource({ replicas: 2 }), resource(undefined)],
      [],
    ],
    [
      'a resource whose containers are something else',
      [resource({ containers: 3 })],
      [],
    ],
  ])('of %s', (_, managed, expected) => {
    expect(desiredImages(managed)).toEqual(expected);
  });
});

describe('manifestsDigest', () => {
  const api = resource({ replicas: 1, template: { spec: pod('api:2') } });
  const config = resource(undefined, { group: '', kind: 'ConfigMap' });

  it.each<[string, ManagedResource[]]>([
    ['the order of resources', [config, api]],
    [
      'the order of fields',
      [resource({ template: { spec: pod('api:2') }, replicas: 1 }), config],
    ],
    ['what runs', [{ ...api, live: { spec: { replicas: 5 } } }, config]],
    ['a hook that is there', [api, config, resource({}, { hook: true })]],
  ])('is the same with another of %s', (_, managed) => {
    expect(manifestsDigest(managed)).toBe(manifestsDigest([api, config]));
  });

  it.each<[string, ManagedResource[]]>([
    ['another value', [resource({ replicas: 2 }), config]],
    ['one more resource', [api, config, resource({}, { name: 'worker' })]],
    ['one less', [api]],
    ['one to prune', [api, { ...config, target: undefined }]],
    ['another name', [api, { ...config, name: 'other' }]],
  ])('is another with %s', (_, managed) => {
    expect(manifestsDigest(managed)).not.toBe(manifestsDigest([api, config]));
  });
});
