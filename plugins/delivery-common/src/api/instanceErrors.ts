/**
 * Why an Argo CD instance isn't followed, or only in part.
 *
 * - `unreachable`: no answer, or the connection broke.
 * - `unauthorized`: it doesn't accept Landfall's credentials.
 * - `forbidden`: Landfall's account lacks a permission.
 * - `invalid-answer`: the answer isn't from Argo CD, or isn't as documented.
 * - `not-stored`: what it sent couldn't be stored.
 * - `partly-unread`: some applications can't be read; the others are followed.
 * - `list-unconfirmed`: many applications are missing from a list, or the
 *   account lacks the permission to see them; their last known state is shown.
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
 * Describes a code in a sentence that contains no address and no name.
 *
 * @public
 */
export function describeInstanceError(code: InstanceErrorCode): string {
  return SENTENCES[code];
}

/**
 * The code that a text contains; `unknown` for any other text.
 *
 * @public
 */
export function toInstanceErrorCode(text: string | null): InstanceErrorCode {
  return isCode(text) ? text : 'unknown';
}

function isCode(text: string | null): text is InstanceErrorCode {
  return text !== null && Object.hasOwn(SENTENCES, text);
}
