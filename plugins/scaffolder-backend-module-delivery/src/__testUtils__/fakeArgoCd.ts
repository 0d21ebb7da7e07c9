import { NotFoundError } from '@backstage/errors';
import type { Application } from '@landfall/backstage-plugin-delivery-common';
import type {
  ApplicationAddress,
  ArgoCdApplicationSets,
  ArgoCdClient,
  ArgoCdInstances,
  ArgoCdOperations,
  ArgoCdProjects,
} from '@landfall/backstage-plugin-delivery-node';

/** For tests: a synced and healthy application. */
export function anApplication(change: Partial<Application> = {}): Application {
  return {
    ref: { instance: 'main', namespace: 'argocd', name: 'api-dev' },
    uid: 'uid',
    project: 'shop',
    labels: {},
    annotations: {},
    destination: { namespace: 'shop-dev' },
    sources: [],
    automatedSync: true,
    sync: { status: 'Synced', revisions: ['abc'] },
    health: { status: 'Healthy' },
    images: [],
    externalUrls: [],
    history: [],
    conditions: [],
    resources: { total: 1, outOfSync: 0, unwell: [] },
    ...change,
  };
}

/**
 * For tests: an Argo CD that gives these answers to reads, one after another, and
 * repeats the last one. An answer that is an error is thrown.
 */
export class FakeArgoCd implements ArgoCdClient {
  readonly instance: string;
  readonly frontendUrl = 'https://argocd.example.com';
  readonly reads: {
    ref: ApplicationAddress;
    refresh?: string;
    project?: string;
  }[] = [];
  #answers: (Application | Error | undefined)[];

  constructor(answers: (Application | Error | undefined)[], instance = 'main') {
    this.#answers = answers;
    this.instance = instance;
  }

  async getApplication(
    ref: ApplicationAddress,
    options?: {
      refresh?: 'normal' | 'hard';
      project?: string;
      signal?: AbortSignal;
    },
  ) {
    const { refresh, project } = options ?? {};
    this.reads.push({ ref, refresh, project });
    const [first, ...rest] = this.#answers;
    if (rest.length > 0) {
      this.#answers = rest;
    }
    if (first instanceof Error) {
      throw first;
    }
    return first;
  }

  get operations(): ArgoCdOperations {
    throw new Error('not used here');
  }
  get resources(): never {
    throw new Error('not used here');
  }
  get accounts(): never {
    throw new Error('not used here');
  }
  get projects(): ArgoCdProjects {
    throw new Error('not used here');
  }
  get applicationSets(): ArgoCdApplicationSets {
    throw new Error('not used here');
  }
  createApplication: ArgoCdClient['createApplication'] = unused;
  getApplicationManifest: ArgoCdClient['getApplicationManifest'] = unused;
  updateApplication = unused;
  listApplications = unused;
  getRevisionMetadata = unused;
  version = unused;
  streamApplications = (): never => {
    throw new Error('not used here');
  };
}

async function unused(): Promise<never> {
  throw new Error('not used here');
}

/** For tests: these instances are configured. */
export function instancesOf(...clients: ArgoCdClient[]): ArgoCdInstances {
  return {
    list: () => clients,
    get: name => {
      const client = clients.find(({ instance }) => instance === name);
      if (!client) {
        throw new NotFoundError(`No instance ${name}`);
      }
      return client;
    },
  };
}
