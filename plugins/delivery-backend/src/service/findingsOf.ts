import {
  type ApplicationFindings,
  describeLintFinding,
  lintApplication,
  toLintedApplication,
  type VersionList,
} from '@landfall/backstage-plugin-delivery-common';
import type { ImageUser } from './ImageJudge';

/**
 * The applications with settings of Image Updater that should be changed.
 *
 * @internal
 * @param lists - the versions of each repository, as far as they are known
 */
export function findingsOf(
  users: readonly ImageUser[],
  lists: ReadonlyMap<string, VersionList>,
): ApplicationFindings[] {
  const repositories = new Map(
    [...lists].map(([repository, versions]) => [repository, { versions }]),
  );
  return users.flatMap(({ key, application, environment, imageUpdaters }) => {
    const findings = lintApplication(
      toLintedApplication(application),
      imageUpdaters,
      repositories,
    );
    return findings.length === 0
      ? []
      : [
          {
            key,
            application: application.ref,
            environment,
            findings: findings.map(describeLintFinding),
          },
        ];
  });
}
