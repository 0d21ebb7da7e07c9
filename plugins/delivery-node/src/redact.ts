import { withoutUserInfo } from './userInfo';

/**
 * Removes credentials from the text of an external answer. A proxy's error page
 * may repeat the `Authorization` header that it received, or an address with a
 * token in its query.
 */
export function withoutCredentials(text: string): string {
  return withoutUserInfo(
    text.replace(/\b(bearer|basic)(\s+)[^\s"'<>,;]+/gi, '$1$2***'),
  ).replace(/https?:\/\/[^\s"'<>]+/gi, withoutQuery);
}

/**
 * Cuts each address once: searching for a query after every `https://` would
 * take quadratic time.
 */
function withoutQuery(address: string): string {
  const end = address.search(/[?#]/);
  return end < 0 ? address : address.slice(0, end);
}
