import {
  type ApplicationFindings,
  describeLintFinding,
  lintApplication,
  type TagMutability,
  toLintedApplication,
  type VersionList,
} from '@landfall/backstage-plugin-delivery-common';
import type { ImageUser } from './ImageJudge';

/**
 * The applications with settings of Image Updater that should be changed.
 *
 * @internal
 * @param lists - the known versions of each repository
 * @param tagMutability - of the repositories where it is known
 */
export function findingsOf(
  users: readonly ImageUser[],
  lists: ReadonlyMap<string, VersionList>,
  tagMutability: ReadonlyMap<string, TagMutability> = new Map(),
): ApplicationFindings[] {
  const repositories = new Map(
    [...lists].map(([repository, versions]) => [
      repository,
      { versions, tagMutability: tagMutability.get(repository) },
    ]),
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
