import { API } from '../../testing/simulation';
import {
  application,
  at,
  digest,
  draftOf,
  image,
  pendingContext,
  promotion,
  rollout,
  updated,
} from '../__testUtils__/builders';
import { UPDATER } from '../__testUtils__/worlds';
import { promotionId } from '../identity';
import { reported } from '../stageTimes';
import { compiledPolicies } from './acceptance';
import { acceptedImages, datedRollout } from './acceptedImages';

const idOf = (tag: string) => promotionId(draftOf().ref, API, { tag }, 1);

function policyOf(strategy = 'semver') {
  const annotations = {
    ...updated('~1.0', strategy),
    [`${UPDATER}app.ignore-tags`]: '2.*',
  };
  const [policy] = compiledPolicies(
    draftOf(),
    application({ annotations }),
    API,
  );
  if (!policy) {
    throw new Error('No policy');
  }
  return policy;
}

describe('acceptedImages', () => {
  it('has what the policy accepts, and what it would have if built otherwise', () => {
    const builds = [{ platform: 'windows/arm64', builtAt: at('11:00') }];
    const accepted = image('1.0.1', at('12:00'));
    const result = acceptedImages(pendingContext(), policyOf('newest-build'), [
      accepted,
      image('2.0.0', at('12:00')),
      image('1.0.2', at('12:00'), { builds }),
      image('2.0.3', at('12:00'), { builds }),
    ]);
    expect(result.accepted).toMatchObject([
      {
        id: idOf('1.0.1'),
        image: accepted,
        version: { tag: '1.0.1', digest: digest('1') },
        at: at('12:00'),
      },
    ]);
    expect(result.rejected).toEqual([idOf('1.0.2')]);
  });
});

describe('datedRollout', () => {
  const stages = { synced: reported(at('12:10')) };
  const promotions = [promotion('p', { stages })];
  const own = rollout('p', '1.0.1');

  it.each([
    ['its image, if that was pushed before', at('12:00'), at('12:00')],
    ['its deployment, if the image came later', at('12:30'), at('12:10')],
  ])('has the time of %s', (_, pushedAt, expected) => {
    const images = [image('1.0.1', pushedAt)];
    expect(
      datedRollout(draftOf({ promotions, images }), policyOf(), own),
    ).toEqual({
      version: { tag: '1.0.1' },
      at: expected,
      rollout: own,
      appliedAt: at('12:10'),
    });
  });

  it('has no time if nothing is known', () => {
    const dated = datedRollout(draftOf(), policyOf('newest-build'), own);
    expect(dated.at).toBe(undefined);
    expect(dated.appliedAt).toBe(undefined);
    expect(dated.age).toBe(undefined);
  });
});
