import {
  imagePolicies,
  judgePush,
  policyRepository,
  selectVersion,
  type ImageApplication,
  type ImageItem,
  type ImagePolicy,
  type ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { toVersions } from '../images';

export const REPOSITORY = 'registry.example.com/shop/api';

/** The policy of one image, with the alias `app`, for tests. @internal */
export function policyOf(
  imageName: string,
  settings: Parameters<typeof imagePolicies>[1] = {},
): ImagePolicy {
  const [policy] = imagePolicies([{ alias: 'app', imageName }], settings, {
    report: () => {},
  });
  return policy;
}

/** Images of these tags, newest first, a day between them, for tests. @internal */
export function itemsOf(
  tags: (string | string[])[],
  repository = REPOSITORY,
): ImageItem[] {
  return tags.map((each, index) => ({
    repository,
    digest: `sha256:${String(tags.length - index).padStart(64, '0')}`,
    tags: Array.isArray(each) ? each : [each],
    pushedAt: new Date(
      Date.parse('2026-05-04T12:00:00Z') - index * 86_400_000,
    ).toISOString(),
    seenAt: '2026-05-04T12:00:01.000Z',
    runsIn: [],
    verdicts: [],
    links: {},
  }));
}

/** A managed application that runs a tag by a policy, for tests. @internal */
export function applicationOf(
  environment: string,
  running: string,
  policy: ImagePolicy | undefined,
  changes: Partial<ImageApplication> = {},
): ImageApplication {
  const repository = (policy && policyRepository(policy)) ?? REPOSITORY;
  return {
    key: `key-of-api-${environment}`,
    application: {
      instance: 'main',
      namespace: 'argocd',
      name: `api-${environment}`,
    },
    environment,
    repository,
    running: [{ tag: running }],
    state: policy ? 'managed' : 'unmanaged',
    ...(policy && { policy }),
    problems: [],
    ...changes,
  };
}

/** What the backend says of images and applications: judged as it does, by the policy itself. @internal */
export function responseOf(
  applications: ImageApplication[],
  items: ImageItem[],
): ImagesResponse {
  const known = (repository: string) =>
    toVersions(items.filter(item => item.repository === repository));
  return {
    repositories: [
      ...new Set(applications.map(({ repository }) => repository)),
    ].sort(),
    problems: [],
    keys: applications.map(({ key }) => key),
    applications: applications.map(application => {
      const { policy, repository, running } = application;
      if (!policy) {
        return application;
      }
      const { outcome, written, reason } = selectVersion(
        policy,
        known(repository),
        running.map(({ tag }) => `${repository}:${tag}`),
      );
      return {
        ...application,
        next: { outcome, reason, ...(written && { version: written }) },
      };
    }),
    items: items.map(item => {
      const users = applications.filter(
        ({ repository }) => repository === item.repository,
      );
      return {
        ...item,
        runsIn: users
          .filter(({ running }) =>
            running.some(({ tag }) => tag && item.tags.includes(tag)),
          )
          .map(({ key }) => key),
        verdicts: users.flatMap(({ key, policy, repository }) => {
          if (!policy) {
            return [];
          }
          const { accepted, isNext, code, reason } = judgePush(
            policy,
            item,
            known(repository),
          );
          return [{ key, accepted, isNext, code, reason }];
        }),
      };
    }),
  };
}
