import { InputError } from '@backstage/errors';
import type { RevisionResolved } from '@landfall/backstage-plugin-delivery-common';
import { checkRun, type Fence } from '../store/fence';
import {
  findWanting,
  removeRevisionRequests,
  type WantedRevision,
} from '../store/operations/revisionRequests';
import { saveRevisions } from '../store/operations/revisions';
import { bumpVersions } from '../store/operations/storeVersions';
import { scopes } from '../store/scopes';
import { revisionProblem } from './limits';
import { reducePaged } from './reducePaged';
import type { UnitOfWork } from './UnitOfWork';

/** Revisions in one transaction. */
const MAX_BATCH = 50;

/** A revision whose caller waits until it is stored. */
interface Waiting {
  observation: RevisionResolved;
  fence?: Fence;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Stores revisions for all applications that wait for them. Those that arrive while
 * others are being stored are stored together, because a transaction costs much
 * more than a revision in it.
 *
 * @internal
 */
export class RevisionObserver {
  private waiting: Waiting[] = [];
  private isWorking = false;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Rejects with an `InputError` if the revision can't be stored. */
  async observe(observation: RevisionResolved, fence?: Fence): Promise<void> {
    const problem = revisionProblem(observation);
    if (problem) {
      throw new InputError(`A revision can't be stored: ${problem}`);
    }
    const stored = new Promise<void>((resolve, reject) => {
      this.waiting.push({ observation, fence, resolve, reject });
    });
    if (!this.isWorking) {
      void this.work();
    }
    return stored;
  }

  private async work(): Promise<void> {
    this.isWorking = true;
    while (this.waiting.length > 0) {
      await this.storeTogether(this.takeBatch());
    }
    this.isWorking = false;
  }

  /** The first that waits, and others that are stored under the same lease. */
  private takeBatch(): Waiting[] {
    const lease = leaseOf(this.waiting[0]);
    const batch = this.waiting
      .filter(one => leaseOf(one) === lease)
      .slice(0, MAX_BATCH);
    const taken = new Set(batch);
    this.waiting = this.waiting.filter(one => !taken.has(one));
    return batch;
  }

  /** Never rejects. If they can't be stored together, each is stored by itself. */
  private async storeTogether(batch: Waiting[]): Promise<void> {
    try {
      await this.store(
        batch.map(({ observation }) => observation),
        commonFence(batch),
      );
    } catch (error) {
      if (batch.length > 1) {
        for (const one of batch) {
          await this.storeTogether([one]);
        }
      } else {
        batch.forEach(({ reject }) => reject(error));
      }
      return;
    }
    batch.forEach(({ resolve }) => resolve());
  }

  private async store(
    observations: readonly RevisionResolved[],
    fence: Fence | undefined,
  ): Promise<void> {
    let wanted: WantedRevision[] = [];
    await reducePaged(
      this.unitOfWork,
      {
        find: async tx => {
          wanted = await findWanting(tx, observations);
          return [
            ...new Set(wanted.map(({ applicationKey }) => applicationKey)),
          ];
        },
        observationsOf: key => {
          const revisions = new Set(
            wanted
              .filter(({ applicationKey }) => applicationKey === key)
              .map(idOf),
          );
          return observations.filter(one => revisions.has(idOf(one)));
        },
        saveAlong: async (tx, { keys }) => {
          const saved = new Set(keys);
          await saveRevisions(tx, observations);
          await bumpVersions(
            tx,
            observations.map(({ revision }) => scopes.revision(revision)),
          );
          await removeRevisionRequests(
            tx,
            wanted.filter(({ applicationKey }) => saved.has(applicationKey)),
          );
          return false;
        },
      },
      fence,
    );
  }
}

function idOf({
  repoUrl,
  revision,
}: Pick<RevisionResolved, 'repoUrl' | 'revision'>): string {
  return JSON.stringify([repoUrl, revision]);
}

function leaseOf({ fence }: Waiting): string {
  return JSON.stringify([fence?.name, fence?.owner]);
}

/** Refuses to write as soon as one of the callers was abandoned. */
function commonFence(batch: readonly Waiting[]): Fence | undefined {
  const fences = batch.flatMap(({ fence }) => fence ?? []);
  const [first] = fences;
  if (!first) {
    return undefined;
  }
  fences.forEach(checkRun);
  return {
    ...first,
    abandoned: AbortSignal.any(
      fences.flatMap(({ abandoned }) => abandoned ?? []),
    ),
  };
}
