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

export const repositorySettingsSchema = z.object({
  name: z.string(),
  createdAt: z.number(),
  mutability: mutabilitySchema,
  scanOnPush: z.boolean(),
  encryption: z.object({
    encryptionType: z.enum(['AES256', 'KMS', 'KMS_DSSE']),
    kmsKey: z.string().optional(),
  }),
  tags: resourceTagsSchema,
  lifecyclePolicyText: z.string().optional(),
  policyText: z.string().optional(),
  /**
   * What the next scan of an image of this repository finds, since the sandbox
   * has no real scanner.
   */
  vulnerabilities: z.array(findingSchema),
});
/** Everything about a repository except its images. */
export type RepositorySettings = z.infer<typeof repositorySettingsSchema>;

const scanSchema = z.object({
  startedAt: z.number(),
  findings: z.array(findingSchema),
});
export type Scan = z.infer<typeof scanSchema>;

export const imageSchema = z.object({
  digest: z.string().regex(DIGEST_PATTERN),
  /** Byte for byte as pushed. */
  manifest: z.string(),
  mediaType: z.string(),
  /**
   * The config's media type, or the manifest's `artifactType`. An index has
   * none.
   */
  artifactMediaType: z.string().optional(),
  /**
   * Size of config and layers. For an index, that of its largest image, as in
   * ECR.
   */
  sizeInBytes: z.number(),
  /** Digests of an index's images. */
  children: z.array(z.string()),
  /** In the order in which they were added. */
  tags: z.array(z.string()),
  pushedAt: z.number(),
  scan: scanSchema.optional(),
});
/** An image (or index) of a repository. */
export type Image = z.infer<typeof imageSchema>;

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
