/**
 * Estimates how many instructions RE2 makes of an expression, without compiling
 * it. RE2 expands repetitions, so `((a{10}){10}){10}` is a thousand times as
 * long as it looks. Reads each character once and never fails; an invalid
 * expression gets some number.
 */
export function estimatedSize(expression: string): number {
  /** The size of what precedes each open group. */
  const outer: number[] = [];
  let size = 0;
  let last = 0;
  let at = 0;
  const add = (instructions: number) => {
    last = instructions;
    size += instructions;
  };
  while (at < expression.length) {
    const character = expression[at];
    at += 1;
    if (character === '\\') {
      at = endOfEscape(expression, at);
      add(1);
    } else if (character === '[') {
      at = endOfClass(expression, at);
      add(1);
    } else if (character === '(') {
      outer.push(size);
      size = 0;
    } else if (character === ')') {
      const group = size + 2;
      size = outer.pop() ?? 0;
      add(group);
    } else if (character === '{') {
      const { times, end } = repetition(expression, at);
      size += last * (times - 1);
      last *= times;
      at = end;
    } else {
      add(1);
    }
  }
  return outer.reduce((sum, before) => sum + before, size);
}

const REPETITION = /(\d{1,9})(?:,(\d{0,9}))?\}/y;

/**
 * The maximum number of times that the item before a `{` is expanded, and where
 * the repetition ends.
 */
function repetition(
  expression: string,
  at: number,
): { times: number; end: number } {
  REPETITION.lastIndex = at;
  const match = REPETITION.exec(expression);
  if (!match) {
    return { times: 1, end: at };
  }
  const [text, least, most = ''] = match;
  return {
    times: Math.max(Number(least), Number(most), 1),
    end: at + text.length,
  };
}

/**
 * The index after an escape that has its backslash before `at`. The braces of
 * `\x{10}` and `\p{Greek}` are no repetition.
 */
function endOfEscape(expression: string, at: number): number {
  const hasBraces =
    'xpP'.includes(expression[at] ?? ' ') && expression[at + 1] === '{';
  const end = hasBraces ? expression.indexOf('}', at) : at;
  return end < 0 ? expression.length : end + 1;
}

/**
 * The index after the `]` of a class that has its `[` before `at`. The first
 * character may itself be a `]`.
 */
function endOfClass(expression: string, at: number): number {
  let end = expression[at] === '^' ? at + 1 : at;
  do {
    end += expression[end] === '\\' ? 2 : 1;
  } while (end < expression.length && expression[end] !== ']');
  return end + 1;
}
