import type { PolicyProblem, PolicyProblemCode } from '../../problem';
import { parseGlob } from '../../tags/glob';
import { quoted } from '../../text';
import type { LintedImage } from '../read/Reading';
import type { LintPlace } from '../types';
import { type ImageScope, ofImage } from './rule';

/** A character that no tag contains. */
const NOT_IN_TAGS = /[^\w.-]/;

function allowTagsPlace(image: LintedImage): LintPlace {
  return image.placeOf('allow-tags') ?? image.listed;
}

/** Problems that the policy itself reports. */
function reported(
  { image }: ImageScope,
  code: PolicyProblemCode,
): { problem: PolicyProblem; place: LintPlace }[] {
  return image.compiled.problems
    .filter(problem => problem.code === code)
    .map(problem => ({ problem, place: allowTagsPlace(image) }));
}

/**
 * A character at an end of an expression that no tag has there, such as the
 * space of `regexp: ^v`.
 */
function impossible(allowTags: string): string | undefined {
  const expression = allowTags.slice(allowTags.indexOf(':') + 1);
  if (!/^regexp:/i.test(allowTags) || expression.includes('|')) {
    return undefined;
  }
  const first = expression.replace(/^\^/, '').at(0) ?? '';
  const last = expression.replace(/\$$/, '').at(-1) ?? '';
  return [first, last].find(character => /[\s/"'`,;=@~]/.test(character));
}

/** The first character of a glob that no tag contains. */
function unmatchable(pattern: string): string | undefined {
  const literals = pattern
    .replace(/\[[^\]]*\]/g, '')
    .replace(/[*?]/g, '')
    .replace(/\\/g, '');
  return NOT_IN_TAGS.exec(literals)?.[0];
}

function* patterns({ image }: ImageScope) {
  const place = image.placeOf('ignore-tags') ?? image.listed;
  for (const pattern of image.policy.ignoreTags) {
    yield { pattern, place, isMalformed: parseGlob(pattern) === undefined };
  }
}

/** Rules for `allow-tags` and `ignore-tags`. */
export const tagFilterRules = [
  ofImage('allow-tags-malformed', 'error', scope =>
    reported(scope, 'allow-tags-malformed').map(({ place }) => ({
      place,
      parameters: { expression: scope.image.policy.allowTags },
    })),
  ),
  ofImage('allow-tags-unknown-function', 'error', scope =>
    reported(scope, 'allow-tags-unknown-function').map(({ place }) => {
      const { allowTags } = scope.image.policy;
      return {
        place,
        parameters: { name: allowTags.slice(0, allowTags.indexOf(':')) },
      };
    }),
  ),
  ofImage('allow-tags-invalid-expression', 'error', scope =>
    reported(scope, 'allow-tags-invalid-expression').flatMap(
      ({ place, problem: { advice } }) =>
        advice.code === 'advice.allow-tags-invalid-expression'
          ? [{ place, parameters: { message: advice.parameters.message } }]
          : [],
    ),
  ),
  ofImage('allow-tags-too-complex', 'info', scope =>
    reported(scope, 'allow-tags-too-complex').map(({ place }) => ({
      place,
      parameters: {},
    })),
  ),
  ofImage('allow-tags-impossible', 'error', ({ image }) => {
    const { allowTags } = image.policy;
    const character = impossible(allowTags);
    return character === undefined
      ? []
      : [
          {
            place: allowTagsPlace(image),
            parameters: {
              expression: allowTags.slice(allowTags.indexOf(':') + 1),
              character: quoted(character),
            },
          },
        ];
  }),
  ofImage('ignore-tags-all', 'error', scope =>
    [...patterns(scope)]
      .filter(({ pattern }) => /^\*+$/.test(pattern))
      .map(({ place, pattern }) => ({ place, parameters: { pattern } })),
  ),
  ofImage('ignore-tags-malformed', 'warning', scope =>
    [...patterns(scope)]
      .filter(({ isMalformed }) => isMalformed)
      .map(({ place, pattern }) => ({ place, parameters: { pattern } })),
  ),
  ofImage('ignore-tags-never', 'warning', scope =>
    [...patterns(scope)].flatMap(({ place, pattern, isMalformed }) => {
      const character = unmatchable(pattern);
      return character === undefined || isMalformed
        ? []
        : [{ place, parameters: { pattern, character: quoted(character) } }];
    }),
  ),
  ofImage('ignore-tags-negation', 'warning', scope =>
    [...patterns(scope)]
      .filter(
        ({ pattern, isMalformed }) => pattern.includes('[!') && !isMalformed,
      )
      .map(({ place, pattern }) => ({ place, parameters: { pattern } })),
  ),
  ofImage('ignore-tags-too-long', 'info', scope =>
    reported(scope, 'ignore-tags-too-long').map(() => ({
      place: scope.image.placeOf('ignore-tags') ?? scope.image.listed,
      parameters: {},
    })),
  ),
];
