import { at, isObject } from '../http/json';
import { Difference, Prerequisite } from '../runner/Expectation';
import type { ConfigBranch } from '../git/ConfigBranch';
import { imageUpdater } from './fixtures';
import type { TestApplication } from './TestApplication';
import type { Installation } from './Installation';

const FILE = 'policy/image-updater.yaml';

/** An ImageUpdater resource, applied by a separate application. */
export class Policy {
  /**
   * Applies an ImageUpdater and waits until the updater has processed it.
   *
   * @throws Prerequisite if it can't be applied, or no updater processes it
   */
  static async apply(
    installation: Installation,
    options: { name: string; branch: ConfigBranch; spec: object },
  ): Promise<Policy> {
    const { name, branch, spec } = options;
    await branch.commit({ [FILE]: manifestOf(installation, name, spec) });
    const app = await createIn(installation, name, branch);
    const policy = new Policy(installation, app, branch, name);
    await policy.#synced();
    await policy.#seen();
    return policy;
  }

  private constructor(
    private readonly installation: Installation,
    private readonly app: TestApplication,
    private readonly branch: ConfigBranch,
    private readonly name: string,
  ) {}

  /** Changes the resource's spec. */
  async change(spec: object): Promise<void> {
    await this.branch.commit({
      [FILE]: manifestOf(this.installation, this.name, spec),
    });
    await this.#synced();
  }

  /**
   * The status that the updater wrote, read through Argo CD. Undefined before
   * the first one.
   */
  async status(): Promise<unknown> {
    const { namespace } = this.installation.config.argocd;
    const { status, body } = await this.installation.argocd.get(
      `${
        this.app.path
      }/resource?namespace=${namespace}&resourceName=${this.installation.named(
        this.name,
      )}&version=v1alpha1&kind=ImageUpdater&group=argocd-image-updater.argoproj.io`,
    );
    if (status !== 200) {
      throw new Difference('reading the ImageUpdater through Argo CD', {
        expected: 200,
        got: body,
      });
    }
    const manifest: unknown = JSON.parse(String(at(body, 'manifest')));
    const written = at(manifest, 'status');
    return isObject(written) ? written : undefined;
  }

  /**
   * Waits until the updater has processed the resource the given number of
   * times.
   */
  async cycles(count: number): Promise<void> {
    for (let cycle = 0; cycle < count; cycle += 1) {
      const before = await this.status();
      await this.installation.timeout.until(
        'the updater processes the ImageUpdater again',
        () => this.status(),
        now => at(now, 'lastCheckedAt') !== at(before, 'lastCheckedAt'),
      );
    }
  }

  async #synced(): Promise<void> {
    await this.app.refresh();
    const view = await this.app.synced();
    if (view.phase !== 'Succeeded') {
      throw new Prerequisite(
        `ImageUpdater resources can't be applied: ${view.message}`,
      );
    }
  }

  async #seen(): Promise<void> {
    const seconds = this.installation.config.timeouts.updaterSeconds;
    try {
      await this.installation.timeout.until(
        'the updater has processed the ImageUpdater',
        () => this.status(),
        status => at(status, 'lastCheckedAt') !== undefined,
        { seconds },
      );
    } catch (error) {
      if (error instanceof Difference) {
        throw new Prerequisite(
          `no Image Updater has processed an ImageUpdater within ${seconds} s`,
        );
      }
      throw error;
    }
  }
}

function manifestOf(
  installation: Installation,
  name: string,
  spec: object,
): string {
  return imageUpdater(
    installation.named(name),
    installation.config.argocd.namespace,
    spec,
  );
}

/**
 * Creates the application in the first project that allows Argo CD's namespace
 * as its destination.
 */
async function createIn(
  installation: Installation,
  name: string,
  branch: ConfigBranch,
): Promise<TestApplication> {
  const { policyProjects, namespace } = installation.config.argocd;
  const refusals: string[] = [];
  for (const project of policyProjects) {
    try {
      const app = await installation.createApplication({
        name: `${name}-policy`,
        branch,
        path: 'policy',
        project,
        destinationNamespace: namespace,
        phase: 'policies',
      });
      await app.until('is reconciled', view => view.sync !== '');
      return app;
    } catch (error) {
      if (!(error instanceof Difference || error instanceof Prerequisite)) {
        throw error;
      }
      const got = error instanceof Difference ? error.got : undefined;
      refusals.push(`${project}: ${got ?? error.message}`);
    }
  }
  throw new Prerequisite(
    `no project accepts an application that applies ImageUpdater resources to ${namespace} (POLICY_PROJECT): ${refusals.join(
      '; ',
    )}`,
  );
}
