import { RE2JS, RE2JSSyntaxException } from 're2js';
import type { Warn } from './warn';

/** Whether a tag may be used. */
export type TagFilter = (tag: string) => boolean;

const ALL: TagFilter = () => true;
const NONE: TagFilter = () => false;

/**
 * Reads `allow-tags`: `any`, `regexp:<RE2>`, or nothing for all tags. What
 * can't be read allows none.
 */
export function parseAllowTags(text: string, warn: Warn): TagFilter {
  if (text === '' || text.toLowerCase() === 'any') {
    return ALL;
  }
  const colon = text.indexOf(':');
  if (colon < 0) {
    warn(`Invalid match option syntax '${text}', ignoring`);
    return NONE;
  }
  const kind = text.slice(0, colon);
  if (kind.toLowerCase() !== 'regexp') {
    warn(`Unknown match function: ${kind}`);
    return NONE;
  }
  const expression = text.slice(colon + 1);
  try {
    const pattern = RE2JS.compile(expression);
    return tag => pattern.matcher(tag).find();
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) {
      throw error;
    }
    warn(`Could not compile regexp '${expression}'`);
    return NONE;
  }
}
