import { asArray, asString, asStrings, at } from '../json';
import type { AppProject } from '../types';
import { globMatch } from './glob';

interface Rule {
  subject: string;
  resource: string;
  action: string;
  object: string;
  allow: boolean;
}

/**
 * Argo CD's built-in policy: an administrator may do everything,
 * `role:readonly` may read.
 */
const BUILT_IN = `
p, role:readonly, applications, get, */*, allow
p, role:readonly, applicationsets, get, */*, allow
p, role:readonly, certificates, get, *, allow
p, role:readonly, clusters, get, *, allow
p, role:readonly, repositories, get, *, allow
p, role:readonly, projects, get, *, allow
p, role:readonly, accounts, get, *, allow
p, role:readonly, gpgkeys, get, *, allow
p, role:readonly, logs, get, */*, allow
p, role:admin, *, *, *, allow
g, role:admin, role:readonly
g, admin, role:admin
`;

/** Permissions from `p` and `g` lines, as in `argocd-rbac-cm`. */
export class Policy {
  readonly #rules: Rule[] = [];
  readonly #roles = new Map<string, string[]>();
  readonly #projects: () => AppProject[];

  /** @param projects - their roles define further rules */
  constructor(text: string, projects: () => AppProject[]) {
    this.#projects = projects;
    for (const line of `${BUILT_IN}\n${text}`.split('\n')) {
      const fields = line
        .replace(/#.*$/, '')
        .split(',')
        .map(field => field.trim());
      if (fields[0] === 'p') {
        this.#rules.push(...ruleOf(fields));
      } else if (fields[0] === 'g') {
        this.#roles.set(fields[1], [
          ...(this.#roles.get(fields[1]) ?? []),
          fields[2],
        ]);
      }
    }
  }

  /** Allows if at least one rule allows and none denies. */
  allows(
    subject: string,
    resource: string,
    action: string,
    object: string,
  ): boolean {
    const subjects = this.#subjectsOf(subject);
    const rules = [...this.#rules, ...this.#projectRules(subject)].filter(
      rule =>
        subjects.has(rule.subject) &&
        globMatch(rule.resource, resource) &&
        globMatch(rule.action, action) &&
        globMatch(rule.object, object),
    );
    return rules.some(rule => rule.allow) && rules.every(rule => rule.allow);
  }

  #subjectsOf(subject: string): Set<string> {
    const found = new Set([subject]);
    for (const name of found) {
      for (const role of this.#roles.get(name) ?? []) {
        found.add(role);
      }
    }
    return found;
  }

  #projectRules(subject: string): Rule[] {
    const [, projectName] = /^proj:([^:]+):/.exec(subject) ?? [];
    const project = this.#projects().find(p => p.metadata.name === projectName);
    return asArray(project?.spec.roles)
      .filter(
        role => `proj:${projectName}:${asString(at(role, 'name'))}` === subject,
      )
      .flatMap(role => asStrings(at(role, 'policies')))
      .flatMap(line => ruleOf(line.split(',').map(field => field.trim())));
  }
}

function ruleOf([
  ,
  subject,
  resource,
  action,
  object,
  effect,
]: string[]): Rule[] {
  return object === undefined
    ? []
    : [{ subject, resource, action, object, allow: effect !== 'deny' }];
}
