import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { isDeepStrictEqual } from 'node:util';
import type { ApplicationIdentity } from './identity';

/** Which existing Applications may be overwritten. */
export type Overwrite = 'never' | 'own' | 'always';

/**
 * The result of two reads, with the manifest's project and without one.
 * `unknown`: Argo CD answers 403 for both a missing and a forbidden Application.
 */
export type Found = 'missing' | 'unknown' | ApplicationIdentity;

/** Who the name of a manifest belongs to. */
export type Ownership =
  | { state: 'missing' }
  | { state: 'unknown' }
  | { state: 'ours'; existing: ApplicationIdentity }
  | {
      state: 'foreign';
      existing: ApplicationIdentity;
      /** In words, for the initiator. */
      differences: string[];
    };

/**
 * An existing Application is ours if it carries the mark of the same entity and
 * has the same project and sources: a mark alone is a claim that anyone who
 * writes Applications can make.
 */
export function ownershipOf(
  found: Found,
  wanted: ApplicationIdentity,
): Ownership {
  if (found === 'missing' || found === 'unknown') {
    return { state: found };
  }
  const differences = differencesOf(found, wanted);
  return differences.length === 0 && found.entityRef
    ? { state: 'ours', existing: found }
    : { state: 'foreign', existing: found, differences };
}

function differencesOf(
  existing: ApplicationIdentity,
  wanted: ApplicationIdentity,
): string[] {
  const differences: string[] = [];
  if (existing.entityRef !== wanted.entityRef) {
    differences.push(
      `it ${belonging(existing)}, and the manifest ${belonging(wanted)}`,
    );
  }
  if (existing.project !== wanted.project) {
    differences.push(
      `its project is ${existing.project}, and that of the manifest is ${wanted.project}`,
    );
  }
  if (!isDeepStrictEqual(existing.sources, wanted.sources)) {
    differences.push(
      `its source is ${list(existing)}, and that of the manifest is ${list(
        wanted,
      )}`,
    );
  }
  return differences;
}

function belonging({ entityRef }: ApplicationIdentity): string {
  return entityRef ? `belongs to ${entityRef}` : 'belongs to no entity';
}

function list({ sources }: ApplicationIdentity): string {
  return sources.join(' and ') || 'missing';
}

/** Whether Argo CD may be asked to replace what exists. */
export function mayUpdate(ownership: Ownership, overwrite: Overwrite): boolean {
  return (
    overwrite === 'always' ||
    (overwrite === 'own' && ownership.state === 'ours')
  );
}

/**
 * Why Argo CD refused to create an Application with a name that is taken, and
 * what to do about it. Undefined if nothing has that name, so that the refusal
 * has another reason.
 */
export function explainRefusal(
  name: string,
  ownership: Ownership,
  wanted: ApplicationIdentity,
): string | undefined {
  switch (ownership.state) {
    case 'missing':
      return undefined;
    case 'unknown':
      return `Argo CD refused to create the Application ${name}. Either the manifest is invalid, or an Application of this name exists that the configured account may not read: then choose another name.`;
    case 'ours':
      return `The Application ${name} exists and differs from the manifest. Nothing was changed: run this again with overwrite "own" to update it.`;
    default:
      return `The Application ${name} exists and is not overwritten: ${
        ownership.differences.join('; ') ||
        'neither it nor the manifest belongs to an entity'
      }. ${advice(ownership.existing, wanted)}`;
  }
}

function advice(
  existing: ApplicationIdentity,
  wanted: ApplicationIdentity,
): string {
  const others = 'or set overwrite to "always" in the template';
  if (!wanted.entityRef) {
    return `Choose another name, give the entityRef that it belongs to, ${others}.`;
  }
  return existing.entityRef === wanted.entityRef
    ? `Keep its project and source, choose another name, ${others}.`
    : `Choose another name, have its owner set the annotation ${ENTITY_REF_MARK}: ${wanted.entityRef}, ${others}.`;
}
