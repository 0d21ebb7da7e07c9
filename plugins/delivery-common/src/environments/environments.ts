import type { Application } from '../model/application';

/**
 * One environment, as `delivery.environments` describes it. All given
 * conditions must match. Without `match`, the environment has the applications
 * that carry its name (`environment` or `env` label, else namespace).
 *
 * @public
 */
export interface EnvironmentRule {
  name: string;
  match?: {
    labels?: Record<string, string>;
    project?: string;
    /** Destination namespace. */
    namespace?: string;
    /** Destination cluster, by its name or server URL. */
    cluster?: string;
    /** Name of the application; `*` matches any characters. */
    name?: string;
  };
}

const LABELS = ['environment', 'env'];

/**
 * The environment of an application with neither label nor namespace.
 */
const UNKNOWN = 'unknown';

/**
 * The environment that an application belongs to: that of the first rule that
 * matches; else the label `environment` or `env`; else the destination
 * namespace.
 *
 * @public
 */
export function environmentOf(
  application: Application,
  rules: EnvironmentRule[],
): string {
  const own = ownEnvironment(application);
  const rule = rules.find(({ name, match }) =>
    match ? matches(application, match) : name === own,
  );
  return rule?.name ?? own;
}

/**
 * Orders environments for display: configured ones in the order of
 * configuration, then the others by name.
 *
 * @public
 */
export function compareEnvironments(
  rules: EnvironmentRule[],
): (a: string, b: string) => number {
  const order = new Map(rules.map(({ name }, index) => [name, index]));
  const place = (name: string) => order.get(name) ?? rules.length;
  return (a, b) => place(a) - place(b) || (a < b ? -1 : Number(a > b));
}

function ownEnvironment({ labels, destination }: Application): string {
  const label = LABELS.map(name => labels[name]).find(Boolean);
  return label ?? destination.namespace ?? UNKNOWN;
}

function matches(
  { ref, project, labels, destination }: Application,
  match: NonNullable<EnvironmentRule['match']>,
): boolean {
  return (
    Object.entries(match.labels ?? {}).every(
      ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
    ) &&
    (match.project === undefined || match.project === project) &&
    (match.namespace === undefined ||
      match.namespace === destination.namespace) &&
    (match.cluster === undefined ||
      match.cluster === destination.name ||
      match.cluster === destination.server) &&
    (match.name === undefined || matchesPattern(ref.name, match.name))
  );
}

/**
 * `*` matches any characters. Takes linear time in the text for each star,
 * whatever the pattern.
 */
function matchesPattern(text: string, pattern: string): boolean {
  const [first, ...rest] = pattern.split('*');
  if (rest.length === 0) {
    return text === pattern;
  }
  if (!text.startsWith(first)) {
    return false;
  }
  const last = rest.pop() ?? '';
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0) {
      return false;
    }
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
