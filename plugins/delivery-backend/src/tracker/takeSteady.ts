import { applicationKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import {
  lockSteady,
  readSteady,
  type ReconciledRow,
  saveReconciled,
} from '../store/operations/steadyApplications';
import { type ApplicationObservation, refOf } from './applicationObservations';
import { steadyHash } from './steady';

/**
 * Takes note of applications that Argo CD only reconciled, which it does with each
 * every few minutes: nothing but the marks of that is read or written.
 *
 * @internal
 * @returns the other observations, which are to be reduced
 */
export async function takeSteady(
  database: DeliveryDatabase,
  observations: readonly ApplicationObservation[],
  fence?: Fence,
): Promise<ApplicationObservation[]> {
  const byKey = new Map<string, ApplicationObservation[]>();
  for (const observation of observations) {
    const key = applicationKey(refOf(observation));
    byKey.set(key, [...(byKey.get(key) ?? []), observation]);
  }
  const keys = [...byKey.keys()];
  const reconciledOf = (rows: Omit<ReconciledRow, 'reconciled_at'>[]) =>
    rows.flatMap(row => reconciledRow(row, byKey.get(row.key) ?? []));
  // Most batches of changes have none, and need no transaction for that.
  if (reconciledOf(await readSteady(database.knex, keys)).length === 0) {
    return [...observations];
  }
  const steady = await database.transaction(
    async tx => {
      const reconciled = reconciledOf(await lockSteady(tx, keys));
      await saveReconciled(tx, reconciled);
      return new Set(reconciled.map(({ key }) => key));
    },
    fence,
    { restorable: true },
  );
  return observations.filter(
    observation => !steady.has(applicationKey(refOf(observation))),
  );
}

/** None, if one of the observations shows anything else. */
function reconciledRow(
  row: Omit<ReconciledRow, 'reconciled_at'>,
  observations: readonly ApplicationObservation[],
): ReconciledRow[] {
  let latest: ReconciledRow | undefined;
  for (const observation of observations) {
    if (
      observation.kind !== 'application-observed' ||
      steadyHash(row.resource_version ?? undefined, observation.application) !==
        row.steady_hash
    ) {
      return [];
    }
    const { application } = observation;
    const { resourceVersion, reconciledAt } = application;
    if (
      resourceVersion === undefined ||
      !Number.isFinite(Date.parse(reconciledAt ?? ''))
    ) {
      return [];
    }
    latest = {
      key: row.key,
      resource_version: resourceVersion,
      reconciled_at: reconciledAt ?? null,
      steady_hash: steadyHash(resourceVersion, application),
    };
  }
  return latest ? [latest] : [];
}
