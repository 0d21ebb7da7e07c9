import type {
  Platform,
  TagSortMode,
} from '@landfall/backstage-plugin-delivery-common';

/** A manifest, as far as the updater looks into one. */
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
  /** As written there. */
  created: string;
}

/** Reads one repository of a registry. Every method rejects with the registry's message. */
export interface RegistryReader {
  /** How the registry is configured to list its tags; absent: in no order. */
  readonly tagSortMode?: TagSortMode;
  tags(): Promise<string[]>;
  /** @param reference - a tag or a digest */
  manifest(reference: string): Promise<Manifest>;
  config(digest: string): Promise<ImageConfig>;
}
