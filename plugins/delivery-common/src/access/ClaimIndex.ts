import type { Application } from '../model/application';
import {
  type ApplicationClaim,
  type ClaimRules,
  judgeClaim,
} from './judgeClaim';

/**
 * Finds the entities whose pages show an application, among thousands. It only
 * avoids judging claims that can't match; `judgeClaim` decides.
 *
 * @public
 */
export class ClaimIndex {
  static create(
    claims: readonly ApplicationClaim[],
    rules: ClaimRules,
  ): ClaimIndex {
    return new ClaimIndex(claims, rules);
  }

  readonly #rules: ClaimRules;
  readonly #byKey = new Map<string, ApplicationClaim[]>();

  private constructor(claims: readonly ApplicationClaim[], rules: ClaimRules) {
    this.#rules = rules;
    for (const claim of claims) {
      for (const key of new Set(keysOfClaim(claim))) {
        const others = this.#byKey.get(key);
        if (others) {
          others.push(claim);
        } else {
          this.#byKey.set(key, [claim]);
        }
      }
    }
  }

  /** Full refs, sorted. */
  entitiesOf(
    application: Pick<
      Application,
      'ref' | 'project' | 'labels' | 'annotations'
    >,
  ): string[] {
    const refs = new Set<string>();
    for (const key of keysOfApplication(application)) {
      for (const claim of this.#byKey.get(key) ?? []) {
        if (judgeClaim(claim, application, this.#rules).shown) {
          refs.add(claim.claimant.ref);
        }
      }
    }
    return [...refs].sort();
  }
}

const ANY = 'any';

/** An application that the claim matches has at least one of these keys. */
function keysOfClaim({ locator }: ApplicationClaim): string[] {
  const { names, selector = [], project } = locator;
  if (names) {
    return names.map(({ name }) => keyOf('name', name));
  }
  for (const requirement of selector) {
    if (requirement.operator === 'in') {
      return requirement.values.map(value =>
        keyOf('label', requirement.key, value),
      );
    }
  }
  return [project === undefined ? ANY : keyOf('project', project)];
}

function keysOfApplication({
  ref,
  project,
  labels,
}: Pick<Application, 'ref' | 'project' | 'labels'>): string[] {
  return [
    ANY,
    keyOf('name', ref.name),
    keyOf('project', project),
    ...Object.entries(labels).map(([label, value]) =>
      keyOf('label', label, value),
    ),
  ];
}

function keyOf(...parts: string[]): string {
  return JSON.stringify(parts);
}
