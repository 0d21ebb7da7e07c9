import type { GitTree } from '../git/GitTree';
import type { Manifest, Source } from '../types';

/** A source, its files, and the files that `$ref/…` value files refer to. */
export interface RenderInput {
  source: Source;
  tree: GitTree;
  /** Trees of the other sources by their `ref`. */
  refs: Map<string, GitTree>;
  application: {
    name: string;
    /** Part of the override file's name: `.argocd-source-<this>.yaml`. */
    instance: string;
    namespace: string;
  };
}

export interface Rendered {
  manifests: Manifest[];
  sourceType: 'Helm' | 'Kustomize' | 'Directory' | '';
}

/**
 * A source that can't be rendered. The message appears in the application's
 * ComparisonError.
 */
export class RenderError extends Error {}
