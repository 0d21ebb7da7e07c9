import type { Entity } from '@backstage/catalog-model';
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
  ])('says what is wrong with the selector %j', (selector, message) => {
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
      // Both annotations are there: both apply.
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
  });
});
