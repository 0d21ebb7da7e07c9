import { z } from 'zod';
import { DIGEST_PATTERN } from './names';

/*
 * The registry's records, as stored in memory and on disk. Times are
 * milliseconds since the epoch; the JSON API converts them to seconds.
 */

export const MUTABILITIES = [
  'MUTABLE',
  'IMMUTABLE',
  'MUTABLE_WITH_EXCLUSION',
  'IMMUTABLE_WITH_EXCLUSION',
] as const;

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

export const exclusionFilterSchema = z.object({
  filterType: z.literal('WILDCARD'),
  filter: z.string().max(128),
});
export type ExclusionFilter = z.infer<typeof exclusionFilterSchema>;

export const resourceTagsSchema = z.array(
  z.object({ Key: z.string(), Value: z.string() }),
);

export const repositorySettingsSchema = z.object({
  name: z.string(),
  createdAt: z.number(),
  mutability: z.enum(MUTABILITIES),
  exclusionFilters: z.array(exclusionFilterSchema),
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
