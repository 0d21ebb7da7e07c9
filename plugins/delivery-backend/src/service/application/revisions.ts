import type {
  Application,
  ApplicationHistoryItem,
  ApplicationRevision,
  ApplicationSource,
  ApplicationSourceItem,
  KnownRevision,
} from '@landfall/backstage-plugin-delivery-common';
import type { Links } from '../links';

/**
 * Adds to revisions what the store knows of their commits.
 *
 * @internal
 */
export class RevisionItems {
  private readonly known: ReadonlyMap<string, KnownRevision>;

  constructor(
    revisions: readonly KnownRevision[],
    private readonly links: Pick<Links, 'commit'>,
  ) {
    this.known = new Map(revisions.map(each => [keyOf(each), each]));
  }

  /** The current sources; each with the revision that it is compared with. */
  sources({
    sources,
    sourceTypes,
    sync,
  }: Application): ApplicationSourceItem[] {
    return sources.map((source, index) => ({
      ...this.source(source, sync.revisions[index]),
      ...(sourceTypes?.[index] && { type: sourceTypes[index] }),
    }));
  }

  /** Where people write manifests that Argo CD hydrates. */
  drySource({
    drySource,
    dryRevision,
  }: Application): ApplicationSourceItem | undefined {
    return drySource && this.source(drySource, dryRevision);
  }

  /** Newest first. */
  history({ history }: Application): ApplicationHistoryItem[] {
    return history
      .map(({ id, deployStartedAt, deployedAt, initiatedBy, ...entry }) => ({
        id,
        deployStartedAt,
        deployedAt,
        initiatedBy,
        revisions: entry.sources.flatMap((source, index) => {
          const revision = entry.revisions[index];
          return revision ? [this.revision(source, revision)] : [];
        }),
      }))
      .reverse();
  }

  private source(
    source: ApplicationSource,
    revision: string | undefined,
  ): ApplicationSourceItem {
    const { tool: _tool, ...shown } = source;
    return {
      ...shown,
      ...(revision && { revision: this.revision(source, revision) }),
    };
  }

  private revision(
    { repoUrl, chart }: ApplicationSource,
    revision: string,
  ): ApplicationRevision {
    if (chart) {
      return { repoUrl, chart, revision };
    }
    const { author, date, message } =
      this.known.get(keyOf({ repoUrl, revision })) ?? {};
    return {
      repoUrl,
      revision,
      author,
      date,
      message,
      link: this.links.commit(repoUrl, revision),
    };
  }
}

function keyOf(revision: { repoUrl: string; revision: string }): string {
  return `${revision.revision}\n${revision.repoUrl}`;
}
