/**
 * An image as it was built for one platform. A plain image has one build, an
 * index has one per platform. The builds of a digest never change.
 *
 * @public
 */
export interface ImageBuild {
  /** `os/architecture[/variant]`; absent if not known. */
  platform?: string;
  /**
   * The date from the image's configuration, unchanged (RFC 3339). The
   * updater's strategy `newest-build` compares it. Absent if not known; empty
   * if the configuration has none.
   */
  builtAt?: string;
}
