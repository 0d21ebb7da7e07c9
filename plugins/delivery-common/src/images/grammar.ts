import { RE2JS } from 're2js';

/** A normalized image reference. */
export interface Reference {
  /**
   * Empty if the text in its place can't be a domain and is part of the path.
   */
  domain: string;
  path: string;
  tag?: string;
  digest?: string;
}

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const DOMAIN_COMPONENT = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${DOMAIN_COMPONENT}(?:\\.${DOMAIN_COMPONENT})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const DIGEST =
  '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';

/**
 * Longer texts are matched by RE2. The patterns below backtrack over at most
 * the square of a text's length. For a short text, that takes a hundredth of
 * RE2's time.
 */
const SHORT_LENGTH = 512;

// The grammar of distribution/reference.
const matchReference = pattern(
  `^(?:(${DOMAIN})/)?(${COMPONENT}(?:/${COMPONENT})*)(?::([\\w][\\w.-]{0,127}))?(?:@(${DIGEST}))?$`,
);
const matchName = pattern(`^${COMPONENT}(?:/${COMPONENT})*$`);
const IDENTIFIER = /^[a-f0-9]{64}$/;

const DOCKER_HUB = 'docker.io';
const MAX_NAME_LENGTH = 255;
const DIGEST_LENGTHS = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

/**
 * Parses an image reference as Docker does: short names refer to Docker Hub,
 * and those without a namespace are in `library`. Undefined if the text isn't a
 * reference.
 */
export function parseReference(text: string): Reference | undefined {
  if (IDENTIFIER.test(text)) {
    return undefined;
  }
  const [domain, remainder] = splitDomain(text);
  const match = matchReference(`${domain}/${remainder}`);
  if (!match) {
    return undefined;
  }
  const [, host = '', path = '', tag, digest] = match;
  if (
    path.length > MAX_NAME_LENGTH ||
    (digest !== undefined && !isDigest(digest))
  ) {
    return undefined;
  }
  return {
    domain: host,
    path,
    tag,
    digest,
  };
}

function splitDomain(text: string): [domain: string, remainder: string] {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const isDomain =
    /[.:]/.test(first) ||
    first === 'localhost' ||
    first !== first.toLowerCase();
  if (!isDomain) {
    return [DOCKER_HUB, slash < 0 ? `library/${text}` : text];
  }
  const remainder = text.slice(slash + 1);
  return first === 'index.docker.io' || first === DOCKER_HUB
    ? [DOCKER_HUB, remainder.includes('/') ? remainder : `library/${remainder}`]
    : [first, remainder];
}

/**
 * Whether the algorithm is known and the digest has its length, in lower case.
 */
function isDigest(text: string): boolean {
  const [algorithm, hex] = text.split(':');
  return (
    hex.length === DIGEST_LENGTHS.get(algorithm) && /^[a-f0-9]+$/.test(hex)
  );
}

/** Whether a registry can have a repository with that name. */
export function isRepositoryName(name: string): boolean {
  return matchName(name) !== undefined;
}

/**
 * Compiles a pattern. The result returns the groups of a match, as
 * `RegExp.exec` does.
 */
function pattern(
  source: string,
): (text: string) => (string | undefined)[] | undefined {
  const quick = new RegExp(source);
  const linear = RE2JS.compile(source);
  return text => {
    if (text.length <= SHORT_LENGTH) {
      return quick.exec(text) ?? undefined;
    }
    const match = linear.matcher(text);
    return match.find()
      ? Array.from(
          { length: match.groupCount() + 1 },
          (_, index) => match.group(index) ?? undefined,
        )
      : undefined;
  };
}
