/**
 * The Helm parameters that carry an image, as the Image Updater's settings name
 * them: the tag, or with `spec` the whole reference.
 *
 * @public
 */
export type VersionKeys = { tag: string } | { spec: string };

/**
 * Which value of a file carries the version of an image. Without `keys`, it is
 * found by the repository beside it.
 *
 * @public
 */
export interface VersionTarget {
  /**
   * - `helm-values`: a file of Helm values
   * - `kustomization`: `images` of a kustomization
   * - `argocd-source`: the file that Argo CD merges into an application's source,
   *   as the Image Updater writes it
   * - `application`: the manifest of an Application
   */
  format: 'helm-values' | 'kustomization' | 'argocd-source' | 'application';
  /** With registry host, without tag. */
  repository: string;
  keys?: VersionKeys;
  /** The name that a kustomization replaces, if it isn't the repository. */
  kustomizeName?: string;
  /** Of `application`: which one. */
  application?: { namespace: string; name: string };
}
