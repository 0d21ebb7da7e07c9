import {
  type AnyMessage,
  type Described,
  describeMessage,
  englishMessages,
  formatMessage,
  inTopic,
  type MessageCatalogue,
} from '../messages';

/**
 * Why an Argo CD instance isn't followed, or only in part.
 *
 * - `unreachable`: no answer, or the connection broke; the following codes say
 *   why, where that is known.
 * - `connection-refused`: nothing listens at the address.
 * - `host-not-found`: DNS doesn't know the host.
 * - `timed-out`: no answer in time, or none to the end.
 * - `certificate-untrusted`: its authority isn't trusted.
 * - `certificate-expired`: it has expired, or isn't valid yet.
 * - `certificate-of-another-host`: it isn't for the host of the instance's url.
 * - `tls-failed`: TLS failed for another reason, such as a server without it.
 * - `credentials-unusable`: the token or password is empty, or its file can't be
 *   read.
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
export type InstanceErrorCode = keyof MessageCatalogue['instance'];

/**
 * Why an instance isn't followed, as the API sends it: with its sentence in
 * English, which contains no address and no name.
 *
 * @public
 */
export interface DescribedInstanceError {
  code: InstanceErrorCode;
  parameters: AnyMessage['parameters'];
  message: string;
  /**
   * What was reported, word for word, such as Argo CD's own message; for callers
   * with the permission `delivery.instances.read`.
   */
  detail?: Described<AnyMessage>;
}

/**
 * Adds the English sentence, for readers that have no catalogue.
 *
 * @public
 * @param report - what was reported, word for word
 */
export function describeInstanceError(
  code: InstanceErrorCode,
  report: string,
): DescribedInstanceError {
  const parameters = {};
  return {
    code,
    parameters,
    message: formatMessage(inTopic('instance', { code, parameters })),
    detail: describeMessage({
      code: 'detail.reported',
      parameters: { message: report },
    }),
  };
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
  return text !== null && Object.hasOwn(englishMessages.instance, text);
}
