/** Ends the authority of a URL in a text. */
const AUTHORITY_END = new Set(
  Array.from('/?#\\ \t\n\r"\'`<>()[]{},;|').concat('\u00a0'),
);
/** Ends a URL in a text. */
const URL_END = new Set(Array.from(' \t\n\r"\'`<>'));

/** How far an `@` is searched for behind a password that isn't encoded. */
const MAX_PASSWORD = 256;

/** The user of Git over SSH: no secret, and part of what the URL is known by. */
const HARMLESS = 'git';

const SSH = new Set(['ssh', 'git+ssh', 'ssh+git']);

/**
 * A text without the user names, tokens and passwords of the URLs in it: Argo CD
 * quotes repositories as they are configured. Reads each character a bounded
 * number of times.
 */
export function withoutUserInfo(text: string): string {
  let result = '';
  let copied = 0;
  let mark = text.indexOf('://');
  while (mark >= 0) {
    const start = mark + '://'.length;
    const at = endOfUserInfo(text, start);
    if (at > start) {
      const userInfo = text.slice(start, at);
      const kept =
        userInfo === HARMLESS && SSH.has(schemeBefore(text, mark))
          ? `${HARMLESS}@`
          : '';
      result += text.slice(copied, start) + kept;
      copied = at + 1;
    }
    mark = text.indexOf('://', Math.max(start, copied));
  }
  return result + text.slice(copied);
}

/**
 * A repository's URL as it is stored, shown and compared: without user
 * information, query and fragment, in which tokens are passed. The user `git` of
 * SSH stays, also in the form `git@host:path`.
 */
export function repositoryUrl(url: string): string {
  const end = url.search(/[?#]/);
  const address = end < 0 ? url : url.slice(0, end);
  // A password may hold either of these where it isn't encoded.
  const text = address.includes('@') || !url.includes('@') ? address : url;
  if (text.includes('://')) {
    return withoutUserInfo(text);
  }
  // `user@host:path` of SSH, and `user:password@host/path` of OCI registries.
  const slash = text.indexOf('/');
  const at = text.lastIndexOf('@', slash < 0 ? text.length : slash);
  return at < 0 || text.slice(0, at) === HARMLESS ? text : text.slice(at + 1);
}

/** Where the `@` behind the user information stands; -1 where there is none. */
function endOfUserInfo(text: string, start: number): number {
  let at = -1;
  let colon = -1;
  let end = start;
  while (end < text.length && !AUTHORITY_END.has(text[end])) {
    if (text[end] === '@') {
      at = end;
      colon = -1;
    } else if (text[end] === ':') {
      colon = end;
    }
    end += 1;
  }
  if (at >= 0 || colon < 0 || isPort(text.slice(colon + 1, end))) {
    return at;
  }
  // What follows the colon is no port, so it is a password with such a character in it.
  const limit = Math.min(text.length, end + MAX_PASSWORD);
  for (; end < limit && !URL_END.has(text[end]); end++) {
    if (text[end] === '@') {
      at = end;
    }
  }
  return at;
}

function isPort(text: string): boolean {
  return text.length <= 5 && /^\d*$/.test(text);
}

function schemeBefore(text: string, mark: number): string {
  const start = Math.max(0, mark - 10);
  return /[a-z+]*$/i.exec(text.slice(start, mark))?.[0].toLowerCase() ?? '';
}
