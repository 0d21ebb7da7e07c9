import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { isLabel, isSubdomain } from '@landfall/backstage-plugin-delivery-node';
import { z } from 'zod';
import { normalizeEntityRef } from '../access';
import { type ApplicationIdentity, identityOf } from './identity';
import { onlyDocument } from './onlyDocument';

const sourceSchema = z.looseObject({
  repoURL: z.string().optional(),
  path: z.string().optional(),
  chart: z.string().optional(),
});

const applicationSchema = z.looseObject({
  apiVersion: z.literal('argoproj.io/v1alpha1'),
  kind: z.literal('Application'),
  metadata: z.looseObject({
    name: z
      .string()
      .refine(
        isSubdomain,
        'must be a DNS name: lower-case letters, digits, - and .',
      ),
    namespace: z
      .string()
      .refine(isLabel, 'must be a DNS label: lower-case letters, digits and -')
      .optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.looseObject({
    project: z.string().min(1),
    destination: z.looseObject({}),
    source: sourceSchema.optional(),
    sources: z.array(sourceSchema).optional(),
    sourceHydrator: z.looseObject({ drySource: sourceSchema }).optional(),
  }),
});

/** The manifest of an Argo CD Application, with the parts that are read from it. */
export interface ApplicationManifest {
  name: string;
  /** Absent: the namespace of Argo CD itself. */
  namespace: string | undefined;
  project: string;
  identity: ApplicationIdentity;
  manifest: JsonObject;
}

/**
 * Reads the only Application in a YAML text; documents of other kinds are skipped.
 * Throws an `InputError` that says what is wrong and where.
 */
export function parseApplicationYaml(
  text: string,
  fileName: string,
): ApplicationManifest {
  return parseApplication(
    onlyDocument(text, fileName, 'Application'),
    fileName,
  );
}

/** Checks a manifest. Throws an `InputError` that says what is wrong and where. */
export function parseApplication(
  value: unknown,
  where: string,
): ApplicationManifest {
  const result = applicationSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new InputError(
      `${where} is not an Argo CD Application: ${issue.path.join('.')}: ${
        issue.message
      }`,
    );
  }
  const { metadata, spec } = result.data;
  // Through JSON: a manifest can't hold what only YAML has, such as dates.
  const manifest: JsonObject = JSON.parse(JSON.stringify(result.data));
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    project: spec.project,
    identity: identityOf(manifest),
    manifest,
  };
}

/**
 * Adds the mark of an entity to the manifest. Without `entityRef`, the entity is
 * that of the manifest's own mark, if it has one. Throws an `InputError` if both
 * are given and differ, and for a mark that is not an entity ref.
 */
export function markApplication(
  application: ApplicationManifest,
  entityRef: string | undefined,
): ApplicationManifest {
  const own = application.identity.entityRef;
  const mark = entityRef ?? own;
  if (mark === undefined) {
    return application;
  }
  const wanted = normalizeEntityRef(mark);
  if (own !== undefined && own !== wanted) {
    throw new InputError(
      `The Application ${application.name} has the annotation ${ENTITY_REF_MARK}: ${own}, and the input "entityRef" is ${wanted}. Give the same entity in both, or remove the annotation.`,
    );
  }
  const { metadata, ...rest } = applicationSchema.parse(application.manifest);
  const annotations = { ...metadata.annotations, [ENTITY_REF_MARK]: wanted };
  const marked = { ...rest, metadata: { ...metadata, annotations } };
  return parseApplication(marked, `The Application ${application.name}`);
}
