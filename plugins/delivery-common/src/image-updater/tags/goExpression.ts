/**
 * The aliases of Unicode's general categories, without underscores and in the
 * case that Go compares them in.
 */
const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['Casedletter', 'Lc'],
  ['Closepunctuation', 'Pe'],
  ['Cntrl', 'Cc'],
  ['Combiningmark', 'M'],
  ['Connectorpunctuation', 'Pc'],
  ['Control', 'Cc'],
  ['Currencysymbol', 'Sc'],
  ['Dashpunctuation', 'Pd'],
  ['Decimalnumber', 'Nd'],
  ['Digit', 'Nd'],
  ['Enclosingmark', 'Me'],
  ['Finalpunctuation', 'Pf'],
  ['Format', 'Cf'],
  ['Initialpunctuation', 'Pi'],
  ['Letter', 'L'],
  ['Letternumber', 'Nl'],
  ['Lineseparator', 'Zl'],
  ['Lowercaseletter', 'Ll'],
  ['Mark', 'M'],
  ['Mathsymbol', 'Sm'],
  ['Modifierletter', 'Lm'],
  ['Modifiersymbol', 'Sk'],
  ['Nonspacingmark', 'Mn'],
  ['Number', 'N'],
  ['Openpunctuation', 'Ps'],
  ['Other', 'C'],
  ['Otherletter', 'Lo'],
  ['Othernumber', 'No'],
  ['Otherpunctuation', 'Po'],
  ['Othersymbol', 'So'],
  ['Paragraphseparator', 'Zp'],
  ['Privateuse', 'Co'],
  ['Punct', 'P'],
  ['Punctuation', 'P'],
  ['Separator', 'Z'],
  ['Spaceseparator', 'Zs'],
  ['Spacingmark', 'Mc'],
  ['Surrogate', 'Cs'],
  ['Symbol', 'S'],
  ['Titlecaseletter', 'Lt'],
  ['Unassigned', 'Cn'],
  ['Uppercaseletter', 'Lu'],
]);

/**
 * The parts of an expression that must not be read character by character:
 * quoted text, Unicode classes, other escapes, and names such as `[:alpha:]`.
 * Outside of brackets, `[:alpha:]` is itself a set in brackets.
 */
const PART =
  /\\Q[^]*?(?:\\E|$)|\\([pP])(?:\{(\^?)([^}]*)\}|([A-Za-z]))|\\x\{[^}]*\}|\\[^]|\[:\^?\w+:\]|[^]/gy;

const REPETITION = /\{(?:0|[1-9]\d*)(?:,(?:0|[1-9]\d*)?)?\}/y;

/**
 * Rewrites an expression of Go 1.26 for the RE2 library used here, whose
 * dialect is that of an earlier Go:
 *
 * - Names of Unicode classes are compared without case, spaces and hyphens, and
 *   may be the long names of categories.
 * - A `{` that doesn't begin a repetition is a character, which may itself be
 *   repeated.
 */
export function toRe2(expression: string): string {
  let result = '';
  /** Index of the first character in the open brackets. */
  let bracketsFrom: number | undefined;
  let at = 0;
  while (at < expression.length) {
    PART.lastIndex = at;
    const match = PART.exec(expression);
    if (!match) {
      return result + expression.slice(at);
    }
    const [text, letter, negation = '', long, short] = match;
    if (letter !== undefined) {
      result += `\\${letter}{${negation}${unicodeName(long ?? short)}}`;
    } else if (bracketsFrom !== undefined) {
      result += text;
      if (text === ']' && at > bracketsFrom) {
        bracketsFrom = undefined;
      }
    } else if (text === '[') {
      bracketsFrom = at + (expression[at + 1] === '^' ? 2 : 1);
      result += text;
    } else {
      result += text === '{' && !isRepetition(expression, at) ? '\\{' : text;
    }
    at += text.length;
  }
  return result;
}

function isRepetition(expression: string, at: number): boolean {
  REPETITION.lastIndex = at;
  return REPETITION.test(expression);
}

function unicodeName(text: string): string {
  const name = text.replace(/[ _-]/g, '');
  const canonical =
    name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase();
  return CATEGORIES.get(canonical) ?? canonical;
}
