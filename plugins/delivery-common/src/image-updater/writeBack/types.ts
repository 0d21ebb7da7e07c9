/**
 * Prefix of the file that Argo CD itself merges into an Application's source.
 *
 * @public
 */
export const OVERRIDE_PREFIX = '.argocd-source-';

/**
 * Where the credentials of a Git write-back come from.
 *
 * @public
 */
export type CredentialsSource =
  | { kind: 'repocreds' }
  | { kind: 'secret'; reference: string };

/**
 * Where and how an Application's updates are written.
 *
 * @public
 */
export interface WriteBack {
  method: 'argocd' | 'git';
  /** Path of the file from the repository's root. */
  target: string;
  /** Folder of the kustomization that is edited instead; empty for none. */
  kustomizeBase: string;
  repository: string;
  /** Empty: the branch that the Application's source names. */
  branch: string;
  /** Template of the branch to push, if it differs. */
  writeBranch: string;
  credentials: CredentialsSource;
  pullRequest?: 'github' | 'gitlab';
}
