import type { Controls } from '../http/server';
import type { RevisionMetadata } from './git/GitRepositories';
import type { Store } from './store/Store';
import type { Application } from './types';

/**
 * Adds applications of another origin to Argo CD's, which then serves them like
 * its own. Those with the annotation `argocd.argoproj.io/skip-reconcile` are left
 * alone by the controller.
 */
export type ArgoCdExtension = (store: Store) => {
  /** Controls in addition to Argo CD's. */
  controls: Controls;
  /** A commit of one of its applications; undefined for others. */
  metadata(app: Application, revision: string): RevisionMetadata | undefined;
  stop(): void;
};
