import { Parser, TemplateError, type Render, type Templates } from './Parser';
import { Scope } from './Scope';

/**
 * Go reports a template that calls itself this deep as an error, rather than
 * overflowing the stack.
 */
const MAX_DEPTH = 200;

/** Executes templates like Go's text/template, without `break` and `continue`. */
export class Engine implements Templates {
  readonly #templates = new Map<string, Render>();
  #depth = 0;

  /** Parses a template and the templates that it defines. */
  add(name: string, source: string): void {
    this.define(name, new Parser(this, name, source).parse());
  }

  define(name: string, render: Render): void {
    this.#templates.set(name, render);
  }

  /** Renders a template for a value. */
  execute(name: string, dot: unknown): string {
    const render = this.#templates.get(name);
    if (!render) {
      throw new Error(`no template ${JSON.stringify(name)}`);
    }
    if (this.#depth > MAX_DEPTH) {
      throw new TemplateError(
        `rendering template has a nested reference name: ${name}: unable to execute template`,
      );
    }
    this.#depth += 1;
    try {
      const scope = new Scope(dot);
      scope.set('$', dot);
      return render(scope);
    } finally {
      this.#depth -= 1;
    }
  }
}
