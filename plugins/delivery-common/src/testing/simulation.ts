import type {
  ImageBuild,
  RevisionResolved,
} from '@landfall/backstage-plugin-delivery-common';
import { digestOf, pathOf } from './references';
import { HUMAN, REPO_URL, type Revision } from './simulatedApplication';
import { SimulatedArgoCd } from './simulatedArgoCd';

export type { SimulatedObservation } from './simulatedApplication';

export const HOST = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
/** The repository of the application's image. @public */
export const API = `${HOST}/shop/api`;
export const WEB = `${HOST}/shop/web`;

const UPDATER = 'argocd-image-updater <noreply@argoproj.io>';

/**
 * An Argo CD application, a registry, a configuration repository and an
 * updater, as seen from outside. They report in the order in which the real
 * systems were observed to. Every method advances the clock, changes the actual
 * state and records what is reported about it.
 *
 * @public
 */
export class Simulation extends SimulatedArgoCd {
  readonly pushes: {
    repository: string;
    tag: string;
    digest: string;
    at: string;
  }[] = [];

  /** Argo CD's answer about each commit, if asked. */
  readonly revisions: RevisionResolved[] = [];

  push(
    repository: string,
    tag: string,
    digest = digestOf(`${repository}${tag}`),
  ): this {
    this.wait(1_370);
    this.pushes.push({ repository, tag, digest, at: this.clock });
    this.note('registry', {
      kind: 'image-pushed',
      repository,
      digest,
      tags: [tag],
      pushedAt: this.clock,
      seenAt: new Date(this.now + 900).toISOString(),
    });
    return this;
  }

  /** The registry reports how an image that was pushed earlier was built. */
  reportBuilds(digest: string, builds: ImageBuild[]): this {
    this.wait(2_000);
    const pushed = this.observations
      .map(({ observation }) => observation)
      .findLast(
        observation =>
          observation.kind === 'image-pushed' && observation.digest === digest,
      );
    if (pushed?.kind === 'image-pushed') {
      this.note('registry', { ...pushed, builds, seenAt: this.clock });
    }
    return this;
  }

  remove(repository: string, tag: string): this {
    this.wait(2_000);
    this.note('registry', {
      kind: 'image-removed',
      repository,
      digest: digestOf(`${repository}${tag}`),
      seenAt: this.clock,
    });
    return this;
  }

  /** The updater commits tags (or digests, as `sha256:…`) of one or more images. */
  update(
    images: Record<string, string>,
    application = Simulation.ref.name,
  ): this {
    const lines = Object.entries(images).map(
      ([repository, tag]) =>
        `updates image ${pathOf(repository)} tag '${
          this.head.images[repository] ?? ''
        }' to '${tag}'`,
    );
    return this.commit(
      application === Simulation.ref.name ? images : {},
      `build: automatic update of ${application}\n\n${lines.join('\n')}`,
      UPDATER,
      application === Simulation.ref.name,
    );
  }

  commit(
    images: Record<string, string | undefined>,
    message: string,
    author = HUMAN,
    touches = true,
  ): this {
    this.wait(4_130);
    const all: Record<string, string> = {};
    for (const [name, tag] of Object.entries({
      ...this.head.images,
      ...images,
    })) {
      if (tag !== undefined) {
        all[name] = tag;
      }
    }
    this.head = this.revise(all, author, message, touches);
    this.revisions.push(resolved(this.head, this.clock));
    return this;
  }

  /**
   * Sets parameters of the application's own source, as write-back method
   * `argocd` does.
   */
  setParameters(repository: string, tag: string): this {
    this.wait(700);
    this.head = {
      ...this.head,
      images: { ...this.head.images, [repository]: tag },
    };
    this.change({
      sources: this.sources([
        { name: 'image.repository', value: repository },
        { name: 'image.tag', value: tag },
      ]),
    });
    return this;
  }

  /** Argo CD compares with the head, and syncs if automated sync is on. */
  refresh(sync?: { failing?: string; degraded?: boolean }): this {
    this.wait(3_210);
    this.compare();
    if (this.application.sync.status === 'OutOfSync') {
      this.resolve(this.head);
      if (this.application.automatedSync) {
        this.sync(sync);
      }
    }
    return this;
  }

  gone(): this {
    this.wait(5_000);
    this.note('application', {
      kind: 'application-gone',
      ref: Simulation.ref,
      seenAt: this.clock,
    });
    return this;
  }

  /** The application is gone for a while, then observed again. */
  vanish(): this {
    return this.gone().wait(30_000).report();
  }

  private resolve(revision: Revision): void {
    this.note('revisions', resolved(revision, this.clock));
  }
}

function resolved(
  { sha, author, date, message }: Revision,
  seenAt: string,
): RevisionResolved {
  return {
    kind: 'revision-resolved',
    repoUrl: REPO_URL,
    revision: sha,
    author,
    date,
    message,
    seenAt,
  };
}
