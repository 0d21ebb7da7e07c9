import type {
  ApplicationDetails,
  ApplicationDiff,
  ApplicationDiffRequest,
  ApplicationEvents,
  ApplicationEventsRequest,
  ApplicationResources,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryServiceOptions } from '@landfall/backstage-plugin-delivery-node';
import type { InstancesPermission } from '../InstancesPermission';
import {
  oncePerObject,
  withoutDetail,
  withoutErrorDetail,
} from '../visibility';
import type { ApplicationService, EntityApplicationRef } from './types';

/** @internal */
export interface AuthorizedApplicationServiceOptions {
  permission: InstancesPermission;
  /** Doesn't check the permission. */
  service: ApplicationService;
}

/**
 * Shows details of errors, with addresses and names, only to callers with the
 * permission `delivery.instances.read`. Operations on applications belong here, too,
 * each with its own permission.
 *
 * @internal
 */
export class AuthorizedApplicationService implements ApplicationService {
  static create(
    options: AuthorizedApplicationServiceOptions,
  ): AuthorizedApplicationService {
    return new AuthorizedApplicationService(options);
  }

  // An answer that many callers share has one version without details, too.
  private readonly forAnybody = {
    details: oncePerObject(detailsForAnybody),
    resources: oncePerObject(resourcesForAnybody),
    diff: oncePerObject(withoutDetailOfError<ApplicationDiff>),
    events: oncePerObject(withoutDetailOfError<ApplicationEvents>),
  };

  private constructor(
    private readonly options: AuthorizedApplicationServiceOptions,
  ) {}

  async getApplication(
    ref: EntityApplicationRef,
    options: DeliveryServiceOptions,
  ): Promise<ApplicationDetails> {
    const { service, permission } = this.options;
    const details = await service.getApplication(ref, options);
    return !details.instance.error || (await permission.isGranted(options))
      ? details
      : this.forAnybody.details(details);
  }

  async getResources(
    ref: EntityApplicationRef,
    options: DeliveryServiceOptions,
  ): Promise<ApplicationResources> {
    const { service, permission } = this.options;
    const resources = await service.getResources(ref, options);
    return resources.problems.length === 0 ||
      (await permission.isGranted(options))
      ? resources
      : this.forAnybody.resources(resources);
  }

  async getDiff(
    ref: EntityApplicationRef,
    request: ApplicationDiffRequest,
    options: DeliveryServiceOptions,
  ): Promise<ApplicationDiff> {
    const { service, permission } = this.options;
    const diff = await service.getDiff(ref, request, options);
    return !diff.error || (await permission.isGranted(options))
      ? diff
      : this.forAnybody.diff(diff);
  }

  async getEvents(
    ref: EntityApplicationRef,
    request: ApplicationEventsRequest,
    options: DeliveryServiceOptions,
  ): Promise<ApplicationEvents> {
    const { service, permission } = this.options;
    const events = await service.getEvents(ref, request, options);
    return !events.error || (await permission.isGranted(options))
      ? events
      : this.forAnybody.events(events);
  }
}

function detailsForAnybody(details: ApplicationDetails): ApplicationDetails {
  return { ...details, instance: withoutErrorDetail(details.instance) };
}

function resourcesForAnybody(
  resources: ApplicationResources,
): ApplicationResources {
  return {
    ...resources,
    problems: resources.problems.map(({ part, error }) => ({
      part,
      error: withoutDetail(error),
    })),
  };
}

function withoutDetailOfError<T extends Pick<ApplicationDiff, 'error'>>(
  answer: T,
): T {
  const { error } = answer;
  return error ? { ...answer, error: withoutDetail(error) } : answer;
}
