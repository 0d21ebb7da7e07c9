import { randomUUID } from 'node:crypto';
import {
  SEVERITIES,
  type Finding,
  type RegistryIdentity,
} from '../model/types';

/** An event as EventBridge delivers it to a target without an input transformer. */
export interface EcrEvent {
  version: '0';
  id: string;
  'detail-type': string;
  source: 'aws.ecr';
  account: string;
  /** ISO 8601 in whole seconds. */
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
}

/**
 * `ECR Image Action`: an image was pushed or deleted, with or without a tag.
 */
export function imageActionEvent(options: {
  identity: RegistryIdentity;
  action: 'PUSH' | 'DELETE';
  repository: string;
  digest: string;
  tag?: string;
  mediaType: string;
  artifactMediaType?: string;
  now: number;
}): EcrEvent {
  const { tag, artifactMediaType } = options;
  return {
    ...envelope(options.identity, options.now, 'ECR Image Action', []),
    detail: {
      result: 'SUCCESS',
      'repository-name': options.repository,
      'image-digest': options.digest,
      'action-type': options.action,
      ...(tag === undefined ? {} : { 'image-tag': tag }),
      'manifest-media-type': options.mediaType,
      ...(artifactMediaType === undefined
        ? {}
        : { 'artifact-media-type': artifactMediaType }),
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
  now: number;
}): EcrEvent {
  return {
    ...envelope(options.identity, options.now, 'ECR Image Scan', [
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
  for (const severity of SEVERITIES) {
    const count = findings.filter(f => f.severity === severity).length;
    if (count > 0) {
      counts[severity] = count;
    }
  }
  return counts;
}

export function repositoryArn(identity: RegistryIdentity, name: string) {
  return `arn:aws:ecr:${identity.region}:${identity.accountId}:repository/${name}`;
}

function envelope(
  identity: RegistryIdentity,
  now: number,
  detailType: string,
  resources: string[],
) {
  return {
    version: '0' as const,
    id: randomUUID(),
    'detail-type': detailType,
    source: 'aws.ecr' as const,
    account: identity.accountId,
    time: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: identity.region,
    resources,
  };
}
