import {
  type Application,
  imageUpdaterSpecSchema,
  VersionList,
} from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { firstObservation } from '../__testUtils__/observations';
import { forecastUpdates } from './forecastUpdates';

const REPOSITORY = 'registry.example.com/shop/api';
const NOW = new Date('2026-11-30T05:00:00.000Z');

interface Situation {
  constraint?: string;
  strategy?: string;
  running?: string;
  tags?: string[];
  tag?: string;
  environment?: string;
}

describe('forecastUpdates', () => {
  let recorded: Application;
  beforeAll(async () => {
    ({ application: recorded } = await firstObservation('helmvalues'));
  });

  function forecast({
    constraint = '~1.3',
    strategy = 'semver',
    running = '1.3.0',
    tags = ['1.3.0', '1.3.1', '1.4.0'],
    tag,
    environment,
  }: Situation) {
    const spec = imageUpdaterSpecSchema.parse({
      applicationRefs: [
        {
          namePattern: 'api-*',
          images: [
            {
              alias: 'app',
              imageName: `${REPOSITORY}:${constraint}`,
              commonUpdateSettings: { updateStrategy: strategy },
            },
          ],
        },
      ],
    });
    const lists = new Map([
      [
        REPOSITORY,
        VersionList.of(
          tags.map((one, index) => ({
            tag: one,
            pushedAt: new Date(NOW.getTime() - 3_600_000 + index).toISOString(),
          })),
        ),
      ],
    ]);
    return forecastUpdates(
      {
        users: [
          {
            key: 'k',
            environment: 'dev',
            application: {
              ...recorded,
              ref: { instance: 'main', namespace: 'argocd', name: 'api-dev' },
              annotations: {},
              images: [`${REPOSITORY}:${running}`],
            },
            imageUpdaters: [{ namespace: 'argocd', name: 'api', spec }],
          },
        ],
        lists,
      },
      { tag, environment },
      NOW,
    );
  }

  it.each<[string, Situation, string]>([
    ['an update', {}, 'Image Updater sets 1.3.1 in place of 1.3.0'],
    ['nothing new', { running: '1.3.1' }, '1.3.1 already runs'],
    [
      'a way back',
      { running: '1.3.2' },
      'Image Updater goes back to 1.3.1 from 1.3.2, which it no longer finds or accepts',
    ],
    [
      'a tag to come',
      { tag: '1.3.9' },
      'Image Updater sets 1.3.9 in place of 1.3.0',
    ],
    [
      'a tag to come that is not taken',
      { tag: '2.0.0' },
      'Image Updater sets 1.3.1 in place of 1.3.0',
    ],
    ['an empty repository', { tags: [] }, 'The repository has no tags'],
    [
      'the first tag of an empty repository',
      { tags: [], tag: '1.3.7' },
      'Image Updater sets 1.3.7 in place of 1.3.0',
    ],
    [
      'build dates that nobody knows',
      { strategy: 'newest-build', tag: '1.3.9' },
      "What Image Updater sets can't be predicted: it goes by build dates, which aren't known here. 1.3.9 was pushed last",
    ],
  ])('foresees %s', (_, situation, expected) => {
    const { applications } = forecast(situation);
    expect(applications.map(({ next }) => next?.reason.message)).toEqual([
      expected,
    ]);
  });

  it.each<[string, string, boolean, boolean, string]>([
    ['1.3.1', 'chosen', true, true, 'taken by the policy'],
    ['1.3.0', 'older', true, true, 'lower than 1.3.1'],
    ['1.4.0', 'outside-constraint', true, false, 'outside the constraint ~1.3'],
    ['1.3.5', 'chosen', false, true, 'taken by the policy'],
    [
      '1.2.9',
      'outside-constraint',
      false,
      false,
      'outside the constraint ~1.3',
    ],
    ['latest', 'not-semver', false, false, 'not a semantic version'],
  ])('says what becomes of %s: %s', (tag, code, known, accepted, message) => {
    const [{ verdict }] = forecast({ tag }).applications;
    expect(verdict).toMatchObject({
      tag,
      code,
      known,
      accepted,
      isNext: code === 'chosen',
      reason: { message },
    });
  });

  it('says why none of the others, the newest first and at most 20', () => {
    const tags = Array.from({ length: 30 }, (_, i) => `1.3.${i}`);
    const [{ others, othersTotal }] = forecast({ tags }).applications;
    expect(othersTotal).toBe(29);
    expect(others).toHaveLength(20);
    expect(others[0]).toMatchObject({
      tag: '1.3.28',
      code: 'older',
      reason: { message: 'lower than 1.3.29' },
    });
  });

  it('is about one environment, if asked', () => {
    expect(forecast({ environment: 'dev' }).applications).toHaveLength(1);
    expect(forecast({ environment: 'prod' }).applications).toEqual([]);
  });

  const tagOf = fc.oneof(
    fc
      .tuple(fc.nat(3), fc.nat(5), fc.nat(9), fc.constantFrom('', '-rc.1'))
      .map(
        ([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`,
      ),
    fc.constantFrom('latest', 'main', '6063e25', 'v1.3.2'),
  );

  it('judges a tag before its push as right after it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(tagOf, { maxLength: 8 }),
        tagOf,
        fc.constantFrom('semver', 'newest-build', 'alphabetical'),
        (all, tag, strategy) => {
          const tags = all.filter(one => one !== tag);
          const [before] = forecast({ tags, tag, strategy }).applications;
          const [after] = forecast({
            tags: [...tags, tag],
            tag,
            strategy,
          }).applications;
          expect(before.verdict).toEqual({ ...after.verdict, known: false });
          expect(before.next).toEqual(after.next);
          expect(before.others).toEqual(after.others);
        },
      ),
    );
  });
});
