import type { Entity } from '@backstage/catalog-model';
import type {
  ApplicationDetails,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import { readDeploymentRows, toDeployments } from '../deployments';
import { EntityApplications } from '../EntityApplications';
import { EntityImages } from '../EntityImages';
import { type EntitySnapshot, readSnapshot } from '../EntitySnapshot';
import type { StoreReading } from '../StoreReading';
import type { EntityViewsOptions } from '../EntityViews';
import { readProgress } from '../stuckEvidence';
import { findApplication } from './findApplication';
import { RevisionItems } from './revisions';

/** The newest images whose verdicts are shown. */
const IMAGES = 50;

/**
 * Makes the answers about one application from the store.
 *
 * @internal
 */
export class ApplicationViews {
  private readonly applications: EntityApplications;
  private readonly entityImages: EntityImages;

  /** @param startedAt - since when instances are `connecting` that nobody watched */
  constructor(
    private readonly options: EntityViewsOptions,
    private readonly startedAt: string,
  ) {
    this.applications = new EntityApplications(options);
    this.entityImages = new EntityImages(options);
  }

  /** @throws NotFoundError if it isn't one of the entity's */
  async details(
    entity: Entity,
    ref: ApplicationRef,
    reading: StoreReading,
  ): Promise<ApplicationDetails> {
    const all = await readSnapshot(reading, entity, this.applications);
    const stored = findApplication(all.located, ref);
    const { application } = stored;
    const snapshot = { ...all, applications: [stored] };
    const rows = await readDeploymentRows(
      snapshot,
      this.startedAt,
      this.options,
    );
    const progressOf = await readProgress(
      snapshot,
      [...rows.promotions.values()].flat(),
    );
    const { environments, instances } = toDeployments(
      snapshot,
      rows,
      progressOf,
      this.options,
    );
    const [{ environment, deployments }] = environments;
    const items = new RevisionItems(all.revisions, this.options.links);
    return {
      environment,
      instance: instances.filter(({ name }) => name === ref.instance)[0],
      deployment: deployments[0],
      sources: items.sources(application),
      drySource: items.drySource(application),
      history: items.history(application),
      updater: await this.updater(snapshot),
    };
  }

  private async updater(
    snapshot: EntitySnapshot,
  ): Promise<ApplicationDetails['updater']> {
    const { applications, findings, items } = await this.entityImages.find(
      { ...snapshot, entity: withoutAnnotations(snapshot.entity) },
      { limit: IMAGES },
    );
    return {
      applications,
      findings: findings ?? [],
      images: items.filter(({ verdicts }) => verdicts.length > 0),
    };
  }
}

/** Annotations reference further repositories, whose images it doesn't run. */
function withoutAnnotations({ metadata, ...entity }: Entity): Entity {
  const { annotations: _annotations, ...others } = metadata;
  return { ...entity, metadata: others };
}
