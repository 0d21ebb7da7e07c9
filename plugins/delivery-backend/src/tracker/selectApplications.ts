import type { Knex } from 'knex';
import { applicationKey } from '../store/applicationKey';
import {
  imageUpdatersFor,
  readImageUpdaters,
} from '../store/operations/imageUpdaters';
import { lockApplications } from '../store/operations/lockApplications';
import { lockImageUpdaters, lockRepositories } from '../store/operations/locks';
import {
  type ApplicationObservation,
  isKnown,
  refOf,
} from './applicationObservations';
import { imageRepositoriesOf } from './repositories';
import type { Selection } from './states';

/**
 * Locks the applications of some observations together with their repositories,
 * and selects the applications with a new observation. An application may have
 * several, in the order in which they were made.
 *
 * @internal
 */
export async function selectApplications(
  tx: Knex.Transaction,
  observations: readonly ApplicationObservation[],
): Promise<Selection> {
  const refs = observations.map(refOf);
  await lockImageUpdaters(
    tx,
    refs.map(({ instance }) => instance),
    'shared',
  );
  const imageUpdaters = await readImageUpdaters(tx, refs);
  await lockRepositories(
    tx,
    observations.flatMap(observation =>
      observation.kind === 'application-observed'
        ? imageRepositoriesOf(
            observation.application,
            imageUpdatersFor(imageUpdaters, observation.application.ref),
          )
        : [],
    ),
    'shared',
  );
  const rows = await lockApplications(tx, refs);
  const rowOf = new Map(rows.map(row => [row.key, row]));
  const byKey = new Map<string, ApplicationObservation[]>();
  for (const observation of observations) {
    const key = applicationKey(refOf(observation));
    const earlier = byKey.get(key);
    if (earlier) {
      earlier.push(observation);
    } else if (!isKnown(observation, rowOf.get(key))) {
      byKey.set(key, [observation]);
    }
  }
  return {
    rows: rows.filter(({ key }) => byKey.has(key)),
    observationsOf: key => byKey.get(key) ?? [],
    imageUpdaters,
  };
}
