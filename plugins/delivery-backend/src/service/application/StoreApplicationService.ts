import { NotFoundError } from '@backstage/errors';
import type {
  ApplicationDetails,
  ApplicationDiff,
  ApplicationDiffRequest,
  ApplicationEvents,
  ApplicationEventsRequest,
  ApplicationResources,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryServiceOptions } from '@landfall/backstage-plugin-delivery-node';
import { scopes } from '../../store/scopes';
import { isoNow } from '../../store/time';
import { Answers } from '../Answers';
import { EntityApplications } from '../EntityApplications';
import type { EntityViewsOptions } from '../EntityViews';
import {
  SeenEntities,
  type SeenEntity,
  type SeenEntitiesOptions,
} from '../SeenEntities';
import { ApplicationViews } from './ApplicationViews';
import { findApplication } from './findApplication';
import type { LiveApplications, ReadableApplication } from './LiveApplications';
import type { ApplicationService, EntityApplicationRef } from './types';

/** Few drawers are open at once. */
const DETAILS_BYTES = 8 * 1024 * 1024;

/** A few hundred bytes each. */
const LOCATED_BYTES = 1024 * 1024;

/** @internal */
export interface StoreApplicationServiceOptions
  extends EntityViewsOptions,
    SeenEntitiesOptions {
  live: LiveApplications;
}

/**
 * Details of the applications that the store has, for the entities that the catalog
 * shows to the caller. Only for an application that may be shown for the entity,
 * and only under the names in the store, anything is read from Argo CD.
 *
 * @internal
 */
export class StoreApplicationService implements ApplicationService {
  static create(
    options: StoreApplicationServiceOptions,
  ): StoreApplicationService {
    return new StoreApplicationService(options);
  }

  private readonly entities: SeenEntities;
  private readonly applications: EntityApplications;
  private readonly views: ApplicationViews;
  private readonly details: Answers<ApplicationDetails>;
  private readonly located: Answers<ReadableApplication>;

  private constructor(
    private readonly options: StoreApplicationServiceOptions,
  ) {
    const { database } = options;
    this.entities = SeenEntities.create(options);
    this.applications = new EntityApplications(options);
    this.views = new ApplicationViews(options, isoNow());
    this.details = Answers.create({ database, maxBytes: DETAILS_BYTES });
    this.located = Answers.create({ database, maxBytes: LOCATED_BYTES });
  }

  async getApplication(
    ref: EntityApplicationRef,
    options: DeliveryServiceOptions,
  ): Promise<ApplicationDetails> {
    const seen = await this.entities.get(ref.entity, options);
    return this.details.get(keyOf(seen, ref), reading =>
      this.views.details(seen.entity, ref.application, reading),
    );
  }

  async getResources(
    ref: EntityApplicationRef,
    options: DeliveryServiceOptions,
  ): Promise<ApplicationResources> {
    return this.options.live.resources(await this.locate(ref, options));
  }

  async getDiff(
    ref: EntityApplicationRef,
    request: ApplicationDiffRequest,
    options: DeliveryServiceOptions,
  ): Promise<ApplicationDiff> {
    const application = await this.locate(ref, options);
    const diff = await this.options.live.diff(application, request);
    if (!diff) {
      throw new NotFoundError(
        `The application manages no ${request.kind} '${request.name}'`,
      );
    }
    return diff;
  }

  async getEvents(
    ref: EntityApplicationRef,
    { resource }: ApplicationEventsRequest,
    options: DeliveryServiceOptions,
  ): Promise<ApplicationEvents> {
    const application = await this.locate(ref, options);
    const events = await this.options.live.events(application, resource);
    if (!events) {
      throw new NotFoundError(
        'The application has no such resource any more. Read its resources again.',
      );
    }
    return events;
  }

  /** The application as it is stored, if it may be shown for the entity. */
  private async locate(
    ref: EntityApplicationRef,
    options: DeliveryServiceOptions,
  ): Promise<ReadableApplication> {
    const seen = await this.entities.get(ref.entity, options);
    return this.located.get(keyOf(seen, ref), async reading => {
      const located = await this.applications.locate(seen.entity, reading);
      reading.dependsOn(
        ...located.claimedKeys.map(scopes.application),
        ...located.instanceNames.map(scopes.instance),
      );
      const { application } = findApplication(located, ref.application);
      const { project, resourceVersion } = application;
      return { ref: application.ref, project, resourceVersion };
    });
  }
}

function keyOf(
  { fingerprint }: SeenEntity,
  { application: { instance, namespace, name } }: EntityApplicationRef,
): string {
  return `${fingerprint}${JSON.stringify([instance, namespace, name])}`;
}
