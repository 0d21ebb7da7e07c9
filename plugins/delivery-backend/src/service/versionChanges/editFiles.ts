import {
  hasHoldTarget,
  type HoldTarget,
  holdUpdates,
  findVersion,
  locateVersion,
  manifestNotFound,
  resumeUpdates,
  setVersion,
  VersionChangeError,
  type VersionPlaces,
  type VersionTarget,
} from '@landfall/backstage-plugin-delivery-common';
import type { RepositoryFiles } from '@landfall/backstage-plugin-delivery-node';

/** The most manifests that are searched for one. */
const MAX_MANIFESTS = 5000;
const MANIFEST = /\.(?:ya?ml|json)$/;

/**
 * One change in a repository.
 *
 * @internal
 */
export interface FileChange {
  application: { namespace: string; name: string };
  repository: string;
  /** Absent: the version stays. */
  tag?: string;
  places: VersionPlaces;
  hold?: { target: HoldTarget; action: 'hold' | 'resume' };
}

/**
 * The files of a repository while several changes are made to them.
 *
 * @internal
 */
export class FileEdits {
  private readonly texts = new Map<string, string>();
  private readonly originals = new Map<string, string>();

  constructor(private readonly files: RepositoryFiles) {}

  /** The files that have changed. */
  get changed(): { path: string; before: string; after: string }[] {
    return [...this.texts]
      .map(([path, after]) => ({
        path,
        before: this.originals.get(path) ?? '',
        after,
      }))
      .filter(({ before, after }) => before !== after);
  }

  /**
   * Makes a change, wholly or not at all.
   *
   * @returns the version before, and whether all files are as they are in Git
   * @throws VersionChangeError
   */
  async make(change: FileChange): Promise<{ from?: string; isSame: boolean }> {
    const edited = new Map<string, string>();
    const read = async (path: string) =>
      edited.get(path) ?? (await this.read(path));
    const from = await this.setTag(change, read, edited);
    if (change.hold) {
      const { target, action } = change.hold;
      const path = await this.findFile(
        file => hasHoldTarget(file, target),
        () =>
          new VersionChangeError({
            code: 'change.hold-not-found',
            parameters: {
              repository: change.repository,
              resource: `${target.kind} ${target.namespace}/${target.name}`,
              url: change.places.repoUrl,
            },
          }),
      );
      const file = { path, text: (await read(path)) ?? '' };
      edited.set(
        path,
        action === 'hold'
          ? holdUpdates(file, target)
          : resumeUpdates(file, target),
      );
    }
    for (const [path, text] of edited) {
      this.texts.set(path, text);
    }
    const isSame = [...edited].every(
      ([path, text]) => text === this.originals.get(path),
    );
    return { ...from, isSame };
  }

  private async setTag(
    { tag, places, repository, application }: FileChange,
    read: (path: string) => Promise<string | undefined>,
    edited: Map<string, string>,
  ): Promise<{ from?: string }> {
    if (tag === undefined) {
      return {};
    }
    const { path, text, target } = places.inManifest
      ? await this.inManifest(places, { repository, application }, read)
      : await locateVersion(places, repository, read);
    const set = setVersion({ path, text }, target, tag);
    edited.set(path, set.text);
    return set.found.tag === undefined ? {} : { from: set.found.tag };
  }

  /** The merged file wins if it has the version, then the Application's manifest. */
  private async inManifest(
    places: VersionPlaces,
    { repository, application }: Pick<FileChange, 'repository' | 'application'>,
    read: (path: string) => Promise<string | undefined>,
  ): Promise<{ path: string; text: string; target: VersionTarget }> {
    const merged = places.candidates.filter(
      ({ target }) => target.format === 'argocd-source',
    );
    for (const { path, target } of merged) {
      const text = await read(path);
      if (text !== undefined && findVersion({ path, text }, target)) {
        return { path, text, target };
      }
    }
    const target: VersionTarget = {
      format: 'application',
      repository,
      application,
      keys: places.candidates.at(0)?.target.keys,
    };
    const path = await this.findFile(
      file => isApplicationWith(file, target),
      () => manifestNotFound(places, repository),
    );
    return { path, text: (await read(path)) ?? '', target };
  }

  /** The only manifest of which something holds. */
  private async findFile(
    isMeant: (file: { path: string; text: string }) => boolean,
    missing: () => VersionChangeError,
  ): Promise<string> {
    const paths = (await this.files.list(''))
      .filter(path => MANIFEST.test(path))
      .slice(0, MAX_MANIFESTS);
    const found: string[] = [];
    for (const path of paths) {
      const text = await this.read(path);
      if (text !== undefined && isMeant({ path, text })) {
        found.push(path);
      }
    }
    if (found.length !== 1) {
      throw missing();
    }
    return found[0];
  }

  private async read(path: string): Promise<string | undefined> {
    const known = this.texts.get(path);
    if (known !== undefined) {
      return known;
    }
    const text = await this.files.readText(path);
    if (text !== undefined) {
      this.originals.set(path, text);
    }
    return text;
  }
}

function isApplicationWith(
  file: { path: string; text: string },
  target: VersionTarget,
): boolean {
  const name = target.application?.name ?? '';
  if (!file.text.includes('Application') || !file.text.includes(name)) {
    return false;
  }
  try {
    return findVersion(file, target) !== undefined;
  } catch (error) {
    if (error instanceof VersionChangeError) {
      return false;
    }
    throw error;
  }
}
