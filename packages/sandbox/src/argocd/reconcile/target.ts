import { messageOf } from '../../errors';
import type { GitRepositories } from '../git/GitRepositories';
import type { GitTree } from '../git/GitTree';
import { isClusterKind, keyId, keyOf, tracked } from '../manifest';
import { render } from '../render';
import { RenderError, type Rendered } from '../render/types';
import type { Store } from '../store/Store';
import type { Application, Manifest, Source } from '../types';

const PHASES = ['PreSync', 'Sync', 'PostSync', 'SyncFail'] as const;

export type HookPhase = (typeof PHASES)[number];

export interface Hook {
  manifest: Manifest;
  phases: HookPhase[];
}

/** The target state of an application at certain revisions of its sources. */
export interface Target {
  manifests: Manifest[];
  hooks: Hook[];
  revisions: string[];
  sourceTypes: Rendered['sourceType'][];
}

/**
 * The target state can't be loaded. The message is that of the ComparisonError.
 */
export class TargetError extends Error {}

/** Loads target states from Git. */
export class TargetLoader {
  constructor(
    private readonly store: Store,
    private readonly git: GitRepositories,
  ) {}

  /**
   * Renders the sources at these revisions.
   *
   * @param revisions - one per source: a branch, tag or SHA; if absent, the
   * source's own target revision
   */
  async load(
    app: Application,
    sources: Source[],
    revisions: (string | undefined)[] = [],
  ): Promise<Target> {
    const { length } = sources;
    const trees: GitTree[] = [];
    for (const [i, { repoURL, targetRevision, chart }] of sources.entries()) {
      trees.push(
        await located(i, length, async () => {
          if (chart) {
            throw new RenderError(
              `helm chart repositories are not served by the sandbox: ${repoURL}`,
            );
          }
          const revision = revisions[i] ?? targetRevision;
          const sha = await this.git.resolve(repoURL, revision);
          return await this.git.tree(repoURL, sha);
        }),
      );
    }
    const refs = new Map(
      sources.map(({ ref }, i): [string, GitTree] => [ref ?? '', trees[i]]),
    );
    const { destination } = app.spec;
    const instance = this.store.instanceOf(app);
    const application = {
      name: app.metadata.name,
      instance,
      namespace: destination.namespace ?? '',
    };
    const sourceTypes: Rendered['sourceType'][] = [];
    const manifests = new Map<string, Manifest>();
    for (const [i, source] of sources.entries()) {
      if (source.ref && !source.path) {
        sourceTypes.push('');
        continue;
      }
      const rendered = await located(i, length, () =>
        render({ source, tree: trees[i], refs, application }),
      );
      sourceTypes.push(rendered.sourceType);
      for (const manifest of rendered.manifests) {
        // A later source overrides an earlier one.
        const placed = inNamespace(manifest, destination.namespace);
        manifests.set(keyId(keyOf(placed)), tracked(placed, instance));
      }
    }
    const all = [...manifests.values()];
    return {
      manifests: all.filter(manifest => !hookPhases(manifest)),
      hooks: all.flatMap(manifest => {
        const phases = hookPhases(manifest);
        return phases?.length ? [{ manifest, phases }] : [];
      }),
      revisions: trees.map(({ sha }) => sha),
      sourceTypes,
    };
  }
}

async function located<T>(
  index: number,
  count: number,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new TargetError(
      `Failed to load target state: failed to generate manifest for source ${
        index + 1
      } of ${count}: rpc error: code = Unknown desc = ${messageOf(error)}`,
    );
  }
}

/** The manifest with the namespace that it is applied to. */
function inNamespace(manifest: Manifest, destination = 'default'): Manifest {
  const { namespace = destination, ...metadata } = manifest.metadata;
  return {
    ...manifest,
    metadata: isClusterKind(manifest.kind)
      ? metadata
      : { ...metadata, namespace },
  };
}

/**
 * The phases of a hook; an empty list for a hook that never runs, `undefined`
 * for an ordinary resource.
 */
export function hookPhases({ metadata }: Manifest): HookPhase[] | undefined {
  return metadata.annotations?.['argocd.argoproj.io/hook']
    ?.split(',')
    .flatMap(text => PHASES.find(phase => phase === text.trim()) ?? []);
}

export function waveOf({ metadata }: Manifest): number {
  return (
    Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0) || 0
  );
}
