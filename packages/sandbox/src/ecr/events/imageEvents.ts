import { randomUUID } from 'node:crypto';
import { timestamp } from '../../argocd/time';
import type { Finding, Image, RegistryIdentity } from '../model/types';

/** An event as EventBridge delivers it to a target without an input transformer. */
export type EcrEvent = ReturnType<typeof envelope> & { detail: object };

/**
 * `ECR Image Action`: an image was pushed or deleted, with or without a tag.
 */
export function imageActionEvent(options: {
  identity: RegistryIdentity;
  action: 'PUSH' | 'DELETE';
  repository: string;
  image: Image;
  tag?: string;
}): EcrEvent {
  const { tag, image } = options;
  return {
    ...envelope(options.identity, 'ECR Image Action', []),
    detail: {
      result: 'SUCCESS',
      'repository-name': options.repository,
      'image-digest': image.digest,
      'action-type': options.action,
      ...(tag !== undefined && { 'image-tag': tag }),
      'manifest-media-type': image.mediaType,
      ...(image.artifactMediaType !== undefined && {
        'artifact-media-type': image.artifactMediaType,
      }),
    },
  };
}

/** `ECR Image Scan`: a basic scan ended. */
export function imageScanEvent(options: {
  identity: RegistryIdentity;
  repository: string;
  digest: string;
  tags: string[];
  findings: Finding[];
}): EcrEvent {
  return {
    ...envelope(options.identity, 'ECR Image Scan', [
      repositoryArn(options.identity, options.repository),
    ]),
    detail: {
      'scan-status': 'COMPLETE',
      'repository-name': options.repository,
      'finding-severity-counts': severityCounts(options.findings),
      'image-digest': options.digest,
      'image-tags': options.tags,
    },
  };
}

/** Counts findings by severity. Only contains severities that occur. */
export function severityCounts(findings: Finding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { severity } of findings) {
    counts[severity] = (counts[severity] ?? 0) + 1;
  }
  return counts;
}

export function repositoryArn(identity: RegistryIdentity, name: string) {
  return `arn:aws:ecr:${identity.region}:${identity.accountId}:repository/${name}`;
}

function envelope(
  identity: RegistryIdentity,
  detailType: string,
  resources: string[],
) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source: 'aws.ecr',
    account: identity.accountId,
    time: timestamp(),
    region: identity.region,
    resources,
  };
}
