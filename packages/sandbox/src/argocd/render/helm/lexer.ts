/** A piece of a template: plain text, or the inside of an action. */
export interface Piece {
  kind: 'text' | 'action';
  text: string;
  /** Offset of `text` in the template. */
  offset: number;
}

type TokenKind =
  | 'field'
  | 'dot'
  | 'variable'
  | 'identifier'
  | 'string'
  | 'number'
  | 'bool'
  | 'nil'
  | 'symbol';

export interface Token {
  kind: TokenKind;
  /** Name, symbol, or the text of the literal. */
  text: string;
  value?: string | number | boolean;
  /**
   * Whether white space precedes it: `.a .b` are two operands, `.a.b` is one.
   */
  spaced: boolean;
  offset: number;
}

/**
 * A template that can't be parsed or executed. The message starts with template
 * and line.
 */
export class TemplateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TemplateError';
  }
}

export function lineOf(source: string, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset && i < source.length; i++) {
    if (source[i] === '\n') {
      line += 1;
    }
  }
  return line;
}

export function columnOf(source: string, offset: number): number {
  return offset - (source.lastIndexOf('\n', offset - 1) + 1);
}

/** Splits a template at its delimiters, applies `{{-` and `-}}`, and drops comments. */
export function split(name: string, source: string): Piece[] {
  const pieces: Piece[] = [];
  let position = 0;
  let trimNext = false;
  const addText = (end: number, trimEnd: boolean) => {
    let text = source.slice(position, end);
    let offset = position;
    if (trimNext) {
      const trimmed = text.trimStart();
      offset += text.length - trimmed.length;
      text = trimmed;
    }
    if (trimEnd) {
      text = text.trimEnd();
    }
    if (text) {
      pieces.push({ kind: 'text', text, offset });
    }
  };
  for (;;) {
    const open = source.indexOf('{{', position);
    if (open < 0) {
      addText(source.length, false);
      return pieces;
    }
    const trimLeft = /^\{\{-[ \t\r\n]/.test(source.slice(open, open + 4));
    addText(open, trimLeft);
    const start = open + (trimLeft ? 3 : 2);
    const comment = /^\s*\/\*/.test(source.slice(start, start + 40));
    const close = comment
      ? source.indexOf('}}', source.indexOf('*/', start))
      : endOfAction(source, start);
    if (close < 0) {
      throw new TemplateError(
        `parse error at (${name}:${lineOf(source, open)}): unclosed action`,
      );
    }
    trimNext = /[ \t\r\n]-$/.test(source.slice(close - 2, close));
    if (!comment) {
      pieces.push({
        kind: 'action',
        text: source.slice(start, trimNext ? close - 1 : close),
        offset: start,
      });
    }
    position = close + 2;
  }
}

/**
 * The offset of the `}}` that ends an action; those within strings are skipped.
 */
function endOfAction(source: string, start: number): number {
  let quote = '';
  for (let i = start; i < source.length; i++) {
    const char = source[i];
    if (quote) {
      if (char === '\\' && quote !== '`') {
        i += 1;
      } else if (char === quote) {
        quote = '';
      }
    } else if (char === '"' || char === '`' || char === "'") {
      quote = char;
    } else if (char === '}' && source[i + 1] === '}') {
      return i;
    }
  }
  return -1;
}

const PATTERNS: [TokenKind, RegExp][] = [
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['number', /[+-]?(?:0[xX][0-9a-fA-F]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)/y],
  ['variable', /\$[A-Za-z0-9_]*/y],
  ['field', /\.[A-Za-z_][A-Za-z0-9_]*/y],
  ['dot', /\./y],
  ['identifier', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['symbol', /:=|[|()=,]/y],
];

/** The tokens of an action. */
export function tokenize(name: string, source: string, piece: Piece): Token[] {
  const { text } = piece;
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    const blank = /\s+/y;
    blank.lastIndex = position;
    const spaced = blank.test(text) || position === 0;
    if (blank.lastIndex > position) {
      position = blank.lastIndex;
      if (position >= text.length) {
        break;
      }
    }
    const token = tokenAt(text, position, spaced, piece.offset + position);
    if (!token) {
      const at = lineOf(source, piece.offset + position);
      throw new TemplateError(
        `parse error at (${name}:${at}): unexpected ${JSON.stringify(
          text[position],
        )} in operand`,
      );
    }
    tokens.push(token.token);
    position = token.end;
  }
  return tokens;
}

function tokenAt(
  text: string,
  position: number,
  spaced: boolean,
  offset: number,
) {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match) {
      const token = literal({ kind, text: match[0], spaced, offset });
      return { token, end: position + match[0].length };
    }
  }
  return undefined;
}

function literal(token: Token): Token {
  const { kind, text } = token;
  if (kind === 'string') {
    return {
      ...token,
      value: text[0] === '`' ? text.slice(1, -1) : unquote(text),
    };
  }
  if (kind === 'number') {
    return { ...token, value: Number(text.replace(/_/g, '')) };
  }
  if (kind === 'identifier' && (text === 'true' || text === 'false')) {
    return { ...token, kind: 'bool', value: text === 'true' };
  }
  if (kind === 'identifier' && text === 'nil') {
    return { ...token, kind: 'nil' };
  }
  return token;
}

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

function unquote(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)/g, (_, escape: string) =>
      escape.length > 1
        ? String.fromCharCode(parseInt(escape.slice(1), 16))
        : ESCAPES[escape] ?? escape,
    );
}
