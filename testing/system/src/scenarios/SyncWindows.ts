import { z } from 'zod';
import { OWNER } from '../faults/ConfigRepositories';
import type { TestCluster } from '../faults/TestCluster';

const PATH = `/api/v1/projects/${OWNER}`;

/** The parts of a project that are needed to update it. */
const projectSchema = z.looseObject({
  spec: z.looseObject({ syncWindows: z.array(z.unknown()).optional() }),
});

/** The sync windows of the project that all scenarios share. */
export class SyncWindows {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly cluster: TestCluster) {}

  /**
   * Adds a window. Calls run one after another, because each reads and writes
   * the whole project.
   */
  async add(window: {
    kind: 'allow' | 'deny';
    schedule: string;
    duration: string;
    applications: string[];
  }): Promise<void> {
    this.last = this.last.then(async () => {
      const project = projectSchema.parse(
        await this.cluster.argocd('GET', PATH),
      );
      const { syncWindows = [] } = project.spec;
      const spec = { ...project.spec, syncWindows: [...syncWindows, window] };
      await this.cluster.argocd('PUT', PATH, { project: { ...project, spec } });
    });
    await this.last;
  }
}
