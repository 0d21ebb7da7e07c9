import { formatMessage } from '@landfall/backstage-plugin-delivery-common';
import type { Words } from './types';

/** What is expected to be said beside a code; empty: the code says it all. */
export function textOf(words: Words | undefined): string {
  return typeof words === 'object' ? formatMessage(words) : words ?? '';
}
