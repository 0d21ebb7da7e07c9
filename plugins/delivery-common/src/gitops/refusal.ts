import { type MessageOf, formatMessage } from '../messages';

/** @public */
export type VersionChangeMessage = MessageOf<'change'>;

/**
 * Why a version can't be changed in Git. Nothing is guessed: what isn't clear is
 * refused, with a sentence that says what to do.
 *
 * @public
 */
export class VersionChangeError extends Error {
  /** Code and parameters of the catalogue. */
  readonly reason: VersionChangeMessage;

  constructor(reason: VersionChangeMessage) {
    super(formatMessage(reason));
    this.name = 'VersionChangeError';
    this.reason = reason;
  }
}
