import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import type { LockedRow } from '../store/operations/lockApplications';
import { isKeyText, MAX_BYTES, quoted } from '../store/text';
import { applicationProblem } from './limits';
import type { SetAside, Tracker } from './types';

/** @internal */
export type ApplicationObservation = Parameters<
  Tracker['observeApplications']
>[0][number];

/**
 * Separates the observations that can be stored from those that can't, with the
 * reason. The removal of an application that can't ever have been stored is
 * dropped.
 *
 * @internal
 */
export function partitionStorable(
  observations: readonly ApplicationObservation[],
): {
  storable: ApplicationObservation[];
  setAside: SetAside[];
} {
  const setAside: SetAside[] = [];
  const storable: ApplicationObservation[] = [];
  for (const observation of observations) {
    const problem =
      observation.kind === 'application-observed' &&
      applicationProblem(observation.application);
    if (problem) {
      setAside.push(toSetAside(refOf(observation), problem));
    } else if (isStorableRef(refOf(observation))) {
      storable.push(observation);
    }
  }
  return { storable, setAside };
}

/**
 * The application that an observation is about.
 *
 * @internal
 */
export function refOf(observation: ApplicationObservation): ApplicationRef {
  return observation.kind === 'application-gone'
    ? observation.ref
    : observation.application.ref;
}

function isStorableRef({ namespace, name }: ApplicationRef): boolean {
  return (
    isKeyText(namespace, MAX_BYTES.namespace) && isKeyText(name, MAX_BYTES.name)
  );
}

/** @internal */
export function toSetAside(ref: ApplicationRef, problem: string): SetAside {
  return {
    ref,
    reason: `The application ${quoted(
      `${ref.namespace}/${ref.name}`,
    )} of Argo CD '${ref.instance}' can't be stored: ${problem}`,
  };
}

/**
 * Whether the observed version is already stored. A new stream reports every
 * application again, and most of them haven't changed.
 *
 * @internal
 */
export function isKnown(
  observation: ApplicationObservation,
  row: LockedRow | undefined,
): boolean {
  return (
    observation.kind === 'application-observed' &&
    row !== undefined &&
    isKnownVersion(observation.application, {
      resourceVersion: row.resource_version ?? undefined,
      gone: row.gone_at !== null,
    })
  );
}

/** @internal */
export function isKnownVersion(
  application: Application,
  known: { resourceVersion?: string; gone: boolean } | undefined,
): boolean {
  return (
    known !== undefined &&
    !known.gone &&
    known.resourceVersion !== undefined &&
    known.resourceVersion === application.resourceVersion
  );
}
