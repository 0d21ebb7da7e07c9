import { messageOf } from '../../../errors';
import { entriesOf, follow, format, isTrue } from './format';
import { functions } from './functions';
import { Scope } from './Scope';
import { splitTemplate, type Action } from './splitTemplate';

/** A template that can't be parsed or executed; the message says where. */
export class TemplateError extends Error {}

export type Render = (scope: Scope) => string;
type Expression = (scope: Scope) => unknown;

/** The templates of a chart. */
export interface Templates {
  define(name: string, render: Render): void;
  execute(name: string, dot: unknown): string;
}

/** Turns a template into a function that renders it. */
export class Parser {
  readonly #pieces: (string | Action)[];
  #action: Action = { tokens: [], text: '', line: 1 };

  constructor(
    private readonly templates: Templates,
    private readonly name: string,
    source: string,
  ) {
    this.#pieces = splitTemplate(source);
  }

  parse(): Render {
    const { render, end } = this.#list();
    if (end) {
      throw this.#error(`unexpected {{${end}}}`);
    }
    return render;
  }

  #error(message: string): TemplateError {
    return new TemplateError(
      `parse error at (${this.name}:${this.#action.line}): ${message}`,
    );
  }

  /** Parses pieces up to `end` or `else`, and returns which of the two it was. */
  #list(): { render: Render; end?: string } {
    const parts: Render[] = [];
    let end: string | undefined;
    while (!end && this.#pieces.length) {
      const piece = this.#pieces.shift() ?? '';
      if (typeof piece === 'string') {
        const text = piece;
        parts.push(() => text);
      } else {
        this.#action = piece;
        const [keyword] = piece.tokens;
        if (piece.text === '{{') {
          throw this.#error('unclosed action');
        }
        if (keyword === 'end' || keyword === 'else') {
          end = piece.tokens.shift();
        } else {
          parts.push(this.#located(this.#statement(keyword)));
        }
      }
    }
    return { render: scope => parts.map(part => part(scope)).join(''), end };
  }

  /** A nested list, which must be closed. */
  #body(): { render: Render; end: string } {
    const { render, end } = this.#list();
    if (!end) {
      throw this.#error('unexpected EOF');
    }
    return { render: scope => render(new Scope(scope.dot, scope)), end };
  }

  #located<T>(run: (scope: Scope) => T): (scope: Scope) => T {
    const { text, line } = this.#action;
    return scope => {
      try {
        return run(scope);
      } catch (error) {
        throw error instanceof TemplateError
          ? error
          : new TemplateError(
              `template: ${
                this.name
              }:${line}: executing at <${text}>: ${messageOf(error)}`,
            );
      }
    };
  }

  #statement(keyword: string | undefined): Render {
    const { tokens } = this.#action;
    switch (keyword) {
      case undefined:
        return () => '';
      case 'if':
      case 'with':
      case 'range':
        return this.#control();
      case 'define': {
        const name = String(this.#literal(tokens[1] ?? ''));
        this.templates.define(name, this.#body().render);
        return () => '';
      }
      default: {
        const assigns = tokens[1] === ':=';
        const pipe = this.#pipe();
        return scope => {
          const text = format(pipe(scope));
          return assigns ? '' : text;
        };
      }
    }
  }

  #control(): Render {
    const { tokens } = this.#action;
    const keyword = tokens.shift();
    const names = keyword === 'range' ? this.#rangeVariables() : [];
    const pipe = this.#located(this.#pipe());
    const { render: body, end } = this.#body();
    let otherwise: Render = () => '';
    if (end === 'else') {
      // `else if` shares its `end` with the `if` around it.
      otherwise = this.#action.tokens.length
        ? this.#control()
        : this.#body().render;
    }
    return outer => {
      const scope = new Scope(outer.dot, outer);
      const value = pipe(scope);
      if (keyword !== 'range') {
        const inner = keyword === 'with' ? new Scope(value, scope) : scope;
        return isTrue(value) ? body(inner) : otherwise(scope);
      }
      const entries = entriesOf(value);
      return entries.length
        ? entries
            .map(([key, item]) => {
              const inner = new Scope(item, scope);
              [item, key]
                .slice(0, names.length)
                .forEach((one, i) => inner.set(names[i], one));
              return body(inner);
            })
            .join('')
        : otherwise(scope);
    };
  }

  /** The variables of a `range`: that of the item, then that of the key. */
  #rangeVariables(): string[] {
    const { tokens } = this.#action;
    const end = tokens.indexOf(':=');
    return end < 0
      ? []
      : tokens
          .splice(0, end + 1)
          .filter(token => token.startsWith('$'))
          .reverse();
  }

  #pipe(): Expression {
    const { tokens } = this.#action;
    if (tokens[1] === ':=') {
      const [name] = tokens.splice(0, 2);
      const value = this.#pipe();
      return scope => scope.set(name, value(scope));
    }
    let value = this.#command();
    while (tokens[0] === '|') {
      tokens.shift();
      value = this.#command(value);
    }
    return value;
  }

  #command(piped?: Expression): Expression {
    const { tokens } = this.#action;
    const operands: Expression[] = [];
    const head = tokens[0] ?? '';
    const isCall = /^[a-z]/i.test(head) && !/^(true|false|nil)$/.test(head);
    if (isCall) {
      tokens.shift();
    }
    while (tokens.length && !/^[|)]/.test(tokens[0])) {
      operands.push(this.#operand());
    }
    if (isCall) {
      return this.#call(head, piped ? [...operands, piped] : operands);
    }
    if (operands.length !== 1 || piped) {
      throw this.#error(
        operands.length
          ? `can't give argument to non-function ${head}`
          : 'missing value for command',
      );
    }
    return operands[0];
  }

  #call(name: string, args: Expression[]): Expression {
    if (name === 'and' || name === 'or') {
      return scope => {
        let value: unknown;
        for (const arg of args) {
          value = arg(scope);
          if (isTrue(value) === (name === 'or')) {
            break;
          }
        }
        return value;
      };
    }
    if (!Object.hasOwn(functions, name)) {
      throw this.#error(`function ${JSON.stringify(name)} not defined`);
    }
    const execute = (template: string, dot: unknown) =>
      this.templates.execute(template, dot);
    return scope =>
      functions[name](
        args.map(arg => arg(scope)),
        execute,
      );
  }

  #operand(): Expression {
    const { tokens } = this.#action;
    const token = tokens.shift() ?? '';
    const [head, ...path] = token.split('.');
    if (token === '(') {
      const value = this.#pipe();
      const [close, ...fields] = (tokens.shift() ?? '').split('.');
      if (close !== ')') {
        throw this.#error('unclosed left paren');
      }
      return scope => follow(value(scope), fields);
    }
    if (token === '.') {
      return scope => scope.dot;
    }
    if (token.startsWith('.')) {
      return scope => follow(scope.dot, path);
    }
    if (token.startsWith('$')) {
      return scope => follow(scope.get(head), path);
    }
    if (/^[a-z]/i.test(token) && !/^(true|false|nil)$/.test(token)) {
      return this.#call(token, []);
    }
    const literal = this.#literal(token);
    return () => literal;
  }

  #literal(token: string): unknown {
    if (token.startsWith('`')) {
      return token.slice(1, -1);
    }
    try {
      const value: unknown = token === 'nil' ? undefined : JSON.parse(token);
      return value;
    } catch {
      throw this.#error(`unexpected ${JSON.stringify(token)} in operand`);
    }
  }
}
