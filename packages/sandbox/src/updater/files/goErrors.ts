import {
  type Document,
  type Node,
  type YAMLError,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  visit,
} from 'yaml';

const MESSAGES: Partial<Record<YAMLError['code'], string>> = {
  BAD_SCALAR_START: 'found character that cannot start any token',
  BLOCK_AS_IMPLICIT_KEY: 'mapping values are not allowed in this context',
  MULTILINE_IMPLICIT_KEY: 'mapping values are not allowed in this context',
  TAB_AS_INDENT: 'found character that cannot start any token',
};

/** Why a document can't be read, in go-yaml's words for what is commonest. */
export function parseProblem(
  document: Document,
  text: string,
): string | undefined {
  const [error] = document.errors;
  if (!error) {
    return undefined;
  }
  const lineOf = (at: number) => text.slice(0, at).split('\n').length - 1;
  const broken = innermostAt(document, error.pos[0]);
  if (error.code === 'BAD_INDENT' && broken && isCollection(broken)) {
    return flowProblem(broken, text, { at: error.pos[0], lineOf });
  }
  if (error.code === 'MISSING_CHAR' && broken && isScalar(broken)) {
    const start = lineOf(broken.range?.[0] ?? 0);
    return `line ${
      (start || lineOf(error.pos[0])) + 1
    }: found unexpected end of stream`;
  }
  const message = MESSAGES[error.code];
  if (message === undefined) {
    return error.message;
  }
  const last = Math.max(
    ...document.errors
      .filter(({ code }) => MESSAGES[code] === message)
      .map(({ pos }) => lineOf(Math.max(pos[0], pos[1] - 1))),
  );
  return last === 0 ? message : `line ${last + 1}: ${message}`;
}

function flowProblem(
  flow: Node,
  text: string,
  { at, lineOf }: { at: number; lineOf: (at: number) => number },
): string {
  const isEmpty =
    isCollection(flow) &&
    flow.items.length === 0 &&
    text.slice(at).trim() === '';
  const start = lineOf(flow.range?.[0] ?? 0);
  const line = isEmpty ? lineOf(at) : start || lineOf(at);
  const expected = isEmpty
    ? 'node content'
    : `',' or '${isMap(flow) ? '}' : ']'}'`;
  return `line ${line}: did not find expected ${expected}`;
}

/** The flow collection or quoted text that is open at a position. */
function innermostAt(document: Document, at: number): Node | undefined {
  let found: Node | undefined;
  visit(document, {
    Node: (_, node) => {
      const isOpen =
        (isCollection(node) && node.flow === true) ||
        (isScalar(node) &&
          (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE'));
      if (isOpen && (node.range?.[0] ?? at) < at) {
        found = node;
      }
    },
  });
  return found;
}

/**
 * What go-yaml says of a document whose blank lines were made comments, which
 * end a block of text: what follows of the text has no place then.
 */
export function blankLineProblem(
  document: Document,
  text: string,
): string | undefined {
  const lines = text.split('\n');
  const lineOf = (at: number) => text.slice(0, at).split('\n').length - 1;
  let problem: string | undefined;
  visit(document, {
    Scalar: (_, scalar, path) => {
      if (scalar.type !== 'BLOCK_LITERAL' && scalar.type !== 'BLOCK_FOLDED') {
        return undefined;
      }
      const [start = 0, end = 0] = scalar.range ?? [];
      const strayAt = strayLine(lines, lineOf(start) + 1, lineOf(end - 1));
      if (strayAt === undefined) {
        return undefined;
      }
      const { expected, line } = enclosing(path, lineOf);
      problem = `line ${line || strayAt}: did not find expected ${expected}`;
      return visit.BREAK;
    },
  });
  return problem;
}

/** The first line of a text behind a blank one in it. */
function strayLine(
  lines: readonly string[],
  from: number,
  to: number,
): number | undefined {
  const blank = lines.findIndex(
    (line, i) => i >= from && i <= to && line.trim() === '',
  );
  const stray = lines.findIndex(
    (line, i) => i > blank && i <= to && !/^\s*(#|$)/.test(line),
  );
  return blank < 0 || stray < 0 ? undefined : stray;
}

/** The block that goes on behind a text: sequences that aren't indented count for the mapping around them. */
function enclosing(
  path: readonly unknown[],
  lineOf: (at: number) => number,
): { expected: string; line: number } {
  const blocks = path.filter(
    (node): node is Node => isMap(node) || isSeq(node),
  );
  const last = blocks.at(-1);
  const outer = blocks.at(-2);
  const startOf = (node?: Node) => node?.range?.[0] ?? 0;
  const isIndented =
    isSeq(last) && !(isMap(outer) && columnOf(last) === columnOf(outer));
  const owner = isSeq(last) && !isIndented ? outer : last;
  return {
    expected: isIndented ? "'-' indicator" : 'key',
    line: lineOf(startOf(owner)),
  };

  function columnOf(node: Node): number | undefined {
    const token = isMap(node) || isSeq(node) ? node.srcToken : undefined;
    return token && 'indent' in token ? token.indent : undefined;
  }
}
