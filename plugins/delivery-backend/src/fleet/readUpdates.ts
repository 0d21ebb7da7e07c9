import {
  availableUpdate,
  describeMessage,
  environmentOf,
  type FleetUpdate,
  type ImageApplication,
  repositoriesOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { ApplicationSettings } from '../service/deployments';
import type { ApplicationsSnapshot } from '../service/EntitySnapshot';
import { ImageJudge } from '../service/ImageJudge';
import type { VersionLists } from '../service/VersionLists';

/** @internal */
export interface UpdateSettings
  extends Pick<ApplicationSettings, 'environments'> {
  /** The platform that Image Updater runs on; default `linux/amd64`. */
  updaterPlatform?: string;
}

/**
 * What Image Updater would do now with the applications of a snapshot, by their key.
 *
 * @internal
 */
export async function readUpdates(
  snapshot: ApplicationsSnapshot,
  versionLists: VersionLists,
  { environments, updaterPlatform }: UpdateSettings,
): Promise<ReadonlyMap<string, FleetUpdate>> {
  const users = snapshot.applications.map(({ key, application }) => ({
    key,
    application,
    environment: environmentOf(application, environments),
    imageUpdaters: snapshot.imageUpdatersOf(application.ref),
    updaterCommittedAt: snapshot.updaterCommittedAt(application),
  }));
  const repositories = new Set(
    users.flatMap(({ application, imageUpdaters }) =>
      repositoriesOf(application, imageUpdaters),
    ),
  );
  const judge = ImageJudge.create(
    users,
    await versionLists.read(snapshot.knex, [...repositories]),
    { updaterPlatform },
  );
  const updates = new Map<string, FleetUpdate>();
  for (const application of judge.applications) {
    const { key } = application;
    const known = updates.get(key) ?? {};
    // Of several images, the first one that changes.
    updates.set(key, { ...updateOf(application, judge), ...known });
  }
  return updates;
}

function updateOf(
  application: ImageApplication,
  judge: ImageJudge,
): FleetUpdate {
  const { repository } = application;
  const version = availableUpdate(application);
  const held = application.state === 'managed' && judge.held(application);
  return {
    ...(version && { available: { repository, version } }),
    ...(held && {
      held: { version: held.tag, reason: describeMessage(held.reason) },
    }),
  };
}
