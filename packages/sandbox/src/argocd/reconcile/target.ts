import type { GitRepositories } from '../git/GitRepositories';
import type { GitTree } from '../git/GitTree';
import {
  groupOf,
  instanceName,
  isClusterKind,
  keyOf,
  TRACKING_ID,
  trackingId,
} from '../manifest';
import type { Renderer } from '../render';
import { RenderError, type SourceType } from '../render/types';
import type { Application, Manifest, Source } from '../types';

export type HookPhase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail';

export interface Hook {
  manifest: Manifest;
  phases: HookPhase[];
}

/** The target state of an application at certain revisions of its sources. */
export interface Target {
  manifests: Manifest[];
  hooks: Hook[];
  revisions: string[];
  sourceTypes: SourceType[];
}

/**
 * The target state can't be loaded. The message is that of the ComparisonError.
 */
export class TargetError extends Error {
  constructor(index: number, count: number, message: string) {
    super(
      `Failed to load target state: failed to generate manifest for source ${
        index + 1
      } of ${count}: rpc error: code = Unknown desc = ${message}`,
    );
    this.name = 'TargetError';
  }
}

/** Loads target states from Git. */
export class TargetLoader {
  readonly #git: GitRepositories;
  readonly #renderer: Renderer;
  readonly #controllerNamespace: string;

  constructor(
    git: GitRepositories,
    renderer: Renderer,
    controllerNamespace: string,
  ) {
    this.#git = git;
    this.#renderer = renderer;
    this.#controllerNamespace = controllerNamespace;
  }

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
    options: { fresh?: boolean } = {},
  ): Promise<Target> {
    const trees: GitTree[] = [];
    for (const [i, source] of sources.entries()) {
      trees.push(
        await located(i, sources.length, async () => {
          if (source.chart) {
            throw new RenderError(
              `helm chart repositories are not served by the sandbox: ${source.repoURL}`,
            );
          }
          const sha = await this.#git.resolve(
            source.repoURL,
            revisions[i] ?? source.targetRevision,
            options,
          );
          return await this.#git.tree(source.repoURL, sha);
        }),
      );
    }
    const refs = new Map(
      sources.flatMap((source, i): [string, GitTree][] =>
        source.ref ? [[`$${source.ref}`, trees[i]]] : [],
      ),
    );
    const { name, namespace } = app.metadata;
    const instance = instanceName(namespace, name, this.#controllerNamespace);
    const sourceTypes: SourceType[] = [];
    const manifests = new Map<string, Manifest>();
    for (const [i, source] of sources.entries()) {
      if (source.ref && !source.path) {
        sourceTypes.push('');
        continue;
      }
      const rendered = await located(i, sources.length, () =>
        this.#renderer.render({
          source,
          tree: trees[i],
          refs,
          application: {
            name,
            instance,
            namespace: app.spec.destination.namespace ?? '',
          },
        }),
      );
      sourceTypes.push(rendered.sourceType);
      for (const manifest of rendered.manifests) {
        // A later source overrides an earlier one.
        manifests.set(identity(manifest), manifest);
      }
    }
    const tracked = [...manifests.values()].map(manifest =>
      track(manifest, app, instance),
    );
    return {
      manifests: tracked.filter(manifest => !hookPhases(manifest)),
      hooks: tracked.flatMap(manifest => {
        const phases = hookPhases(manifest);
        return phases?.length ? [{ manifest, phases }] : [];
      }),
      revisions: trees.map(tree => tree.sha),
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
      index,
      count,
      error instanceof Error ? error.message : String(error),
    );
  }
}

function identity(manifest: Manifest): string {
  const { namespace = '', name } = manifest.metadata;
  return `${groupOf(manifest.apiVersion)}/${
    manifest.kind
  }/${namespace}/${name}`;
}

/**
 * Adds the namespace that a manifest is applied to, and the annotation that
 * tracks it.
 */
function track(
  manifest: Manifest,
  app: Application,
  instance: string,
): Manifest {
  const namespace = isClusterKind(manifest.kind)
    ? undefined
    : manifest.metadata.namespace ??
      app.spec.destination.namespace ??
      'default';
  const { namespace: _, ...metadata } = manifest.metadata;
  const placed: Manifest = {
    ...manifest,
    metadata: { ...metadata, ...(namespace ? { namespace } : {}) },
  };
  return {
    ...placed,
    metadata: {
      ...placed.metadata,
      annotations: {
        ...placed.metadata.annotations,
        [TRACKING_ID]: trackingId(instance, keyOf(placed)),
      },
    },
  };
}

const HELM_HOOKS: Record<string, HookPhase> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};

/**
 * The phases of a hook; an empty list for a hook that never runs, `undefined`
 * for an ordinary resource.
 */
export function hookPhases(manifest: Manifest): HookPhase[] | undefined {
  const annotations = manifest.metadata.annotations ?? {};
  const own = annotations['argocd.argoproj.io/hook'];
  const helm = annotations['helm.sh/hook'];
  const names = (own ?? helm)?.split(',').map(name => name.trim());
  if (!names || names.includes('crd-install')) {
    return undefined;
  }
  const phases = names.flatMap((name): HookPhase[] => {
    switch (name) {
      case 'PreSync':
      case 'Sync':
      case 'PostSync':
      case 'SyncFail':
        return [name];
      default:
        return own === undefined && HELM_HOOKS[name] ? [HELM_HOOKS[name]] : [];
    }
  });
  return [...new Set(phases)];
}

export function waveOf(manifest: Manifest): number {
  return (
    Number(
      manifest.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0,
    ) || 0
  );
}
