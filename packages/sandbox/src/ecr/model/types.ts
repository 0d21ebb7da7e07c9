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

export const SEVERITIES = [
  'CRITICAL',
  'HIGH',
  'MEDIUM',
  'LOW',
  'INFORMATIONAL',
  'UNDEFINED',
] as const;

const time = z.number().nonnegative();

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

const exclusionFilterSchema = z.object({
  filterType: z.literal('WILDCARD'),
  filter: z.string(),
});
export type ExclusionFilter = z.infer<typeof exclusionFilterSchema>;

export const repositorySettingsSchema = z.object({
  name: z.string(),
  createdAt: time,
  mutability: z.enum(MUTABILITIES),
  exclusionFilters: z.array(exclusionFilterSchema),
  scanOnPush: z.boolean(),
  encryption: z.object({
    encryptionType: z.enum(['AES256', 'KMS', 'KMS_DSSE']),
    kmsKey: z.string().optional(),
  }),
  tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
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
  startedAt: time,
  findings: z.array(findingSchema),
});
export type Scan = z.infer<typeof scanSchema>;

const digest = z.string().regex(DIGEST_PATTERN);

export const imageRecordSchema = z.object({
  digest,
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
  sizeInBytes: z.number().nonnegative(),
  /** Digests of an index's images. */
  children: z.array(digest),
  pushedAt: time,
  scan: scanSchema.optional(),
});
/** An image (or index) of a repository, without its tags. */
export type ImageRecord = z.infer<typeof imageRecordSchema>;

/** A read-only view of a stored repository with its images and tags. */
export interface Repository {
  readonly settings: RepositorySettings;
  readonly images: ReadonlyMap<string, ImageRecord>;
  /** Tag to digest. */
  readonly tags: ReadonlyMap<string, string>;
  /** Digest to its tags. */
  readonly tagsByDigest: ReadonlyMap<string, ReadonlySet<string>>;
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
