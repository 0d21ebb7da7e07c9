import { z } from 'zod';

/** Longer titles are of no use in a list. */
const MAX_TITLE = 256;

/** Times of Git hosts have offsets and fractions of their own. */
export const timeSchema = z.iso
  .datetime({ offset: true })
  .transform(text => new Date(text).toISOString());

export const titleSchema = z.string().transform(text => cut(text));

/** A page that a browser may open. */
export const pageSchema = z.url({ protocol: /^https?$/ });

function cut(text: string): string {
  return text.length > MAX_TITLE ? `${text.slice(0, MAX_TITLE - 1)}…` : text;
}
