import { withoutUserInfo } from '../../userInfo';

const WORDS =
  'pass(?:word|wd|phrase)|secret|token|credential|api[-_]?key|access[-_]?key|private[-_]?key|encryption[-_]?key|authorization';

const SECRET_NAME = new RegExp(WORDS, 'i');

/** Names that end so are of something else, such as `secretName`. */
const HARMLESS_NAME =
  /(?:names?|refs?|paths?|files?|namespace|kind|type|class|policy|url|uri|seconds|ttl|mode|selector|version)$/i;

/** `password=…` or `"token": …`, with everything up to the end of the line. */
const ASSIGNMENT = new RegExp(
  `((?:${WORDS})s?["']?[ \\t]{0,8}[=:])[^\\r\\n]+`,
  'gi',
);

/** Also where the end is missing. */
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----)?/g;

/** Whether a field or variable of this name probably holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
}

/**
 * A text without parts that look like secrets: credentials in URLs, private keys,
 * and what is assigned to a secret name.
 *
 * @param hidden - what stands for each such part
 */
export function maskText(text: string, hidden: string): string {
  return withoutUserInfo(text)
    .replace(PRIVATE_KEY, () => hidden)
    .replace(ASSIGNMENT, (_, start: string) => `${start} ${hidden}`);
}
