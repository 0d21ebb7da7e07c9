import { z } from 'zod';
import type { ResourceNode, ResourceTree } from '../../resourceTypes';
import { withoutUserInfo } from '../../../userInfo';
import { decodeHealthStatus, decodeTime } from '../../decode';

const text = z.string().nullish();

const nodeSchema = z.object({
  group: text,
  version: text,
  kind: z.string(),
  namespace: text,
  name: z.string(),
  uid: text,
  parentRefs: z.array(z.object({ uid: text })).nullish(),
  images: z.array(z.string()).nullish(),
  health: z.object({ status: text, message: text }).nullish(),
  info: z.array(z.object({ name: text, value: text })).nullish(),
  networkingInfo: z
    .object({ externalURLs: z.array(z.string()).nullish() })
    .nullish(),
  createdAt: text,
});

/** Answer of `GET /applications/{name}/resource-tree`. */
export const treeSchema = z.object({
  nodes: z.array(nodeSchema).nullish(),
  orphanedNodes: z.array(nodeSchema).nullish(),
});

export function toTree(answer: z.infer<typeof treeSchema>): ResourceTree {
  return {
    nodes: (answer.nodes ?? []).map(toNode),
    orphaned: (answer.orphanedNodes ?? []).map(toNode),
  };
}

function toNode(raw: z.infer<typeof nodeSchema>): ResourceNode {
  const { health } = raw;
  return {
    group: raw.group ?? '',
    version: raw.version ?? '',
    kind: raw.kind,
    namespace: raw.namespace || undefined,
    name: raw.name,
    uid: raw.uid || undefined,
    parents: (raw.parentRefs ?? []).flatMap(({ uid }) => (uid ? [uid] : [])),
    images: raw.images ?? [],
    health: health?.status
      ? {
          status: decodeHealthStatus(health.status),
          message: withoutUserInfo(health.message ?? '') || undefined,
        }
      : undefined,
    info: (raw.info ?? []).map(({ name, value }) => ({
      name: name ?? '',
      value: withoutUserInfo(value ?? ''),
    })),
    externalUrls: raw.networkingInfo?.externalURLs ?? [],
    createdAt: decodeTime(raw.createdAt),
  };
}
