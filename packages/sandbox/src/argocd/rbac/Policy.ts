/**
 * Argo CD's built-in policy: an administrator may do everything,
 * `role:readonly` may read.
 */
const BUILT_IN = `
p, role:readonly, *, get, *, allow
p, role:admin, *, *, *, allow
g, admin, role:admin
`;

/** Permissions from `p` and `g` lines, as in `argocd-rbac-cm`. */
export class Policy {
  readonly #rules: string[][];
  readonly #grants: string[][];

  constructor(text: string) {
    const lines = `${BUILT_IN}\n${text}`.split('\n').map(line =>
      line
        .replace(/#.*$/, '')
        .split(',')
        .map(field => field.trim()),
    );
    const of = (type: string, length: number) =>
      lines
        .filter(fields => fields[0] === type && fields.length >= length)
        .map(fields => fields.slice(1));
    this.#rules = of('p', 5);
    this.#grants = of('g', 3);
  }

  /** Allows if at least one rule allows and none denies. */
  allows(
    subject: string,
    resource: string,
    action: string,
    object: string,
  ): boolean {
    const subjects = new Set([subject]);
    for (const member of subjects) {
      this.#grants
        .filter(([name]) => name === member)
        .forEach(([, role]) => subjects.add(role));
    }
    const effects = this.#rules
      .filter(
        rule =>
          subjects.has(rule[0]) &&
          [resource, action, object].every((text, i) =>
            globMatch(rule[i + 1], text),
          ),
      )
      .map(rule => rule[4]);
    return effects.length > 0 && !effects.includes('deny');
  }
}

const compiled = new Map<string, RegExp>();

/**
 * Matches like Argo CD's policies: `*` matches any characters, including
 * slashes, and `?` matches one.
 */
export function globMatch(glob: string, text: string): boolean {
  let pattern = compiled.get(glob);
  if (!pattern) {
    const source = glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    pattern = new RegExp(`^${source}$`, 's');
    compiled.set(glob, pattern);
  }
  return pattern.test(text);
}
