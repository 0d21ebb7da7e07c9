import { formatMessage } from '@landfall/backstage-plugin-delivery-common';
import type { Words } from './types';

/** The text expected besides a code; empty if the code is enough. */
export function textOf(words: Words | undefined): string {
  return typeof words === 'object' ? formatMessage(words) : words ?? '';
}
