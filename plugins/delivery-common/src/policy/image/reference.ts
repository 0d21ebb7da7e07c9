import { RE2JS } from 're2js';

/** A normalized image reference. */
export interface Reference {
  /** Empty where what stands in its place can be no domain, and is part of the path. */
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

// The grammar of distribution/reference. By RE2: backtracking over these
// nested repetitions takes exponential time for names that don't fit.
const REFERENCE = RE2JS.compile(
  `^(?:(${DOMAIN})/)?(${COMPONENT}(?:/${COMPONENT})*)(?::([\\w][\\w.-]{0,127}))?(?:@(${DIGEST}))?$`,
);
const IDENTIFIER = RE2JS.compile('^[a-f0-9]{64}$');

const DOCKER_HUB = 'docker.io';
const MAX_NAME_LENGTH = 255;
const DIGEST_LENGTHS: Record<string, number> = {
  sha256: 64,
  sha384: 96,
  sha512: 128,
};

/**
 * Reads an image reference as Docker does: short names are Docker Hub's, and
 * those without a namespace are in `library`. Undefined for what is no reference.
 */
export function parseReference(text: string): Reference | undefined {
  if (IDENTIFIER.matcher(text).find()) {
    return undefined;
  }
  const [domain, remainder] = splitDomain(text);
  const match = REFERENCE.matcher(`${domain}/${remainder}`);
  if (!match.find()) {
    return undefined;
  }
  const path = match.group(2) ?? '';
  const digest = match.group(4) ?? undefined;
  if (
    path.length > MAX_NAME_LENGTH ||
    (digest !== undefined && !isDigest(digest))
  ) {
    return undefined;
  }
  return {
    domain: match.group(1) ?? '',
    path,
    tag: match.group(3) ?? undefined,
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

/** Known algorithms with a digest of their length, in lower case. */
function isDigest(text: string): boolean {
  const [algorithm, hex] = text.split(':');
  return hex.length === DIGEST_LENGTHS[algorithm] && /^[a-f0-9]+$/.test(hex);
}

const NAME = RE2JS.compile(`^${COMPONENT}(?:/${COMPONENT})*$`);

/** Whether a registry can have a repository of that name. */
export function isRepositoryName(name: string): boolean {
  return NAME.matcher(name).find();
}
