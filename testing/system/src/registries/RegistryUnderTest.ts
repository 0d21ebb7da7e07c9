import type { EcrClients } from '@landfall/backstage-plugin-delivery-node';

/**
 * How a stand-in differs from Amazon's ECR. Cases that meet one say so by its
 * name; whatever isn't listed is expected to be as Amazon's is.
 */
export type Difference =
  /** It answers all at once, whatever page was asked for. */
  | 'knows no pages'
  /** A digest is that of the layers' digests, not of the manifest. */
  | 'digests are of layers'
  /** An image is said to be as large as its configuration. */
  | 'sizes are of configurations'
  /** An index comes without a size. */
  | 'indexes have no size'
  /** It doesn't say what an image is the manifest of. */
  | 'tells no artifact type'
  /** Every scan is said to have found one vulnerability of its own making. */
  | 'makes up a finding'
  /** It fails where a layer is to be downloaded. */
  | 'gives no links to layers'
  /** Nothing is scanned unless it is asked for. */
  | 'does not scan on push'
  /** Access is never refused. */
  | 'lets everybody in';

/** A process that speaks ECR's API, and the clients that talk to it. */
export interface RegistryUnderTest {
  readonly clients: EcrClients;
  /** Where its API answers. */
  readonly url: string;
  readonly accountId: string;
  readonly region: string;
  /** As it stands in image references. */
  readonly host: string;
  differs(difference: Difference): boolean;
  /** Makes contents known that a manifest is about to name. */
  upload(repository: string, contents: Buffer[]): Promise<void>;
  stop(): Promise<void>;
}
