import { englishMessages } from '@landfall/backstage-plugin-delivery-common';
import { germanMessages } from './de';
import { japaneseMessages } from './ja';
import { actionMessages } from './messages/actions';
import { applicationMessages } from './messages/application';
import { cardMessages } from './messages/card';
import { deploymentMessages } from './messages/deployments';
import { fleetMessages } from './messages/fleet';
import { formMessages } from './messages/form';
import { imageMessages } from './messages/images';
import { instanceMessages } from './messages/instances';
import { performanceMessages } from './messages/performance';
import { promotionMessages } from './messages/promotions';
import { versionMessages } from './messages/versions';

interface Nested {
  readonly [key: string]: string | Nested;
}

function flatten(messages: Nested, prefix = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] satisfies [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}

const ENGLISH = new Map(
  flatten({
    ...deploymentMessages,
    ...cardMessages,
    action: actionMessages,
    application: applicationMessages,
    fleet: fleetMessages,
    form: formMessages,
    images: imageMessages,
    instances: instanceMessages,
    performance: performanceMessages,
    promotion: promotionMessages,
    versions: versionMessages,
    message: englishMessages,
  }),
);

function parametersOf(text: string): string[] {
  return [...new Set(text.match(/\{\{.*?\}\}/g))].sort();
}

/** Units, names and terms that German readers use, too. */
const SAME_IN_GERMAN = `
  Branch, Canary, Cluster, Commit, Conditions, CSV, Degraded, Delivery, Deployments,
  Details, Digest, Healthy, Hook, Image, Images, Image Updater, Live, Median, Namespace,
  Promotions, Registry, Repository, Revision, Rollout, Scan, Service, Services, System,
  Tag, Tags, Version, healthy, live, s, min, h, in
`;

describe.each([
  ['German', germanMessages, SAME_IN_GERMAN],
  ['Japanese', japaneseMessages, 'CSV, Degraded, Image Updater, Rollout'],
])('the %s translation', (_, { full, messages }, same) => {
  const translated = new Map<string, string | null>(Object.entries(messages));

  it('has every key, and no other', () => {
    expect(full).toBe(true);
    expect([...translated.keys()].sort()).toEqual([...ENGLISH.keys()].sort());
  });

  it.each([...ENGLISH])('of %s has the same parameters', (key, text) => {
    const translation = translated.get(key) ?? '';
    expect(translation.trim()).not.toBe('');
    expect(parametersOf(translation)).toEqual(parametersOf(text));
  });

  it('leaves only names and terms in English', () => {
    const terms = same.split(',').map(term => term.trim().replace(/\s+/g, ' '));
    const untranslated = [...ENGLISH].flatMap(([key, text]) => {
      const words = text.replace(/\{\{.*?\}\}|[^\w\s]/g, '').trim();
      return words !== '' && translated.get(key) === text ? [words] : [];
    });
    expect(untranslated.filter(words => !terms.includes(words))).toEqual([]);
  });
});
