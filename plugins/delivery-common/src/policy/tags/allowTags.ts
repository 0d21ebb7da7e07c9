import { RE2JS } from 're2js';
import type { ReportProblem } from '../problem';

/** Whether a tag may be used. */
export type TagFilter = (tag: string) => boolean;

const ALL: TagFilter = () => true;
const NONE: TagFilter = () => false;

/**
 * Reads `allow-tags`: `any`, `regexp:<RE2>`, or nothing for all tags. What
 * can't be read allows none.
 *
 * The expression is a user's, so it is matched as Go does, in linear time; a
 * JavaScript expression could be made to hang.
 */
export function parseAllowTags(text: string, report: ReportProblem): TagFilter {
  if (text === '' || text.toLowerCase() === 'any') {
    return ALL;
  }
  const colon = text.indexOf(':');
  if (colon < 0) {
    report({
      code: 'allow-tags-malformed',
      message: `Invalid match option syntax '${text}', ignoring`,
      advice: `No tag is allowed: write "regexp:" before the expression, as in "regexp:${text}"`,
    });
    return NONE;
  }
  const kind = text.slice(0, colon);
  if (kind.toLowerCase() !== 'regexp') {
    report({
      code: 'allow-tags-unknown-function',
      message: `Unknown match function: ${kind}`,
      advice: `No tag is allowed: use "regexp:" with an expression, or "any", instead of "${kind}:"`,
    });
    return NONE;
  }
  const expression = text.slice(colon + 1);
  try {
    const pattern = RE2JS.compile(expression);
    return tag => pattern.matcher(tag).find();
  } catch (error) {
    // The library trips over some broken expressions, too.
    report({
      code: 'allow-tags-invalid-expression',
      message: `Could not compile regexp '${expression}'`,
      advice: `No tag is allowed: correct the expression, which must be one of Go (RE2, without look-around and back references): ${
        error instanceof Error ? error.message : error
      }`,
    });
    return NONE;
  }
}
