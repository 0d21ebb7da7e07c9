import type { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { matchesLocator, parseApplicationLocator } from './locator';
import { applicationTopics, locatorTopics } from './topics';

const INSTANCES = ['main', 'other'];

function locatorOf(annotations: Record<string, string>) {
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'api', annotations },
  };
  const locator = parseApplicationLocator(entity);
  if (!locator) {
    throw new Error('The annotations make no locator');
  }
  return locator;
}

function isConcerned(
  annotations: Record<string, string>,
  application: Parameters<typeof applicationTopics>[0],
): boolean {
  const topics = new Set(locatorTopics(locatorOf(annotations), INSTANCES));
  return applicationTopics(application).some(one => topics.has(one));
}

const API = {
  ref: { instance: 'main', namespace: 'argocd', name: 'api-dev' },
  project: 'shop',
  labels: { app: 'api', env: 'dev' },
};

describe('topics of a locator', () => {
  it.each<[Record<string, string>, boolean]>([
    [{ 'argocd/app-name': 'web-dev, api-dev' }, true],
    [{ 'argocd/app-name': 'web-dev' }, false],
    [{ 'argocd/app-name': 'a/b/c' }, false],
    [{ 'argocd/app-name': 'web', 'argocd/project-name': 'shop' }, false],
    [{ 'argocd/app-selector': 'env!=prod,app=api' }, true],
    [{ 'argocd/app-selector': 'env!=prod,app=web' }, false],
    [{ 'argocd/app-selector': 'app in (web, api)' }, true],
    [{ 'argocd/app-selector': 'env' }, true],
    [{ 'argocd/app-selector': 'tier' }, false],
    [{ 'argocd/app-selector': '!tier' }, true],
    [{ 'argocd/app-selector': 'env', 'argocd/project-name': 'web' }, false],
    [{ 'argocd/project-name': 'shop' }, true],
    [{ 'argocd/project-name': 'web' }, false],
  ])('of %j are those of an application: %j', (annotations, expected) => {
    expect(isConcerned(annotations, API)).toBe(expected);
  });

  it('are in those of an application that an instance may have, if nothing else narrows', () => {
    const locator = locatorOf({ 'argocd/app-selector': 'tier!=web' });
    const topics = applicationTopics(API);
    expect(topics).toEqual(
      expect.arrayContaining(locatorTopics(locator, ['main'])),
    );
    expect(topics).not.toEqual(
      expect.arrayContaining(locatorTopics(locator, ['other'])),
    );
  });

  it('have one of each application that the locator matches', () => {
    const word = fc.constantFrom('a', 'b', 'c');
    const requirement = fc
      .tuple(fc.constantFrom('=', '!=', ' in ', ' notin ', '', '!'), word, word)
      .map(([operator, key, value]) => {
        switch (operator) {
          case '':
            return key;
          case '!':
            return `!${key}`;
          case ' in ':
          case ' notin ':
            return `${key}${operator}(${value}, b)`;
          default:
            return `${key}${operator}${value}`;
        }
      });
    const list = (of: fc.Arbitrary<string>, minLength: number) =>
      fc.array(of, { minLength, maxLength: 3 }).map(parts => parts.join());
    const annotations = fc
      .record(
        {
          'argocd/app-name': list(word, 1),
          'argocd/app-selector': list(requirement, 1),
          'argocd/project-name': word,
          'argocd/app-namespace': word,
          'argocd/instance-name': list(fc.constantFrom(...INSTANCES), 1),
        },
        { requiredKeys: [] },
      )
      .filter(
        given =>
          given['argocd/app-name'] !== undefined ||
          given['argocd/app-selector'] !== undefined ||
          given['argocd/project-name'] !== undefined,
      );
    const application = fc.record({
      ref: fc.record({
        instance: fc.constantFrom(...INSTANCES),
        namespace: fc.constantFrom('argocd', 'a'),
        name: word,
      }),
      project: word,
      labels: fc.dictionary(word, word),
    });
    let matches = 0;
    fc.assert(
      fc.property(annotations, application, (given, one) => {
        const isMatch = matchesLocator(locatorOf(given), one);
        matches += Number(isMatch);
        expect(isConcerned(given, one) || !isMatch).toBe(true);
      }),
      { numRuns: 5000 },
    );
    expect(matches).toBeGreaterThan(10);
  });
});
