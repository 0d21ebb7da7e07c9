import { InputError } from '@backstage/errors';

/**
 * The base URL of an API, without a trailing slash.
 *
 * @param key - the configuration key, for error messages
 * @throws InputError that names the key
 */
export function readUrl(key: string, text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new InputError(`${key}: '${text}' is not a URL`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new InputError(`${key}: '${text}' is not an http or https URL`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InputError(
      `${key} must not contain credentials, a query or a fragment. Set token, or username and password, beside it`,
    );
  }
  return url.href.replace(/\/+$/, '');
}
