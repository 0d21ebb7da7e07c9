import { fullImageName } from '../../image/image';
import { PolicyError, type PolicyProblemCode } from '../../problem';
import { parseStrategy } from '../../strategies/registry';
import { parsePlatform } from '../../tags/platform';
import type { ImageSetting } from '../read/keys';
import type { LintedImage } from '../read/Reading';
import type { LintPlace } from '../types';
import { type ImageScope, ofImage } from './rule';

/** What Go's and registries' names for architectures are often confused with. */
const ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'amd64'],
  ['x86-64', 'amd64'],
  ['x64', 'amd64'],
  ['aarch64', 'arm64'],
  ['armv8', 'arm64'],
  ['armv7', 'arm/v7'],
  ['armv7l', 'arm/v7'],
  ['armhf', 'arm/v7'],
  ['armv6', 'arm/v6'],
  ['i386', '386'],
  ['i686', '386'],
  ['x86', '386'],
]);

function placeOf(image: LintedImage, setting: ImageSetting): LintPlace {
  return image.placeOf(setting) ?? image.listed;
}

function strategyProblem({ strategyText }: LintedImage): {
  code?: PolicyProblemCode;
  strategy: string;
} {
  let code: PolicyProblemCode | undefined;
  const strategy = parseStrategy(strategyText ?? 'semver', problem => {
    code = problem.code;
  });
  return { code, strategy };
}

/**
 * Platforms at a level that several images share are used if one of them reads
 * platforms.
 */
function arePlatformsIgnored({ image, reading }: ImageScope): boolean {
  const place = image.placeOf('platforms');
  const isUsed = reading.images.some(
    other =>
      other.compiled.strategy.readsMetadata &&
      JSON.stringify(other.placeOf('platforms')) === JSON.stringify(place),
  );
  return image.policy.platforms.length > 0 && !isUsed;
}

/** Rules for the choice of versions. */
export const versionRules = [
  ofImage('strategy-unknown', 'warning', ({ image }) =>
    strategyProblem(image).code === 'strategy-unknown'
      ? [
          {
            place: placeOf(image, 'update-strategy'),
            parameters: { strategy: image.strategyText ?? '' },
          },
        ]
      : [],
  ),
  ofImage('strategy-renamed', 'info', ({ image }) => {
    const { code, strategy } = strategyProblem(image);
    return code === 'strategy-renamed'
      ? [
          {
            place: placeOf(image, 'update-strategy'),
            parameters: { name: image.strategyText ?? '', strategy },
          },
        ]
      : [];
  }),
  ofImage('constraint-invalid', 'error', ({ image }) =>
    image.compiled.range instanceof PolicyError
      ? [
          {
            place: image.listed,
            parameters: { constraint: image.compiled.constraint },
          },
        ]
      : [],
  ),
  ofImage('constraint-missing', 'error', ({ image }) =>
    image.compiled.unusable?.code === 'constraint-missing'
      ? [
          {
            place: image.listed,
            parameters: { image: fullImageName(image.policy.image) },
          },
        ]
      : [],
  ),
  ofImage('constraint-ignored', 'warning', ({ image }) => {
    const { strategy, constraint } = image.compiled;
    return strategy.constraint === 'unused' && constraint !== ''
      ? [
          {
            place: image.listed,
            parameters: { constraint, strategy: strategy.name },
          },
        ]
      : [];
  }),
  ofImage('followed-tag-range', 'error', ({ image }) => {
    const { strategy, constraint } = image.compiled;
    return strategy.constraint === 'followed-tag' && /[^\w.-]/.test(constraint)
      ? [{ place: image.listed, parameters: { constraint } }]
      : [];
  }),
  ofImage('platforms-ignored', 'warning', scope =>
    arePlatformsIgnored(scope)
      ? [
          {
            place: placeOf(scope.image, 'platforms'),
            parameters: { strategy: scope.image.policy.strategy },
          },
        ]
      : [],
  ),
  ofImage('platform-malformed', 'error', ({ image }) =>
    image.policy.platforms
      .filter(
        platform =>
          image.compiled.strategy.readsMetadata &&
          !parsePlatform(platform.trim()),
      )
      .map(platform => ({
        place: placeOf(image, 'platforms'),
        parameters: { platform },
      })),
  ),
  ofImage('platform-unknown', 'error', ({ image }) =>
    image.policy.platforms.flatMap(platform => {
      const parsed = parsePlatform(platform.trim());
      const architecture =
        parsed && ARCHITECTURES.get(parsed.architecture.toLowerCase());
      return parsed && architecture && image.compiled.strategy.readsMetadata
        ? [
            {
              place: placeOf(image, 'platforms'),
              parameters: {
                platform,
                architecture,
                nearest: `${parsed.os}/${architecture}`,
              },
            },
          ]
        : [];
    }),
  ),
];
