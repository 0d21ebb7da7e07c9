/** One of the ways to sign in that a 401 answer offers. */
export interface Challenge {
  /** Lower case, such as `bearer`. */
  scheme: string;
  /** With lower-case names. */
  parameters: ReadonlyMap<string, string>;
}

// The grammar of RFC 9110, 11.6.1, without the rare `token68` form.
const SCHEME = /([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]+(?=[^\s=,]+[ \t]*=)/y;
const PARAMETER =
  /([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/y;
const SEPARATOR = /[ \t]*,?[ \t]*/y;
const LONE_SCHEME = /([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?=[ \t]*(?:,|$))/y;

/**
 * Parses a `WWW-Authenticate` header, up to the first part that it can't parse.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(header);
    at = match ? pattern.lastIndex : at;
    return match;
  };
  while (at < header.length) {
    take(SEPARATOR);
    const scheme = take(SCHEME) ?? take(LONE_SCHEME);
    if (scheme) {
      challenges.push({
        scheme: scheme[1].toLowerCase(),
        parameters: new Map(),
      });
      continue;
    }
    const parameter = take(PARAMETER);
    const current = challenges.at(-1);
    if (!parameter || !current) {
      break;
    }
    const [, name, quoted, plain] = parameter;
    current.parameters.set(
      name.toLowerCase(),
      quoted?.replace(/\\(.)/g, '$1') ?? plain,
    );
  }
  return challenges;
}
