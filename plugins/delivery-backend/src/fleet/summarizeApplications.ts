import {
  type ClaimIndex,
  environmentOf,
  summarizeDeployment,
} from '@landfall/backstage-plugin-delivery-common';
import {
  type ApplicationSettings,
  deploymentOf,
  readApplicationRows,
} from '../service/deployments';
import { readApplicationsSnapshot } from '../service/EntitySnapshot';
import type { StoreReading } from '../service/StoreReading';
import { readProgress } from '../service/stuckEvidence';
import type { SummaryToSave } from '../store/operations/applicationSummaries';
import type { VersionLists } from '../service/VersionLists';
import { findApplications } from '../store/operations/readApplications';
import type { ServicesOfApplication } from '../store/operations/serviceApplications';
import { type StuckApplication, toStuck } from './noticeStuck';
import { readUpdates, type UpdateSettings } from './readUpdates';

/**
 * What the index of the fleet holds of some applications.
 *
 * @internal
 */
export interface IndexedApplications {
  summaries: SummaryToSave[];
  /** Of all the applications, also those that are gone. */
  services: ServicesOfApplication[];
  /** Keys of those that Argo CD no longer has. */
  gone: string[];
  /** Keys of those whose summary changes with time. */
  timed: Set<string>;
  /** Those with a promotion that waits for somebody. */
  stuck: StuckApplication[];
}

/** @internal */
export interface SummarizeOptions {
  claims: ClaimIndex;
  settings: ApplicationSettings & UpdateSettings;
  versionLists: VersionLists;
  /** Called with an application that can't be summarized; it is left as it was. */
  onFailure: (name: string, error: unknown) => void;
}

/**
 * Reads applications as their entity's page would, and summarizes what it shows.
 *
 * @internal
 */
export async function summarizeApplications(
  reading: StoreReading,
  keys: readonly string[],
  { claims, settings, versionLists, onFailure }: SummarizeOptions,
): Promise<IndexedApplications> {
  const applications = await findApplications(reading.knex, { keys });
  const snapshot = await readApplicationsSnapshot(reading, applications);
  const rows = await readApplicationRows(snapshot);
  const progressOf = await readProgress(
    snapshot,
    [...rows.promotions.values()].flat(),
  );
  const updates = await readUpdates(snapshot, versionLists, settings);
  const present = new Set(applications.map(({ key }) => key));
  const gone = keys.filter(key => !present.has(key));
  const timed = new Set<string>();
  const stuck: StuckApplication[] = [];
  const summaries = applications.flatMap((stored): SummaryToSave[] => {
    const { key, application } = stored;
    try {
      const deployment = deploymentOf(
        stored,
        snapshot,
        { rows, progressOf },
        settings,
      );
      if (deployment.promotion) {
        timed.add(key);
      }
      const environment = environmentOf(application, settings.environments);
      const summary = summarizeDeployment(
        deployment,
        environment,
        updates.get(key),
      );
      stuck.push(...toStuck(key, deployment, summary));
      return [{ applicationKey: key, summary }];
    } catch (error) {
      onFailure(application.ref.name, error);
      return [];
    }
  });
  return {
    summaries,
    services: [
      ...applications.map(({ key, application }) => ({
        applicationKey: key,
        entityRefs: claims.entitiesOf(application),
      })),
      ...gone.map(key => ({ applicationKey: key, entityRefs: [] })),
    ],
    gone,
    timed,
    stuck,
  };
}
