import { InputError } from '@backstage/errors';
import { shortened } from './shortened';

/**
 * One condition of a Kubernetes label selector.
 *
 * @public
 */
export type Requirement =
  | { key: string; operator: 'exists' | 'absent' }
  | { key: string; operator: 'in' | 'notin'; values: string[] };

/** Prefix and name of a label, by the rules of Kubernetes. */
const KEY =
  /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/;

/** Each condition costs one more lookup in the database. */
const MAX_REQUIREMENTS = 100;

/** Maximum length of a quote in an error; longer than any valid label. */
const MAX_QUOTED = 320;

const SET = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/;
const EQUALITY = /^([^=!\s]+)\s*(==|=|!=)\s*(\S*)$/;

/**
 * Reads a label selector in the form of `kubectl -l`: `a=b,c!=d,e in (f,g),h,!i`.
 *
 * Throws an `InputError` that names the invalid part.
 *
 * @public
 */
export function parseSelector(text: string): Requirement[] {
  const parts = requirementTexts(text);
  if (parts.length > MAX_REQUIREMENTS) {
    throw new InputError(
      `It has ${parts.length} conditions, and may have at most ${MAX_REQUIREMENTS}: use a label that all of the applications have`,
    );
  }
  return parts.map(part => parseRequirement(part.trim()));
}

/**
 * Splits at the commas outside parentheses; those inside separate the values of
 * a set. Entity annotations are untrusted and can have any length, so this
 * reads each character once.
 */
function requirementTexts(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '(':
        depth += 1;
        break;
      case ')':
        depth = Math.max(depth - 1, 0);
        break;
      case ',':
        if (depth === 0) {
          parts.push(text.slice(start, at));
          start = at + 1;
        }
        break;
      default:
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function parseRequirement(part: string): Requirement {
  const set = SET.exec(part);
  if (set) {
    const [, key, operator, inside] = set;
    const values = inside.split(',').map(value => value.trim());
    return checked({
      key,
      operator: operator === 'in' ? 'in' : 'notin',
      values,
    });
  }
  const equality = EQUALITY.exec(part);
  if (equality) {
    const [, key, operator, value] = equality;
    return checked({
      key,
      operator: operator === '!=' ? 'notin' : 'in',
      values: [value],
    });
  }
  return part.startsWith('!')
    ? checked({ key: part.slice(1).trim(), operator: 'absent' })
    : checked({ key: part, operator: 'exists' });
}

function checked(requirement: Requirement): Requirement {
  const values = 'values' in requirement ? requirement.values : [];
  if (!KEY.test(requirement.key)) {
    throw new InputError(
      `'${shortened(
        requirement.key,
        MAX_QUOTED,
      )}' is not the name of a label; write it as name=value, several with commas between them`,
    );
  }
  for (const value of values) {
    if (!VALUE.test(value)) {
      throw new InputError(
        `'${shortened(
          value,
          MAX_QUOTED,
        )}' is not the value of a label; write it as name=value, several with commas between them`,
      );
    }
  }
  return requirement;
}

/**
 * Whether labels meet all conditions. As in Kubernetes, a missing label meets
 * `!=` and `notin`.
 *
 * @public
 */
export function selects(
  requirements: Requirement[],
  labels: Record<string, string>,
): boolean {
  return requirements.every(requirement => {
    const has = Object.hasOwn(labels, requirement.key);
    switch (requirement.operator) {
      case 'exists':
        return has;
      case 'absent':
        return !has;
      case 'in':
        return has && requirement.values.includes(labels[requirement.key]);
      default:
        return !has || !requirement.values.includes(labels[requirement.key]);
    }
  });
}
