/** Characters that end the authority of a URL in a text. */
const AUTHORITY_END = new Set(
  Array.from('/?#\\ \t\n\r"\'`<>()[]{},;|').concat('\u00a0'),
);
/** Characters that end a URL in a text. */
const URL_END = new Set(Array.from(' \t\n\r"\'`<>'));

/** How far to search for an `@` after a password that isn't encoded. */
const MAX_PASSWORD = 256;

/**
 * The user of Git over SSH: not secret, and part of the URL that identifies the
 * repository.
 */
const HARMLESS = 'git';

const SSH = new Set(['ssh', 'git+ssh', 'ssh+git']);

/**
 * Removes user names, tokens and passwords from the URLs in a text: Argo CD
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
 * information, and without query and fragment, which may carry tokens. The SSH
 * user `git` stays, also in the form `git@host:path`.
 */
export function repositoryUrl(url: string): string {
  const end = url.search(/[?#]/);
  const address = end < 0 ? url : url.slice(0, end);
  // A password that isn't encoded may contain either of these characters.
  const text = address.includes('@') || !url.includes('@') ? address : url;
  if (text.includes('://')) {
    return withoutUserInfo(text);
  }
  // `user@host:path` of SSH, or `user:password@host/path` of OCI registries.
  const slash = text.indexOf('/');
  const at = text.lastIndexOf('@', slash < 0 ? text.length : slash);
  return at < 0 || text.slice(0, at) === HARMLESS ? text : text.slice(at + 1);
}

/** The position of the `@` after the user information; -1 if there is none. */
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
  // No port follows the colon, so it is a password that contains such a
  // character.
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
