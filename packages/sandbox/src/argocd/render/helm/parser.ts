import {
  columnOf,
  lineOf,
  split,
  TemplateError,
  tokenize,
  type Piece,
  type Token,
} from './lexer';

export type Expression =
  | { kind: 'literal'; value: string | number | boolean | undefined }
  | { kind: 'dot' }
  | { kind: 'field'; path: string[] }
  | { kind: 'variable'; name: string; path: string[] }
  | { kind: 'function'; name: string }
  | { kind: 'pipe'; pipe: Pipe; path: string[] };

export interface Pipe {
  /** Variables that the pipeline's value is assigned to. */
  variables: string[];
  /** `=` rather than `:=`. */
  assigns: boolean;
  commands: Expression[][];
  where: Where;
}

/** A location in a template, for error messages. */
export interface Where {
  template: string;
  line: number;
  column: number;
  text: string;
}

export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'action'; pipe: Pipe }
  | {
      kind: 'if' | 'with' | 'range';
      pipe: Pipe;
      body: Node[];
      otherwise: Node[];
    }
  | { kind: 'template'; name: string; pipe?: Pipe; where: Where }
  | { kind: 'break' }
  | { kind: 'continue' };

export interface Template {
  name: string;
  nodes: Node[];
}

class Parser {
  readonly #name: string;
  readonly #source: string;
  readonly #pieces: Piece[];
  readonly #defined: Template[] = [];
  #next = 0;
  #tokens: Token[] = [];
  #token = 0;
  #piece: Piece = { kind: 'text', text: '', offset: 0 };

  constructor(name: string, source: string) {
    this.#name = name;
    this.#source = source;
    this.#pieces = split(name, source);
  }

  parse(): Template[] {
    const { nodes, end } = this.#list(false);
    if (end) {
      throw this.#error(`unexpected {{${end}}}`);
    }
    return [...this.#defined, { name: this.#name, nodes }];
  }

  #error(message: string): TemplateError {
    const line = lineOf(this.#source, this.#piece.offset);
    return new TemplateError(
      `parse error at (${this.#name}:${line}): ${message}`,
    );
  }

  #where(): Where {
    const { text, offset } = this.#piece;
    const lead = text.length - text.trimStart().length;
    return {
      template: this.#name,
      line: lineOf(this.#source, offset + lead),
      column: columnOf(this.#source, offset + lead),
      text: text.trim(),
    };
  }

  /**
   * Parses nodes up to `end` or `else`, and returns which of the two it was.
   */
  #list(nested: boolean): { nodes: Node[]; end?: 'end' | 'else' } {
    const nodes: Node[] = [];
    while (this.#next < this.#pieces.length) {
      const piece = this.#pieces[this.#next++];
      this.#piece = piece;
      if (piece.kind === 'text') {
        nodes.push({ kind: 'text', text: piece.text });
        continue;
      }
      this.#tokens = tokenize(this.#name, this.#source, piece);
      this.#token = 0;
      const keyword =
        this.#peek()?.kind === 'identifier' ? this.#peek()?.text : undefined;
      if (keyword === 'end' || keyword === 'else') {
        this.#token += 1;
        return { nodes, end: keyword };
      }
      const node = this.#node(keyword);
      if (node) {
        nodes.push(node);
      }
    }
    if (nested) {
      throw this.#error('unexpected EOF');
    }
    return { nodes };
  }

  #node(keyword: string | undefined): Node | undefined {
    switch (keyword) {
      case 'if':
      case 'with':
      case 'range':
        this.#token += 1;
        return this.#control(keyword);
      case 'define':
        this.#token += 1;
        this.#define();
        return undefined;
      case 'block': {
        this.#token += 1;
        const where = this.#where();
        const name = this.#define(true);
        return { kind: 'template', name: name.name, pipe: name.pipe, where };
      }
      case 'template': {
        this.#token += 1;
        const where = this.#where();
        const name = this.#string();
        const pipe = this.#peek() ? this.#pipe() : undefined;
        return { kind: 'template', name, pipe, where };
      }
      case 'break':
      case 'continue':
        return { kind: keyword };
      default:
        return this.#peek()
          ? { kind: 'action', pipe: this.#pipe() }
          : undefined;
    }
  }

  #control(kind: 'if' | 'with' | 'range'): Node {
    const pipe = this.#pipe();
    const { nodes: body, end } = this.#list(true);
    let otherwise: Node[] = [];
    if (end === 'else') {
      const chained = this.#peek()?.text;
      if (chained === 'if' || chained === 'with') {
        this.#token += 1;
        // `else if` shares its `end` with the `if` around it.
        otherwise = [this.#control(chained)];
      } else {
        otherwise = this.#list(true).nodes;
      }
    }
    return { kind, pipe, body, otherwise };
  }

  #define(withPipe = false): { name: string; pipe?: Pipe } {
    const name = this.#string();
    const pipe = withPipe && this.#peek() ? this.#pipe() : undefined;
    const { nodes } = this.#list(true);
    this.#defined.push({ name, nodes });
    return { name, pipe };
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#token];
  }

  #string(): string {
    const token = this.#peek();
    if (token?.kind !== 'string' || typeof token.value !== 'string') {
      throw this.#error('a quoted template name is missing');
    }
    this.#token += 1;
    return token.value;
  }

  #pipe(): Pipe {
    const where = this.#where();
    const { variables, assigns } = this.#declarations();
    const commands: Expression[][] = [];
    for (;;) {
      const command = this.#command();
      if (!command.length) {
        throw this.#error('missing value for command');
      }
      commands.push(command);
      if (this.#peek()?.text !== '|' || this.#peek()?.kind !== 'symbol') {
        break;
      }
      this.#token += 1;
    }
    const rest = this.#peek();
    if (rest && rest.text !== ')') {
      throw this.#error(`unexpected <${rest.text}> in command`);
    }
    return { variables, assigns, commands, where };
  }

  #declarations(): { variables: string[]; assigns: boolean } {
    const start = this.#token;
    const variables: string[] = [];
    while (this.#peek()?.kind === 'variable') {
      variables.push(this.#tokens[this.#token++].text);
      const symbol = this.#peek()?.text;
      if (symbol === ':=' || symbol === '=') {
        this.#token += 1;
        return { variables, assigns: symbol === '=' };
      }
      if (symbol !== ',') {
        break;
      }
      this.#token += 1;
    }
    this.#token = start;
    return { variables: [], assigns: false };
  }

  #command(): Expression[] {
    const operands: Expression[] = [];
    for (;;) {
      const token = this.#peek();
      if (!token || (token.kind === 'symbol' && token.text !== '(')) {
        return operands;
      }
      operands.push(this.#operand(token));
    }
  }

  #operand(token: Token): Expression {
    this.#token += 1;
    switch (token.kind) {
      case 'string':
      case 'number':
      case 'bool':
      case 'nil':
        return { kind: 'literal', value: token.value };
      case 'identifier':
        return { kind: 'function', name: token.text };
      case 'variable':
        return { kind: 'variable', name: token.text, path: this.#path() };
      case 'field':
        return { kind: 'field', path: [token.text.slice(1), ...this.#path()] };
      case 'dot':
        return { kind: 'dot' };
      default: {
        const pipe = this.#pipe();
        if (this.#peek()?.text !== ')') {
          throw this.#error('unclosed left paren');
        }
        this.#token += 1;
        return { kind: 'pipe', pipe, path: this.#path() };
      }
    }
  }

  /** Parses fields that follow without a space. */
  #path(): string[] {
    const path: string[] = [];
    for (;;) {
      const token = this.#peek();
      if (token?.kind !== 'field' || token.spaced) {
        return path;
      }
      path.push(token.text.slice(1));
      this.#token += 1;
    }
  }
}

/** Parses a template; returns its definitions along with its own body. */
export function parseTemplate(name: string, source: string): Template[] {
  return new Parser(name, source).parse();
}
