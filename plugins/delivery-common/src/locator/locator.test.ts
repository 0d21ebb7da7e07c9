import type { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { describeProblem } from '../api';
import { LOCATOR_LIMITS } from './limits';
import { matchesLocator, parseApplicationLocator } from './locator';

const entity = (annotations: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'api', annotations },
});

const application = (
  change: {
    name?: string;
    namespace?: string;
    instance?: string;
    project?: string;
    labels?: Record<string, string>;
  } = {},
) => ({
  ref: {
    instance: change.instance ?? 'main',
    namespace: change.namespace ?? 'argocd',
    name: change.name ?? 'api-dev',
  },
  project: change.project ?? 'shop',
  labels: change.labels ?? { app: 'api', env: 'dev' },
});

describe('parseApplicationLocator', () => {
  it.each([
    ['no annotation at all', {}],
    [
      'only annotations that narrow down',
      { 'argocd/app-namespace': 'argocd', 'argocd/instance-name': 'main' },
    ],
    ['an empty one', { 'argocd/app-name': ' , ' }],
  ])('finds none in %s', (_, annotations) => {
    expect(parseApplicationLocator(entity(annotations))).toBeUndefined();
  });

  it.each([
    ['app=api,', "'' is not the name of a label"],
    ['app=api,=x', "'=x' is not the name of a label"],
    ['app=../clusters', "'../clusters' is not the value of a label"],
    ['app in (a', "'app in (a' is not the name of a label"],
    ['app=api&repo=x', "'api&repo=x' is not the value of a label"],
  ])('reports what is wrong with the selector %j', (selector, message) => {
    expect(() =>
      parseApplicationLocator(entity({ 'argocd/app-selector': selector })),
    ).toThrow(`argocd/app-selector can't be read: ${message}`);
  });
});

describe('matchesLocator', () => {
  it.each<[Record<string, string>, Parameters<typeof application>[0], boolean]>(
    [
      [{ 'argocd/app-name': 'api-dev' }, {}, true],
      [{ 'argocd/app-name': 'api-dev' }, { name: 'api-prod' }, false],
      [{ 'argocd/app-name': 'api-dev, api-prod' }, { name: 'api-prod' }, true],
      [{ 'argocd/app-selector': 'app=api' }, {}, true],
      [{ 'argocd/app-selector': 'app=api,env=prod' }, {}, false],
      [{ 'argocd/app-selector': 'app==api,env!=prod' }, {}, true],
      [{ 'argocd/app-selector': 'env in (dev, staging)' }, {}, true],
      [{ 'argocd/app-selector': 'env notin (dev),app' }, {}, false],
      [{ 'argocd/app-selector': '!tier' }, {}, true],
      [{ 'argocd/app-selector': 'tier!=web' }, {}, true],
      [{ 'argocd/app-selector': 'toString' }, {}, false],
      // If both annotations are present, both apply.
      [
        { 'argocd/app-name': 'api-dev', 'argocd/app-selector': 'env=prod' },
        {},
        false,
      ],
      [{ 'argocd/project-name': 'shop' }, {}, true],
      [{ 'argocd/project-name': 'shop' }, { project: 'other' }, false],
      [
        { 'argocd/app-name': 'api-dev', 'argocd/app-namespace': 'team-a' },
        {},
        false,
      ],
      [
        { 'argocd/app-name': 'api-dev', 'argocd/app-namespace': 'team-a' },
        { namespace: 'team-a' },
        true,
      ],
      [
        { 'argocd/app-name': 'api-dev', 'argocd/instance-name': 'east,main' },
        {},
        true,
      ],
      [
        { 'argocd/app-name': 'api-dev', 'argocd/instance-name': 'east' },
        {},
        false,
      ],
    ],
  )('%j and %j: %s', (annotations, change, expected) => {
    const locator = parseApplicationLocator(entity(annotations));
    expect(locator && matchesLocator(locator, application(change))).toBe(
      expected,
    );
    expect(locator?.problems).toEqual([]);
  });

  describe('and namespaces', () => {
    const namespaces = new Map([['edge', 'gitops']]);

    it.each<
      [Record<string, string>, Parameters<typeof application>[0], boolean]
    >([
      // A bare name refers to Argo CD's own namespace.
      [{ 'argocd/app-name': 'api-dev' }, { namespace: 'team-a' }, false],
      [
        { 'argocd/app-name': 'api-dev' },
        { instance: 'edge', namespace: 'gitops' },
        true,
      ],
      [{ 'argocd/app-name': 'api-dev' }, { instance: 'edge' }, false],
      [{ 'argocd/app-name': 'team-a/api-dev' }, { namespace: 'team-a' }, true],
      [{ 'argocd/app-name': 'team-a/api-dev' }, { namespace: 'team-b' }, false],
      [{ 'argocd/app-name': 'team-a/api-dev' }, {}, false],
      // The form of a managed Argo CD.
      [{ 'argocd/app-name': 'team-a_api-dev' }, { namespace: 'team-a' }, true],
      [{ 'argocd/app-name': 'argocd_api-dev' }, {}, true],
      [{ 'argocd/app-name': 'team-b_api-dev' }, { namespace: 'team-a' }, false],
      [
        { 'argocd/app-name': 'api-prod, team-a / api-dev' },
        { namespace: 'team-a' },
        true,
      ],
      // If both are present, both apply.
      [
        {
          'argocd/app-name': 'team-a/api-dev',
          'argocd/app-namespace': 'team-b',
        },
        { namespace: 'team-a' },
        false,
      ],
      // Selectors and projects cover every namespace.
      [{ 'argocd/app-selector': 'app=api' }, { namespace: 'team-a' }, true],
      [{ 'argocd/project-name': 'shop' }, { namespace: 'team-a' }, true],
    ])('%j and %j: %s', (annotations, change, expected) => {
      const locator = parseApplicationLocator(entity(annotations));
      expect(
        locator && matchesLocator(locator, application(change), namespaces),
      ).toBe(expected);
    });
  });
});

describe('the limits of annotations', () => {
  const numbered = (count: number) =>
    Array.from({ length: count }, (_, index) => `a${index}`);

  it('use the first names, and report the rest', () => {
    const locator = parseApplicationLocator(
      entity({ 'argocd/app-name': numbered(51).join(',') }),
    );
    expect(locator?.names?.map(({ name }) => name)).toEqual(numbered(50));
    expect(locator?.problems).toEqual([
      {
        code: 'too-many',
        parameters: {
          annotation: 'argocd/app-name',
          entries: '51',
          limit: '50',
        },
        advice: {
          code: 'advice.shorten-names',
          parameters: {
            selector: 'argocd/app-selector',
            project: 'argocd/project-name',
          },
        },
      },
    ]);
    expect(
      parseApplicationLocator(
        entity({ 'argocd/app-name': numbered(50).join(',') }),
      )?.problems,
    ).toEqual([]);
  });

  it('use the first instances, and report the rest', () => {
    const locator = parseApplicationLocator(
      entity({
        'argocd/project-name': 'shop',
        'argocd/instance-name': numbered(21).join(','),
      }),
    );
    expect(locator?.instances).toEqual(numbered(20));
    expect(locator?.problems).toMatchObject([
      { code: 'too-many', advice: { code: 'advice.shorten-instances' } },
    ]);
  });

  it('use no name that the limit on the length cuts in two', () => {
    const name = 'n'.repeat(1000);
    const text = [1, 2, 3, 4, 5].map(index => `${index}${name}`).join(',');
    const locator = parseApplicationLocator(
      entity({ 'argocd/app-name': text }),
    );
    expect(locator?.names).toHaveLength(4);
    expect(locator?.problems).toMatchObject([
      {
        code: 'annotation-too-long',
        parameters: { characters: '5009', limit: '4096' },
      },
    ]);
  });

  it('make a single name that is too long match nothing', () => {
    const locator = parseApplicationLocator(
      entity({
        'argocd/app-name': 'n'.repeat(5000),
        'argocd/project-name': 'shop',
      }),
    );
    expect(locator?.names).toEqual([]);
    expect(locator && matchesLocator(locator, application())).toBe(false);
  });

  it.each(['argocd/app-selector', 'argocd/project-name'])(
    'refuse a %s that is too long',
    annotation => {
      expect(() =>
        parseApplicationLocator(entity({ [annotation]: ','.repeat(200_000) })),
      ).toThrow(
        `${annotation} has 200000 characters; it may have at most 4096`,
      );
    },
  );

  it('report malformed names, and use the others', () => {
    const locator = parseApplicationLocator(
      entity({ 'argocd/app-name': 'a/b/c,api-dev,/x,y/,//' }),
    );
    expect(locator?.names).toEqual([{ name: 'api-dev' }]);
    expect(locator?.problems).toEqual([
      {
        code: 'name-malformed',
        parameters: {
          annotation: 'argocd/app-name',
          names: "'a/b/c', '/x', 'y/', …",
        },
        advice: {
          code: 'advice.write-names',
          parameters: { annotation: 'argocd/app-name' },
        },
      },
    ]);
  });

  it('hold for any text', () => {
    const text = fc
      .array(
        fc.oneof(fc.string(), fc.constantFrom(',', 'a/b', 'é'.repeat(999))),
      )
      .map(parts => parts.join(','));
    fc.assert(
      fc.property(text, text, (names, instances) => {
        const locator = parseApplicationLocator(
          entity({
            'argocd/app-name': names,
            'argocd/project-name': 'shop',
            'argocd/instance-name': instances,
          }),
        );
        expect(locator?.names?.length ?? 0).toBeLessThanOrEqual(
          LOCATOR_LIMITS.names,
        );
        expect(locator?.instances?.length ?? 0).toBeLessThanOrEqual(
          LOCATOR_LIMITS.instances,
        );
        for (const problem of locator?.problems ?? []) {
          const { message, advice } = describeProblem(problem);
          expect(message.length).toBeLessThan(300);
          expect(advice.message.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
