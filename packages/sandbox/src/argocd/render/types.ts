import type { GitTree } from '../git/GitTree';
import type { Manifest, Source } from '../types';

/** Where a source's files come from, and where `$ref/…` value files do. */
export interface RenderInput {
  source: Source;
  tree: GitTree;
  /** Trees by the `ref` of the sources beside this one. */
  refs: Map<string, GitTree>;
  application: {
    name: string;
    /** Name of the override file: `.argocd-source-<this>.yaml`. */
    instance: string;
    namespace: string;
  };
}

export type SourceType = 'Helm' | 'Kustomize' | 'Directory' | '';

export interface Rendered {
  manifests: Manifest[];
  sourceType: SourceType;
}

/** A source that gives no manifests; the message is what stands in the application's ComparisonError. */
export class RenderError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RenderError';
  }
}
