import { z } from 'zod';
import { createHash } from 'node:crypto';

/** The OCI distribution specification's rule for tags. */
export const TAG_PATTERN = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

/** The only digest format that the registry supports. */
export const DIGEST_PATTERN = /^sha256:[a-f0-9]{64}$/;

const SEGMENT_PATTERN = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/**
 * Whether a repository may have this name: slash-separated segments of
 * lower-case words. Not the single expression that ECR publishes, because its
 * nested repetition would backtrack on hostile names.
 */
export function isRepositoryName(name: string): boolean {
  return (
    name.length >= 2 &&
    name.length <= 256 &&
    name.split('/').every(segment => SEGMENT_PATTERN.test(segment))
  );
}

/** `sha256:<hex>` of a text or bytes. */
export function digestOf(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/*
 * The registry's records, as stored in memory and on disk. Times are
 * milliseconds since the epoch; the JSON API converts them to seconds.
 */

/** ECR's exclusion filters are not supported: Landfall never sets them. */
export const mutabilitySchema = z.enum(['MUTABLE', 'IMMUTABLE']);

const SEVERITIES = [
  'CRITICAL',
  'HIGH',
  'MEDIUM',
  'LOW',
  'INFORMATIONAL',
  'UNDEFINED',
] as const;

/** A vulnerability as `DescribeImageScanFindings` lists it. */
export const findingSchema = z.object({
  name: z.string().min(1),
  description: z.string().optional(),
  uri: z.string().optional(),
  severity: z.enum(SEVERITIES),
  attributes: z
    .array(z.object({ key: z.string(), value: z.string() }))
    .optional(),
});
export type Finding = z.infer<typeof findingSchema>;

export const resourceTagsSchema = z.array(
  z.object({ Key: z.string(), Value: z.string() }),
);

export const encryptionSchema = z.object({
  encryptionType: z.enum(['AES256', 'KMS', 'KMS_DSSE']),
  kmsKey: z.string().optional(),
});

/** Everything about a repository except its images. */
export interface RepositorySettings {
  name: string;
  createdAt: number;
  mutability: z.infer<typeof mutabilitySchema>;
  scanOnPush: boolean;
  encryption: z.infer<typeof encryptionSchema>;
  tags: z.infer<typeof resourceTagsSchema>;
  lifecyclePolicyText?: string;
  policyText?: string;
  /**
   * What the next scan of an image of this repository finds, since the sandbox
   * has no real scanner.
   */
  vulnerabilities: Finding[];
}

export interface Scan {
  startedAt: number;
  findings: Finding[];
}

/** An image (or index) of a repository. */
export interface Image {
  digest: string;
  /** Byte for byte as pushed. */
  manifest: string;
  mediaType: string;
  /**
   * The config's media type, or the manifest's `artifactType`. An index has
   * none.
   */
  artifactMediaType?: string;
  /**
   * Size of config and layers. For an index, that of its largest image, as in
   * ECR.
   */
  sizeInBytes: number;
  /** Digests of an index's images. */
  children: string[];
  /** In the order in which they were added. */
  tags: string[];
  pushedAt: number;
  scan?: Scan;
}

/** The API's `imageId`: a tag, a digest, or both. */
export interface ImageId {
  imageDigest?: string;
  imageTag?: string;
}

/** The account and region of this registry, and its URL. */
export interface RegistryIdentity {
  accountId: string;
  region: string;
  /** The public URL, without a trailing slash. */
  url: string;
}
