import type { CompiledPolicy } from '../../image-updater';
import { API, WEB } from '../../testing/simulation';
import {
  application,
  at,
  digest,
  draftOf,
  image,
  updated,
} from '../__testUtils__/builders';
import {
  acceptedVersion,
  compiledPolicies,
  datedVersion,
  versionInReference,
} from './acceptance';

function policyBy(strategy: string, constraint = '~1.0'): CompiledPolicy {
  const annotations = updated(constraint, strategy);
  const policy = compiledPolicies(
    draftOf(),
    application({ annotations }),
    API,
  )[0];
  if (!policy) {
    throw new Error(`No policy for ${strategy}`);
  }
  return policy;
}

describe('compiledPolicies', () => {
  it('is there only for repositories that the Image Updater updates', () => {
    const current = application({ annotations: updated() });
    expect(compiledPolicies(draftOf(), current, WEB)[0]).toBe(undefined);
    expect(compiledPolicies(draftOf(), application(), API)[0]).toBe(undefined);
    expect(compiledPolicies(draftOf(), current, API)[0]?.policy.strategy).toBe(
      'semver',
    );
  });

  it('knows on which platform the Image Updater runs', () => {
    const annotations = updated('~1.0', 'newest-build');
    const builds = [{ platform: 'linux/arm64', builtAt: at('11:00') }];
    const pushed = image('1.0.1', at('12:00'), { builds });
    const accepted = (updaterPlatform?: string) => {
      const draft = draftOf({ updaterPlatform });
      const policy = compiledPolicies(
        draft,
        application({ annotations }),
        API,
      )[0];
      return policy && acceptedVersion(policy, pushed)?.tag;
    };
    expect(accepted('linux/arm64')).toBe('1.0.1');
    expect(accepted('linux/amd64')).toBe(undefined);
  });
});

describe('acceptedVersion', () => {
  it.each([
    ['1.0.1', '1.0.1'],
    ['1.1.0', undefined],
    ['latest', undefined],
  ])('of the tag %s is %s', (tag, expected) => {
    const version = acceptedVersion(
      policyBy('semver'),
      image(tag, at('12:00'), { digest: digest('a') }),
    );
    expect(version).toEqual(expected && { tag: expected, digest: digest('a') });
  });
});

describe('versionInReference', () => {
  it.each([
    ['semver', { tag: '1.0.1', digest: digest('a') }, { tag: '1.0.1' }],
    ['semver', { digest: digest('a') }, { digest: digest('a') }],
    [
      'digest',
      { tag: 'latest', digest: digest('a') },
      { tag: 'latest', digest: digest('a') },
    ],
  ])('under %s of %j is %j', (strategy, version, expected) => {
    expect(versionInReference(policyBy(strategy, 'latest'), version)).toEqual(
      expected,
    );
  });
});

describe('comesAfter', () => {
  const dated = (policy: CompiledPolicy, tag: string, time?: string) =>
    datedVersion(policy, { tag }, time && at(time), undefined);

  it.each([
    ['semver', '1.0.10', '12:00', '1.0.9', '13:00', true],
    ['semver', '1.0.9', '13:00', '1.0.10', '12:00', false],
    ['semver', '1.0.9', '12:00', '1.0.9', '13:00', false],
    ['newest-build', '1.0.1', '13:00', '1.0.9', '12:00', true],
    ['newest-build', '1.0.9', '12:00', '1.0.1', '13:00', false],
    ['newest-build', '1.0.9', '13:00', '1.0.1', undefined, false],
    ['digest', 'latest', '13:00', 'latest', '12:00', true],
    ['digest', 'latest', '12:00', 'latest', '12:00', false],
    ['digest', 'latest', '13:00', 'latest', undefined, false],
  ])(
    'under %s %s of %s comes after %s of %s: %s',
    (strategy, tag, time, other, otherTime, expected) => {
      const policy = policyBy(strategy);
      expect(
        policy.strategy.comesAfter(
          dated(policy, tag, time),
          dated(policy, other, otherTime),
        ),
      ).toBe(expected);
    },
  );

  it('never holds for a version without a tag where names decide', () => {
    const policy = policyBy('semver');
    const tagged = dated(policy, '1.0.1');
    const pinned = datedVersion(policy, { digest: digest('a') }, undefined, []);
    expect(policy.strategy.comesAfter(tagged, pinned)).toBe(false);
    expect(policy.strategy.comesAfter(pinned, tagged)).toBe(false);
  });

  it('goes by the date of the build under newest-build, if that is known', () => {
    const compiled = policyBy('newest-build');
    const build = (builtAt: string) => [{ platform: 'linux/amd64', builtAt }];
    const late = datedVersion(
      compiled,
      { tag: 'a' },
      at('12:00'),
      build(at('11:30')),
    );
    const early = datedVersion(
      compiled,
      { tag: 'b' },
      at('13:00'),
      build(at('11:00')),
    );
    expect(compiled.strategy.comesAfter(late, early)).toBe(true);
    expect(compiled.strategy.comesAfter(early, late)).toBe(false);
  });
});
