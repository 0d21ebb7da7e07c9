import type { DeliveryStore } from '../processes';
import { waitUntil } from '@landfall/testing-kit';
import type { RunPlan } from './scenario';
import type { TestCluster } from './TestCluster';

/** Renewing sessions is the slowest recovery: at most once a minute. */
const SETTLED_MS = 120_000;

/**
 * Waits until the stores know the current state of the cluster: each application
 * at Argo CD's resource version, deleted applications as gone, the images of
 * all repositories, and every requested revision. Requests for applications
 * that are gone are never answered.
 */
export async function settle(
  cluster: TestCluster,
  plan: RunPlan,
  stores: Record<string, DeliveryStore>,
): Promise<void> {
  let missing: string[] = [];
  await waitUntil(
    'the portals know the state of the cluster',
    async () => {
      const truth = await truthOf(cluster, plan);
      const found = await Promise.all(
        Object.entries(stores).map(async ([name, store]) => {
          const lacks = await missingIn(store, plan, truth).catch(error => [
            String(error),
          ]);
          return lacks.map(what => `${name}: ${what}`);
        }),
      );
      missing = found.flat();
      return missing.length === 0;
    },
    {
      timeoutMs: SETTLED_MS,
      intervalMs: 200,
      detail: () => missing.join('; '),
    },
  );
}

interface Truth {
  /** Resource versions by application name. */
  applications: Map<string, string>;
  /** Per repository: `<digest> <tags>` of all images. */
  images: Map<string, Set<string>>;
}

async function truthOf(cluster: TestCluster, plan: RunPlan): Promise<Truth> {
  const applications = await cluster.applications(plan.prefix);
  const images = new Map<string, Set<string>>();
  const present = new Set(applications.map(({ metadata }) => metadata.name));
  for (const { repository, applications: users } of plan.services) {
    // Repositories that no application uses are no longer read.
    if (!users.some(({ name }) => present.has(name))) {
      continue;
    }
    const found = await cluster.images(repository);
    images.set(
      cluster.imageName(repository),
      new Set([...found].map(([digest, tags]) => imageLine(digest, tags))),
    );
  }
  return {
    applications: new Map(
      applications.map(({ metadata }) => [
        metadata.name,
        metadata.resourceVersion,
      ]),
    ),
    images,
  };
}

async function missingIn(
  store: DeliveryStore,
  plan: RunPlan,
  truth: Truth,
): Promise<string[]> {
  const missing: string[] = [];
  const known = new Map(
    (await store.applications(plan.prefix)).map(application => [
      application.name,
      application,
    ]),
  );
  for (const [name, resourceVersion] of truth.applications) {
    const application = known.get(name);
    if (!application || application.gone) {
      missing.push(`${name} is not known`);
    } else if (application.resourceVersion !== resourceVersion) {
      missing.push(
        `${name} is known in version ${application.resourceVersion}, not ${resourceVersion}`,
      );
    }
  }
  for (const { name, gone } of known.values()) {
    if (!gone && !truth.applications.has(name)) {
      missing.push(`${name} is not known to be gone`);
    }
  }
  for (const [repository, images] of truth.images) {
    const stored = new Set(
      (await store.images(repository)).map(({ digest, tags }) =>
        imageLine(digest, tags),
      ),
    );
    const lacks = [...images].filter(line => !stored.has(line));
    if (lacks.length > 0 || stored.size !== images.size) {
      missing.push(`${repository} lacks ${lacks.join(', ')}`);
    }
  }
  const requests = (await store.revisionRequests(plan.prefix)).filter(
    ({ gone }) => !gone,
  );
  if (requests.length > 0) {
    missing.push(`${requests.length} revisions are still to be requested`);
  }
  return missing;
}

function imageLine(digest: string, tags: string[]): string {
  return [digest, ...[...tags].sort()].join(' ');
}
