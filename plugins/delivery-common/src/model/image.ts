/**
 * An image as it was built for one platform. A registry's image has one, an index
 * one for each platform. It never changes for a digest.
 *
 * @public
 */
export interface ImageBuild {
  /** `os/architecture[/variant]`; absent: not known. */
  platform?: string;
  /**
   * The date in the image's configuration as it stands there, RFC 3339, by which
   * the updater's strategy `newest-build` goes; absent: not known; empty: it has none.
   */
  builtAt?: string;
}
