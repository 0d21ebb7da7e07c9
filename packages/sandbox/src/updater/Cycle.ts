import {
  fullImageReference,
  matchApplications,
  tagText,
} from '@landfall/backstage-plugin-delivery-common';
import type { ManagedApplication } from './managed';
import type { PartLogger } from '../part';
import { messageOf } from '../errors';
import { imagesUpdatedEvent } from './event';
import type { GitWriteBack } from './git/GitWriteBack';
import type { KubernetesClient } from './kubernetes/KubernetesClient';
import type { Application, ImageUpdater } from './kubernetes/schemas';
import type { Registries } from './registry/Registries';
import { type CycleResult, completedStatus, reconcilingStatus } from './status';
import { type UpdatePlan, planUpdate } from './update/planUpdate';

/** The result of a cycle for one ImageUpdater, with its name. */
export interface UpdaterReport extends CycleResult {
  namespace: string;
  name: string;
  failure?: string;
}

/** One cycle of the updater over all its resources. */
export class Cycle {
  constructor(
    private readonly options: {
      namespace: string;
      kubernetes: KubernetesClient;
      registries: Registries;
      git: GitWriteBack;
      logger: PartLogger;
      now?: () => Date;
    },
  ) {}

  /**
   * Processes every ImageUpdater, one after another. Problems with one of them
   * are written into its status.
   *
   * @throws Error if the resources can't be read
   */
  async run(): Promise<UpdaterReport[]> {
    const { kubernetes, namespace, logger } = this.options;
    const onInvalid = (message: string) => logger.warn(message);
    const updaters = await kubernetes.imageUpdaters(namespace, onInvalid);
    const reports: UpdaterReport[] = [];
    for (const updater of updaters) {
      const started = reconcilingStatus(updater, this.#now());
      await this.#attempt('set the status', () =>
        kubernetes.patchStatus(updater, started),
      );
      const { result, failure } = await this.#reconcile(updater);
      await this.#attempt('set the status', () =>
        kubernetes.patchStatus(
          updater,
          completedStatus(
            { ...updater, status: { ...updater.status, ...started } },
            result,
            failure,
            this.#now(),
          ),
        ),
      );
      const { metadata } = updater;
      reports.push({
        ...result,
        namespace: metadata.namespace,
        name: metadata.name,
        failure: failure?.message,
      });
    }
    return reports;
  }

  async #reconcile(
    updater: ImageUpdater,
  ): Promise<{ result: CycleResult; failure?: Error }> {
    const { kubernetes, logger } = this.options;
    const { name, namespace } = updater.metadata;
    const result: CycleResult = {
      applicationsMatched: 0,
      imagesConsidered: 0,
      imagesUpdated: 0,
      imagesSkipped: 0,
      errors: 0,
      changes: [],
    };
    const warn = (message: string) => logger.warn(`${name}: ${message}`);
    let matched: ManagedApplication[];
    try {
      matched = matchApplications({
        spec: updater.spec,
        namespace,
        controllerNamespace: this.options.namespace,
        applications: await kubernetes.applications(namespace, warn),
        report: ({ message }) => warn(message),
      });
    } catch (error) {
      const failure = new Error(messageOf(error));
      logger.error(`${name}: ${failure.message}`);
      return { result, failure };
    }
    result.applicationsMatched = matched.length;
    for (const application of matched) {
      await this.#update(application, result);
    }
    return { result };
  }

  async #update(
    matched: ManagedApplication,
    result: CycleResult,
  ): Promise<void> {
    const { registries, logger } = this.options;
    const { name } = matched.application.metadata;
    const said = (message: string) => `${name}: ${message}`;
    const plan = await planUpdate(
      matched,
      image => registries.readerFor(image),
      {
        info: () => {},
        warn: message => logger.warn(said(message)),
        error: message => logger.error(said(message)),
      },
    );
    result.imagesConsidered += plan.considered;
    result.imagesSkipped += plan.skipped;
    result.errors += plan.errors;
    // Recorded even if the write fails, because the status lists them then too.
    result.changes.push(...plan.changes);
    if (plan.changes.length === 0) {
      return;
    }
    try {
      await this.#write(matched, plan);
    } catch (error) {
      logger.error(
        said(`Could not update application spec: ${messageOf(error)}`),
      );
      result.errors += 1;
      return;
    }
    result.imagesUpdated += plan.changes.length;
    for (const { image, oldTag } of plan.changes) {
      logger.info(
        said(`${fullImageReference(image)} in place of ${tagText(oldTag)}`),
      );
    }
    await this.#attempt('send the event', () =>
      this.options.kubernetes.createEvent(
        matched.application.metadata.namespace,
        imagesUpdatedEvent(matched.application, plan.changes, this.#now()),
      ),
    );
  }

  async #write(matched: ManagedApplication, plan: UpdatePlan): Promise<void> {
    const { application } = plan;
    if (matched.writeBack.method === 'git') {
      await this.options.git.write({ ...matched, application }, plan.changes);
    } else {
      await this.options.kubernetes.patchApplication(application, {
        spec: specPatch(application),
      });
    }
  }

  /** Failing to write a report about a cycle must not end the cycle. */
  async #attempt(what: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.options.logger.warn(`could not ${what}: ${messageOf(error)}`);
    }
  }

  #now(): Date {
    return this.options.now?.() ?? new Date();
  }
}

/**
 * The part of the spec that contains images. A merge patch replaces lists as a
 * whole.
 */
function specPatch({ spec }: Application): object {
  return spec.sources?.length
    ? { sources: spec.sources }
    : { source: spec.source };
}
