/**
 * Why an Argo CD instance isn't followed, or not completely.
 *
 * - `unreachable`: no answer, or the connection broke.
 * - `unauthorized`: it doesn't accept Landfall's credentials.
 * - `forbidden`: Landfall's account lacks a right.
 * - `invalid-answer`: something answers that isn't Argo CD, or not as documented.
 * - `not-stored`: what it sent couldn't be stored.
 * - `partly-unread`: some applications can't be read; the others are followed.
 * - `list-unconfirmed`: a list lacks many applications, or the account a right to
 *   see them; they are shown as they were last seen.
 * - `unknown`: anything else.
 *
 * @public
 */
export type InstanceErrorCode =
  | 'unreachable'
  | 'unauthorized'
  | 'forbidden'
  | 'invalid-answer'
  | 'not-stored'
  | 'partly-unread'
  | 'list-unconfirmed'
  | 'unknown';

const SENTENCES: Record<InstanceErrorCode, string> = {
  unreachable: "Argo CD can't be reached",
  unauthorized: "Argo CD doesn't accept Landfall's credentials",
  forbidden: "Landfall's account in Argo CD lacks a permission",
  'invalid-answer': "Argo CD's answer can't be read",
  'not-stored': "What Argo CD reported couldn't be stored",
  'partly-unread': "Some applications of this Argo CD can't be read",
  'list-unconfirmed':
    'Argo CD listed far fewer applications than before; the last known state is kept until that is confirmed',
  unknown: "Argo CD can't be followed",
};

/**
 * A code as a sentence that holds no address and no name.
 *
 * @public
 */
export function describeInstanceError(code: InstanceErrorCode): string {
  return SENTENCES[code];
}

/**
 * The code that a text stands for; `unknown` for any other.
 *
 * @public
 */
export function toInstanceErrorCode(text: string | null): InstanceErrorCode {
  return isCode(text) ? text : 'unknown';
}

function isCode(text: string | null): text is InstanceErrorCode {
  return text !== null && Object.hasOwn(SENTENCES, text);
}
