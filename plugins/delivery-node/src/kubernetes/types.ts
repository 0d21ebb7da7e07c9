/**
 * How the API of a cluster is reached.
 *
 * @public
 */
export interface KubernetesConnection {
  /** In messages, as in "the cluster 'main'". */
  name: string;
  /**
   * Base URL without a trailing slash.
   *
   * @throws KubernetesError if it isn't known, because Landfall doesn't run in a
   * cluster
   */
  url(): string;
  /** Reads the bearer token, which may change; absent for none. */
  token?: () => Promise<string>;
  /**
   * Reads the certificate authorities in PEM, which may change. They are trusted
   * in addition to those that Node trusts.
   */
  ca?: () => Promise<string>;
  /** Accepts any certificate. */
  skipTlsVerify?: boolean;
}

/**
 * Objects of one kind, in one namespace or in all.
 *
 * @public
 */
export interface KubernetesCollection {
  /** Empty for the core group. */
  group: string;
  version: string;
  /** As in the path of the API, such as `imageupdaters`. */
  plural: string;
  /** Absent: all namespaces. */
  namespace?: string;
  fieldSelector?: string;
}

/**
 * All objects of a collection at one moment.
 *
 * @public
 */
export interface KubernetesList {
  items: unknown[];
  /** What a watch continues from. */
  resourceVersion: string;
}

/**
 * One event of a watch. A `bookmark` only has a newer version to continue from.
 *
 * @public
 */
export interface KubernetesWatchEvent {
  type: 'changed' | 'deleted' | 'bookmark';
  object: unknown;
  resourceVersion: string;
}

/**
 * The reads of the Kubernetes API that a watch needs. The methods reject with a
 * `KubernetesError`.
 *
 * @public
 */
export interface KubernetesClient {
  /** In messages. */
  readonly cluster: string;

  list(
    collection: KubernetesCollection,
    options?: { signal?: AbortSignal },
  ): Promise<KubernetesList>;

  /**
   * Yields changes since a version. Ends when the server ends the watch, as it
   * does every few minutes.
   *
   * @param onOpen - called when the server has accepted the watch
   */
  watch(
    collection: KubernetesCollection,
    options: {
      resourceVersion: string;
      signal?: AbortSignal;
      onOpen?: () => void;
    },
  ): AsyncIterable<KubernetesWatchEvent>;
}
