import { entriesOf, follow } from './access';
import { format, isTrue } from './format';
import { TemplateError } from './lexer';
import type { Expression, Node, Pipe, Template, Where } from './parser';

/** A function that templates can call. */
export type TemplateFunction = (args: unknown[], engine: Engine) => unknown;

class Break extends Error {}
class Continue extends Error {}

/** An error that already includes its location. */
class Located extends TemplateError {}

interface Scope {
  dot: unknown;
  variables: Map<string, unknown>[];
}

/**
 * Go reports a template that calls itself this deep as an error, rather than
 * overflowing the stack.
 */
const MAX_DEPTH = 200;

/** Executes templates like Go's text/template. */
export class Engine {
  readonly #templates = new Map<string, Template>();
  readonly #functions: Record<string, TemplateFunction>;
  #depth = 0;

  constructor(functions: Record<string, TemplateFunction>) {
    this.#functions = functions;
  }

  add(templates: Template[]): void {
    for (const template of templates) {
      this.#templates.set(template.name, template);
    }
  }

  has(name: string): boolean {
    return this.#templates.has(name);
  }

  /** Renders a template for a value. */
  execute(name: string, dot: unknown): string {
    const template = this.#templates.get(name);
    if (!template) {
      throw new TemplateError(`no template ${JSON.stringify(name)}`);
    }
    if (this.#depth > MAX_DEPTH) {
      throw new TemplateError(
        `rendering template has a nested reference name: ${name}: unable to execute template`,
      );
    }
    this.#depth += 1;
    try {
      const scope = { dot, variables: [new Map([['$', dot]])] };
      return this.#walk(template.nodes, scope, name);
    } finally {
      this.#depth -= 1;
    }
  }

  #walk(nodes: Node[], scope: Scope, name: string): string {
    let out = '';
    const local = { ...scope, variables: [...scope.variables, new Map()] };
    for (const node of nodes) {
      out += this.#node(node, local, name);
    }
    return out;
  }

  #node(node: Node, scope: Scope, name: string): string {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'action': {
        const value = this.#pipe(node.pipe, scope, name);
        return node.pipe.variables.length ? '' : format(value);
      }
      case 'if':
      case 'with': {
        const inner = { ...scope, variables: [...scope.variables, new Map()] };
        const value = this.#pipe(node.pipe, inner, name);
        if (!isTrue(value)) {
          return this.#walk(node.otherwise, scope, name);
        }
        return this.#walk(
          node.body,
          node.kind === 'with' ? { ...inner, dot: value } : inner,
          name,
        );
      }
      case 'range':
        return this.#range(node, scope, name);
      case 'template': {
        const value = node.pipe && this.#pipe(node.pipe, scope, name);
        return this.#located(node.where, name, () =>
          this.execute(node.name, value),
        );
      }
      case 'break':
        throw new Break();
      default:
        throw new Continue();
    }
  }

  #range(
    node: { pipe: Pipe; body: Node[]; otherwise: Node[] },
    scope: Scope,
    name: string,
  ): string {
    const { variables } = node.pipe;
    const value = this.#pipe({ ...node.pipe, variables: [] }, scope, name);
    const items = entriesOf(value);
    if (!items) {
      throw this.#failure(
        node.pipe.where,
        name,
        `range can't iterate over ${format(value)}`,
      );
    }
    if (!items.length) {
      return this.#walk(node.otherwise, scope, name);
    }
    let out = '';
    for (const [key, item] of items) {
      const bound = new Map<string, unknown>();
      if (variables.length === 1) {
        bound.set(variables[0], item);
      } else if (variables.length === 2) {
        bound.set(variables[0], key);
        bound.set(variables[1], item);
      }
      const inner = { dot: item, variables: [...scope.variables, bound] };
      try {
        // Text written before a break or continue is kept, so nodes are
        // evaluated one by one.
        for (const child of node.body) {
          out += this.#node(child, inner, name);
        }
      } catch (error) {
        if (error instanceof Break) {
          break;
        }
        if (!(error instanceof Continue)) {
          throw error;
        }
      }
    }
    return out;
  }

  #pipe(pipe: Pipe, scope: Scope, name: string): unknown {
    const value = this.#located(pipe.where, name, () => {
      let result: unknown;
      pipe.commands.forEach((command, i) => {
        result = this.#command(command, scope, name, i > 0 ? [result] : []);
      });
      return result;
    });
    for (const variable of pipe.variables) {
      if (pipe.assigns) {
        const owner = [...scope.variables].reverse().find(v => v.has(variable));
        if (!owner) {
          throw this.#failure(
            pipe.where,
            name,
            `undefined variable: ${variable}`,
          );
        }
        owner.set(variable, value);
      } else {
        scope.variables[scope.variables.length - 1].set(variable, value);
      }
    }
    return value;
  }

  #command(
    command: Expression[],
    scope: Scope,
    name: string,
    piped: unknown[],
  ): unknown {
    const [first, ...rest] = command;
    if (first.kind === 'function') {
      if (first.name === 'and' || first.name === 'or') {
        return this.#shortCircuit(first.name, rest, scope, name, piped);
      }
      const fn = this.#functions[first.name];
      if (!fn) {
        throw new TemplateError(
          `function ${JSON.stringify(first.name)} not defined`,
        );
      }
      return fn(
        [...rest.map(arg => this.#expression(arg, scope, name)), ...piped],
        this,
      );
    }
    const value = this.#expression(first, scope, name);
    const args = [
      ...rest.map(arg => this.#expression(arg, scope, name)),
      ...piped,
    ];
    if (typeof value === 'function') {
      const result: unknown = value(...args);
      return result;
    }
    if (args.length) {
      throw new TemplateError(
        `can't give argument to non-function ${format(value)}`,
      );
    }
    return value;
  }

  #shortCircuit(
    kind: 'and' | 'or',
    args: Expression[],
    scope: Scope,
    name: string,
    piped: unknown[],
  ): unknown {
    let value: unknown;
    for (const arg of args) {
      value = this.#expression(arg, scope, name);
      if (isTrue(value) === (kind === 'or')) {
        return value;
      }
    }
    return piped.length ? piped[0] : value;
  }

  #expression(expression: Expression, scope: Scope, name: string): unknown {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'dot':
        return scope.dot;
      case 'field':
        return follow(scope.dot, expression.path);
      case 'variable': {
        for (let i = scope.variables.length - 1; i >= 0; i--) {
          if (scope.variables[i].has(expression.name)) {
            return follow(
              scope.variables[i].get(expression.name),
              expression.path,
            );
          }
        }
        throw new TemplateError(`undefined variable: ${expression.name}`);
      }
      case 'function':
        return this.#command([expression], scope, name, []);
      default:
        return follow(
          this.#pipe(expression.pipe, scope, name),
          expression.path,
        );
    }
  }

  #located<T>(where: Where, name: string, run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (
        error instanceof Located ||
        error instanceof Break ||
        error instanceof Continue
      ) {
        throw error;
      }
      const message = error instanceof Error ? error.message : String(error);
      throw this.#failure(where, name, message);
    }
  }

  #failure(where: Where, name: string, message: string): TemplateError {
    return new Located(
      `template: ${where.template}:${where.line}:${
        where.column
      }: executing ${JSON.stringify(name)} at <${where.text}>: ${message}`,
    );
  }
}
