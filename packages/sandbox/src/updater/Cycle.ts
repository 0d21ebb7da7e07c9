import {
  fullImageReference,
  matchApplications,
  tagText,
} from '@landfall/backstage-plugin-delivery-common';
import { messageOf } from '../errors';
import type { PartLogger } from '../part';
import { completedStatus, type CycleResult, reconcilingStatus } from './status';
import type { GitWriteBack } from './git/GitWriteBack';
import type { KubernetesClient } from './kubernetes/KubernetesClient';
import type { ImageUpdater, ManagedApplication } from './kubernetes/schemas';
import {
  planUpdate,
  type ReaderFor,
  type UpdatePlan,
} from './update/planUpdate';

/** One cycle of the updater over all its resources. */
export class Cycle {
  constructor(
    private readonly options: {
      namespace: string;
      kubernetes: KubernetesClient;
      readerFor: ReaderFor;
      git: GitWriteBack;
      logger: PartLogger;
    },
  ) {}

  /**
   * Processes every ImageUpdater, one after another. Problems with one of them
   * are written into its status.
   *
   * @throws Error if the resources can't be read
   */
  async run(): Promise<void> {
    const { kubernetes, namespace, logger } = this.options;
    const onInvalid = (message: string) => logger.warn(message);
    const updaters = await kubernetes.imageUpdaters(namespace, onInvalid);
    for (const updater of updaters) {
      // Failing to write a report about a cycle must not end the cycle.
      const setStatus = (status: object) =>
        kubernetes
          .patchStatus(updater, status)
          .catch(error =>
            logger.warn(`could not set the status: ${messageOf(error)}`),
          );
      const started = reconcilingStatus(updater, new Date());
      await setStatus(started);
      const result = await this.#reconcile(updater);
      const current = { ...updater, status: started };
      await setStatus(completedStatus(current, result, new Date()));
    }
  }

  async #reconcile({ metadata, spec }: ImageUpdater): Promise<CycleResult> {
    const { kubernetes, logger } = this.options;
    const { name, namespace } = metadata;
    const result: CycleResult = {
      applicationsMatched: 0,
      imagesConsidered: 0,
      updates: [],
      errors: 0,
    };
    const warn = (message: string) => logger.warn(`${name}: ${message}`);
    let matched: ManagedApplication[];
    try {
      matched = matchApplications({
        spec,
        namespace,
        controllerNamespace: this.options.namespace,
        applications: await kubernetes.applications(namespace, warn),
        report: ({ message }) => warn(message),
      });
    } catch (error) {
      const failure = messageOf(error);
      logger.error(`${name}: ${failure}`);
      return { ...result, failure };
    }
    result.applicationsMatched = matched.length;
    for (const application of matched) {
      await this.#update(application, result);
    }
    return result;
  }

  async #update(
    matched: ManagedApplication,
    result: CycleResult,
  ): Promise<void> {
    const { readerFor, logger } = this.options;
    const { name } = matched.application.metadata;
    const error = (message: string) => logger.error(`${name}: ${message}`);
    const warn = (message: string) => logger.warn(`${name}: ${message}`);
    const plan = await planUpdate(matched, readerFor, { warn, error });
    const { changes } = plan;
    result.imagesConsidered += plan.considered;
    result.errors += plan.errors;
    if (changes.length === 0) {
      return;
    }
    try {
      await this.#write(matched, plan);
    } catch (reason) {
      error(`Could not update application spec: ${messageOf(reason)}`);
      result.errors += 1;
      return;
    }
    result.updates.push(...changes);
    for (const { image, oldTag } of changes) {
      const written = fullImageReference(image);
      logger.info(`${name}: ${written} in place of ${tagText(oldTag)}`);
    }
  }

  async #write(matched: ManagedApplication, plan: UpdatePlan): Promise<void> {
    const { application, changes } = plan;
    const { source, sources } = application.spec;
    if (matched.writeBack.method === 'git') {
      await this.options.git.write({ ...matched, application }, changes);
    } else {
      // The part of the spec that contains images. A merge patch replaces lists
      // as a whole.
      await this.options.kubernetes.patchApplication(application, {
        spec: sources?.length ? { sources } : { source },
      });
    }
  }
}
