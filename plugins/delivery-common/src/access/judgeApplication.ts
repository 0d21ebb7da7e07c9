import type { Application } from '../model/application';
import { readEntityRefMark } from './entityRefMark';
import type { AccessRules, Claimant } from './types';

/**
 * Whether an application provably belongs to an entity that claims it.
 *
 * - `mark`: the Application carries the entity's ref (`ENTITY_REF_MARK`).
 * - `project`: its AppProject belongs to an owner of the entity.
 * - `marked-for-another`: it carries the ref of another entity.
 * - `mark-malformed`: it is marked, but not with a full entity ref.
 * - `unproven`: only the entity's own annotations claim it.
 *
 * @public
 */
export type ApplicationProof =
  | { proven: true; by: 'mark' | 'project' }
  | {
      proven: false;
      code: 'marked-for-another' | 'mark-malformed' | 'unproven';
    };

/**
 * Judges a claim. A mark is more specific than a project, so if there is a
 * mark, it alone decides.
 *
 * @public
 */
export function proofOf(
  claimant: Claimant,
  application: Pick<Application, 'ref' | 'project' | 'annotations' | 'labels'>,
  rules: Pick<AccessRules, 'projects'>,
): ApplicationProof {
  const mark = readEntityRefMark(application);
  switch (mark.kind) {
    case 'entity':
      return mark.ref === claimant.ref
        ? { proven: true, by: 'mark' }
        : { proven: false, code: 'marked-for-another' };
    case 'malformed':
      return { proven: false, code: 'mark-malformed' };
    default:
      return rules.projects.some(
        ({ project, instance, owners }) =>
          project === application.project &&
          (instance === undefined || instance === application.ref.instance) &&
          sharesOwner(owners, claimant),
      )
        ? { proven: true, by: 'project' }
        : { proven: false, code: 'unproven' };
  }
}

/**
 * Whether pages of an entity may show an application that it claims.
 *
 * @public
 */
export function mayShow(
  proof: ApplicationProof,
  { read }: Pick<AccessRules, 'read'>,
): boolean {
  return proof.proven || read === 'permissive';
}

/**
 * The claimants to notify of an application's failures: those with a proof or,
 * if nobody has one, those with pages that may show it. A claimant is never
 * notified of an application that is marked for another entity.
 *
 * @public
 */
export function ownersToNotify<T extends Claimant>(
  claimants: readonly T[],
  application: Pick<Application, 'ref' | 'project' | 'annotations' | 'labels'>,
  rules: AccessRules,
): T[] {
  const judged = claimants.map(claimant => ({
    claimant,
    proof: proofOf(claimant, application, rules),
  }));
  const proven = judged.filter(({ proof }) => proof.proven);
  const notified =
    proven.length > 0
      ? proven
      : judged.filter(
          ({ proof }) =>
            mayShow(proof, rules) &&
            !(proof.proven === false && proof.code === 'marked-for-another'),
        );
  return notified.map(({ claimant }) => claimant);
}

/** @internal */
export function sharesOwner(
  owners: readonly string[],
  claimant: Claimant,
): boolean {
  return owners.some(owner => claimant.owners.includes(owner));
}
