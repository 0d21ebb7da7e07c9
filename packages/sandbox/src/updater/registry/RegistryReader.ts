import type {
  Platform,
  TagSortMode,
} from '@landfall/backstage-plugin-delivery-common';

/** The parts of a manifest that the updater reads. */
export type Manifest =
  | { kind: 'image'; digest: string; configDigest: string }
  | {
      kind: 'index';
      digest: string;
      children: { digest: string; platform: Platform }[];
    };

/** The build data in an image's configuration. */
export interface ImageConfig {
  platform: Platform;
  /** The text from the configuration, unchanged. */
  created: string;
}

/**
 * Reads one repository of a registry. Every method rejects with the registry's
 * message.
 */
export interface RegistryReader {
  /**
   * The configured order of the registry's tag list. Absent if it has no order.
   */
  readonly tagSortMode?: TagSortMode;
  tags(): Promise<string[]>;
  /** @param reference - a tag or a digest */
  manifest(reference: string): Promise<Manifest>;
  config(digest: string): Promise<ImageConfig>;
}
