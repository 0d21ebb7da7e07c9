import fc from 'fast-check';
import { serviceNames, type ServiceNamesOptions } from './serviceNames';

const valid: ServiceNamesOptions = {
  name: 'price-list',
  system: 'shop',
  project: 'shop',
  environments: ['dev', 'prod'],
  sourceHost: { type: 'gitea' },
};

describe('serviceNames', () => {
  it('derives every name', () => {
    expect(serviceNames(valid)).toEqual({
      release: 'price-list',
      project: 'shop',
      imageRepository: 'shop/price-list',
      gitPlace: { owner: 'shop' },
      gitRepository: 'price-list',
      environments: [
        { name: 'dev', application: 'price-list-dev', namespace: 'shop-dev' },
        {
          name: 'prod',
          application: 'price-list-prod',
          namespace: 'shop-prod',
        },
      ],
    });
  });

  it.each<[string, Partial<ServiceNamesOptions>, string]>([
    ['a name that YAML could take for a boolean', { name: 'on' }, 'shop/on'],
    ['a system that YAML could take for a number', { system: '2024' }, '2024/'],
    ['the longest release', { name: 'a'.repeat(53) }, 'shop/aaa'],
  ])('accepts %s', (_, change, repository) => {
    expect(serviceNames({ ...valid, ...change }).imageRepository).toContain(
      repository,
    );
  });

  it.each<[Partial<ServiceNamesOptions>, string]>([
    [
      { name: 'a'.repeat(54) },
      `"${'a'.repeat(
        54,
      )}", from the name, can't be the name of the Helm release: it must be at most 53`,
    ],
    [{ name: '2api' }, 'Helm release: it must be'],
    [{ name: 'API' }, 'Helm release: it must be'],
    [{ name: '' }, 'Helm release: it must be'],
    [{ name: 'a\nb' }, 'Helm release: it must be'],
    [{ name: 'a--b' }, '"a--b", from the name'],
    [
      { system: 'shop_x' },
      '"shop_x-dev", from the system and the environment, can\'t be the name of the namespace',
    ],
    [{ system: 'shop.x' }, '"shop.x-dev", from the system'],
    [{ system: 'a'.repeat(60) }, 'name of the namespace: it must be a DNS'],
    [{ system: 'kube' }, 'names with kube- belong to Kubernetes'],
    [{ system: 'a/b' }, 'owner of the Git repository'],
    [
      { system: 'a'.repeat(40), sourceHost: { type: 'github' } },
      'at most 39 letters',
    ],
    [{ system: 'shop.x', sourceHost: { type: 'github' } }, 'owner of the Git'],
    [{ project: 'Shop' }, 'name of the AppProject'],
    [{ project: 'a b' }, 'name of the AppProject'],
    [{ environments: ['eu-dev'] }, '"eu-dev", from the environments'],
    [{ environments: ['dev', '../prod'] }, 'name of the environment'],
    [{ environments: ['dev', 'dev'] }, 'each of the environments once'],
    [
      { name: 'a'.repeat(53), environments: ['staging12345'] },
      'Argo CD Application',
    ],
  ])('refuses %j', (change, message) => {
    expect(() => serviceNames({ ...valid, ...change })).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(message),
      }),
    );
  });

  // From few letters, so that many of them are names, and many collide.
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 }),
    fc.string({ unit: fc.constantFrom('a', '2', '-'), maxLength: 4 }),
    fc.string({ unit: fc.constantFrom('a', '_', '.', '/', 'A', '\n', '-') }),
  );
  const given = fc.record({
    name: text,
    system: text,
    project: text,
    environments: fc.array(text, { minLength: 1, maxLength: 2 }),
    sourceHost: fc.record({ type: fc.constantFrom('gitea', 'github') }),
  });

  const tried = (options: ServiceNamesOptions) => {
    try {
      return serviceNames(options);
    } catch (error) {
      expect(error).toMatchObject({ name: 'InputError' });
      return undefined;
    }
  };

  it('never derives a name that Kubernetes, ECR or a Git host refuses', () => {
    let accepted = 0;
    const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
    fc.assert(
      fc.property(given, options => {
        const names = tried(options);
        if (!names) {
          return;
        }
        accepted += 1;
        for (const value of [
          names.release,
          ...names.environments.map(({ application }) => application),
          ...names.environments.map(({ namespace }) => namespace),
        ]) {
          expect(value).toMatch(label);
          expect(value.length).toBeLessThanOrEqual(63);
        }
        expect(names.imageRepository.split('/')).toHaveLength(2);
        expect(`${names.gitPlace.owner}/${names.gitRepository}`).toMatch(
          /^[a-z0-9._-]+\/[a-z0-9._-]+$/,
        );
      }),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(0);
  });

  it('never gives two services the same namespace and Application', () => {
    fc.assert(
      fc.property(given, given, (one, other) => {
        const [first, second] = [tried(one), tried(other)];
        const pairs = (first?.environments ?? []).flatMap(a =>
          (second?.environments ?? []).map(b => ({ a, b })),
        );
        const collisions = pairs.filter(
          ({ a, b }) =>
            (a.namespace === b.namespace &&
              (one.system !== other.system || a.name !== b.name)) ||
            (a.application === b.application &&
              (one.name !== other.name || a.name !== b.name)),
        );
        expect(collisions).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });
});
