import type { EcrClients } from '@landfall/backstage-plugin-delivery-node';
import type { Content } from '@landfall/testing-kit';

/**
 * How a simulated ECR differs from Amazon's. Test cases refer to a difference
 * by its name. In everything else, it must behave like Amazon's.
 */
export type Difference =
  /** It returns everything at once, whichever page was requested. */
  | 'ignores paging'
  /** A digest is computed from the layers' digests, not from the manifest. */
  | 'digests are those of layers'
  /** The reported size of an image is that of its configuration. */
  | 'sizes are those of configurations'
  /** An index has no reported size. */
  | 'indexes have no size'
  /** It doesn't report the artifact type of an image. */
  | 'has no artifact type'
  /** Every scan reports one invented vulnerability. */
  | 'invents a finding'
  /** It fails when a layer is downloaded. */
  | 'has no links to layers'
  /** It scans only on request. */
  | 'does not scan on push'
  /** Access is never refused. */
  | 'accepts every caller';

/** A process with ECR's API, and clients for it. */
export interface RegistryUnderTest {
  readonly clients: EcrClients;
  /** The URL of its API. */
  readonly url: string;
  readonly accountId: string;
  readonly region: string;
  /** The host in image references. */
  readonly host: string;
  differs(difference: Difference): boolean;
  /** Uploads the contents that a manifest will refer to. */
  upload(repository: string, contents: Content[]): Promise<void>;
  stop(): Promise<void>;
}
