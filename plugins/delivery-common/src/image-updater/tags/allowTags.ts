import { RE2JS } from 're2js';
import type { PolicyProblem, ReportProblem } from '../problem';
import { estimatedSize } from './expressionSize';
import { toRe2 } from './goExpression';

/** Whether a tag may be used. */
export type TagFilter = (tag: string) => boolean;

/** Maximum length of an expression. */
const MAX_LENGTH = 512;

/**
 * Maximum number of RE2 instructions of an expression. Matching takes up to
 * that many steps for each character of each tag, on the thread that answers
 * requests. An expression that describes any tag, `[\w][\w.-]{0,127}`, has 258.
 */
const MAX_INSTRUCTIONS = 300;

/**
 * Compiling takes time too, so an expression far beyond the limit isn't
 * compiled.
 */
const MAX_ESTIMATE = 2000;

const ALL: TagFilter = () => true;
const NONE: TagFilter = () => false;

/**
 * Parses `allow-tags`: `any`, `regexp:<RE2>`, or nothing for all tags. An
 * invalid text allows none.
 *
 * The expression is user input, so it is matched as Go does, in linear time; a
 * JavaScript expression could be crafted to hang. Its size is limited because
 * the time grows with it too.
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
      advice: {
        code: 'advice.allow-tags-malformed',
        parameters: { expression: text },
      },
    });
    return NONE;
  }
  const kind = text.slice(0, colon);
  if (kind.toLowerCase() !== 'regexp') {
    report({
      code: 'allow-tags-unknown-function',
      message: `Unknown match function: ${kind}`,
      advice: {
        code: 'advice.allow-tags-unknown-function',
        parameters: { name: kind },
      },
    });
    return NONE;
  }
  const expression = text.slice(colon + 1);
  if (
    expression.length > MAX_LENGTH ||
    estimatedSize(expression) > MAX_ESTIMATE
  ) {
    report(tooComplex(expression));
    return NONE;
  }
  try {
    const pattern = RE2JS.compile(toRe2(expression));
    if (pattern.programSize() > MAX_INSTRUCTIONS) {
      report(tooComplex(expression));
      return NONE;
    }
    return tag => pattern.matcher(tag).find();
  } catch (error) {
    // The library also throws errors of its own on some broken expressions.
    report({
      code: 'allow-tags-invalid-expression',
      message: `Could not compile regexp '${expression}'`,
      advice: {
        code: 'advice.allow-tags-invalid-expression',
        parameters: {
          message: error instanceof Error ? error.message : String(error),
        },
      },
    });
    return NONE;
  }
}

function tooComplex(expression: string): PolicyProblem {
  const start = expression.slice(0, 60);
  return {
    code: 'allow-tags-too-complex',
    message: `The regular expression of allow-tags that begins with '${start}' is too complex to be evaluated here`,
    advice: {
      code: 'advice.allow-tags-too-complex',
      parameters: {
        characters: String(MAX_LENGTH),
        instructions: String(MAX_INSTRUCTIONS),
      },
    },
  };
}
