import {
  type AnyMessage,
  describeMessage,
  type Described,
  formatMessage,
  type Translate,
} from '../messages';
import type { StuckReason } from './types';

/**
 * A reason as the API sends it: with its sentences in English.
 *
 * @public
 */
export interface DescribedStuckReason
  extends Omit<StuckReason, 'note' | 'advice'> {
  message: string;
  note?: Described<AnyMessage>;
  advice?: Described<AnyMessage>;
}

/**
 * The sentence of a reason, without its note and advice.
 *
 * @public
 */
export function stuckMessage(
  reason: Pick<StuckReason, 'code' | 'parameters'> & { message?: string },
): AnyMessage {
  const { code, parameters, message } = reason;
  return {
    code: `stuck.${code}`,
    parameters,
    ...(message !== undefined && { message }),
  };
}

/**
 * Adds the English sentences, for readers that have no catalogue.
 *
 * @public
 */
export function describeStuckReason(reason: StuckReason): DescribedStuckReason {
  const { note, advice, ...rest } = reason;
  return {
    ...rest,
    message: formatMessage(stuckMessage(reason)),
    ...(note && { note: describeMessage(note) }),
    ...(advice && { advice: describeMessage(advice) }),
  };
}

/**
 * Formats a reason with its note and advice, in English or in another
 * translation.
 *
 * @public
 */
export function formatStuckReason(
  reason: StuckReason | DescribedStuckReason,
  translate?: Translate,
): string {
  const { note, advice } = reason;
  return [stuckMessage(reason), note, advice]
    .flatMap(message => (message ? formatMessage(message, translate) : []))
    .map((text, index, all) =>
      index < all.length - 1 && !/[.!?]$/.test(text) ? `${text}.` : text,
    )
    .join(' ');
}
