import { InputError } from '@backstage/errors';

/** What a system accepts as a name. */
export interface Rule {
  accepts: (value: string) => boolean;
  /** Completes "it must be …". */
  text: string;
}

/** Of a repository at any of the Git hosts. */
export const GIT_NAME: Rule = {
  accepts: value =>
    value.length <= 100 &&
    /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(value) &&
    !/\.(?:git|wiki|atom|rss)$/.test(value),
  text: 'at most 100 letters and digits with single dashes, dots and underscores between them, and must not end with .git or .wiki',
};

/**
 * The value, if the rule accepts it.
 *
 * @param what - completes "can't be the name of the …"
 * @param source - where the value comes from
 *
 * @throws InputError that says which value is refused, where it comes from and why
 */
export function checked(
  value: string,
  what: string,
  source: string,
  { accepts, text }: Rule,
): string {
  if (!accepts(value)) {
    throw new InputError(
      `${JSON.stringify(
        value,
      )}, from ${source}, can't be the name of the ${what}: it must be ${text}`,
    );
  }
  return value;
}
