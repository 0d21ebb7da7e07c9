import type { JsonObject } from '@backstage/types';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { posix } from 'node:path';
import { z } from 'zod';
import { entityRefOfMark } from '../access';

/** What decides who an Application belongs to. */
export interface ApplicationIdentity {
  /** The entity ref of its annotation, normalized where it is one. */
  entityRef?: string;
  project: string;
  /** Repository and path or chart of each source, sorted as text. */
  sources: string[];
}

// Everything is optional: an Application that Argo CD returns may lack any of it.
const sourceSchema = z.object({
  repoURL: z.string().nullish(),
  path: z.string().nullish(),
  chart: z.string().nullish(),
});
const applicationSchema = z.object({
  metadata: z
    .object({ annotations: z.record(z.string(), z.unknown()).nullish() })
    .nullish(),
  spec: z
    .object({
      project: z.string().nullish(),
      source: sourceSchema.nullish(),
      sources: z.array(sourceSchema).nullish(),
      sourceHydrator: z.object({ drySource: sourceSchema.nullish() }).nullish(),
    })
    .nullish(),
});

type Source = z.infer<typeof sourceSchema>;

/**
 * Reads the identity of an Application, be it a manifest or one that Argo CD
 * returned. Throws a `ZodError` if its fields have other types than in Argo CD's
 * CRD.
 */
export function identityOf(application: JsonObject): ApplicationIdentity {
  const { metadata, spec } = applicationSchema.parse(application);
  return {
    entityRef: entityRefOfMark(metadata?.annotations?.[ENTITY_REF_MARK]),
    // Argo CD reads an empty project as its own "default".
    project: spec?.project || 'default',
    sources: sourcesOf(spec ?? {})
      .map(describeSource)
      .sort((a, b) => a.localeCompare(b)),
  };
}

function sourcesOf(spec: {
  source?: Source | null;
  sources?: Source[] | null;
  sourceHydrator?: { drySource?: Source | null } | null;
}): Source[] {
  const drySource = spec.sourceHydrator?.drySource;
  if (drySource) {
    return [drySource];
  }
  // Applications with several sources still carry an empty `source`.
  if (spec.sources?.length) {
    return spec.sources;
  }
  return spec.source?.repoURL ? [spec.source] : [];
}

/** Where a source comes from. The revision is left out: an owner may change it. */
function describeSource({ repoURL, path, chart }: Source): string {
  const repository = withoutVariations(repoURL ?? '');
  return chart
    ? `${repository} (chart ${chart})`
    : `${repository} (path ${
        posix.relative('/', posix.join('/', path ?? '')) || '.'
      })`;
}

/**
 * Removes the differences between URLs that are the same repository for Argo CD.
 * User info isn't part of the repository, and must not reach a message.
 */
function withoutVariations(repoUrl: string): string {
  let text = repoUrl.trim();
  if (URL.canParse(text)) {
    const url = new URL(text);
    url.username = '';
    url.password = '';
    text = url.href;
  }
  if (text.endsWith('/')) {
    text = text.slice(0, -1);
  }
  return text.endsWith('.git') ? text.slice(0, -'.git'.length) : text;
}

/**
 * Why an Application may not be an entity's own, by its mark alone; undefined if it
 * carries the mark. In two parts: what is the case, and what to do, if anything helps.
 */
export function ownerFault(
  application: JsonObject,
  { name, entityRef }: { name: string; entityRef: string },
): { fault: string; remedy?: string } | undefined {
  const owner = identityOf(application).entityRef;
  if (owner === entityRef) {
    return undefined;
  }
  return owner
    ? {
        fault: `The Application ${name} belongs to ${owner} by its annotation ${ENTITY_REF_MARK}, not to ${entityRef}`,
      }
    : {
        fault: `The Application ${name} has no annotation ${ENTITY_REF_MARK}, so it may not belong to ${entityRef}`,
        remedy: `If it does, have its owner set the annotation to ${entityRef}`,
      };
}
