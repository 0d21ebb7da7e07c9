import {
  type TagMutability,
  VersionList,
  type WouldUpdateApplication,
  type WouldUpdateRequest,
  type WouldUpdateResponse,
  describeMessage,
} from '@landfall/backstage-plugin-delivery-common';
import { findingsOf } from './findingsOf';
import { ImageJudge, type ImageUser } from './ImageJudge';

/** The most versions of one repository for which it is said why they aren't chosen. */
const MAX_OTHERS = 20;

/** @internal */
export interface ForecastInput {
  users: readonly ImageUser[];
  /** The known versions of each repository. */
  lists: ReadonlyMap<string, VersionList>;
  /** Repositories that couldn't be read, and never were. */
  unread?: readonly string[];
  tagMutability?: ReadonlyMap<string, TagMutability>;
}

/**
 * What Image Updater would do with the known versions of some repositories. A tag
 * that is asked about and that a repository doesn't have counts as pushed at `now`.
 *
 * @internal
 */
export function forecastUpdates(
  { users, lists, unread, tagMutability }: ForecastInput,
  request: Pick<WouldUpdateRequest, 'tag' | 'environment'> & {
    updaterPlatform?: string;
  },
  now: Date,
): Pick<WouldUpdateResponse, 'applications' | 'findings'> {
  const { tag, environment, updaterPlatform } = request;
  const wanted = users.filter(
    user => !environment || user.environment === environment,
  );
  const pushed = tag === undefined ? lists : withTag(lists, tag, now);
  const judge = ImageJudge.create(wanted, pushed, { updaterPlatform, unread });
  return {
    applications: judge.applications.map(
      (application): WouldUpdateApplication => {
        const others = judge
          .verdictsOf(application)
          .filter(({ code }) => code !== 'chosen');
        const verdict =
          tag !== undefined &&
          verdictOn(tag, { application, judge, known: lists });
        return {
          ...application,
          ...(verdict && { verdict }),
          others: others
            .slice(-MAX_OTHERS)
            .reverse()
            .map(other => ({
              ...other,
              reason: describeMessage(other.reason),
            })),
          othersTotal: others.length,
        };
      },
    ),
    findings: findingsOf(wanted, lists, tagMutability),
  };
}

function withTag(
  lists: ReadonlyMap<string, VersionList>,
  tag: string,
  now: Date,
): ReadonlyMap<string, VersionList> {
  return new Map(
    [...lists].map(([repository, list]) => [
      repository,
      versionWithTag(list, tag)
        ? list
        : VersionList.of([
            ...list.versions,
            { tag, pushedAt: now.toISOString() },
          ]),
    ]),
  );
}

function verdictOn(
  tag: string,
  {
    application,
    judge,
    known,
  }: {
    application: WouldUpdateApplicationBase;
    judge: ImageJudge;
    known: ReadonlyMap<string, VersionList>;
  },
): WouldUpdateApplication['verdict'] {
  const { repository } = application;
  const version = versionWithTag(judge.lists.get(repository), tag);
  const verdict =
    version && judge.verdict(application, { ...version, tags: [tag] });
  return (
    verdict && {
      tag,
      known: versionWithTag(known.get(repository), tag) !== undefined,
      ...verdict,
    }
  );
}

type WouldUpdateApplicationBase = ImageJudge['applications'][number];

function versionWithTag(list: VersionList | undefined, tag: string) {
  return list?.versions.find(version => version.tag === tag);
}
