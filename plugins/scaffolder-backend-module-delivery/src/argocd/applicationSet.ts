import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { isLabel, isSubdomain } from '@landfall/backstage-plugin-delivery-node';
import { z } from 'zod';
import { entityRefOfMark, normalizeEntityRef } from '../access';
import { generatorProblem } from './generators';
import { onlyDocument } from './onlyDocument';

const manifestSchema = z.looseObject({
  apiVersion: z.literal('argoproj.io/v1alpha1'),
  kind: z.literal('ApplicationSet'),
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
    generators: z.array(z.unknown()).min(1, 'needs a generator'),
    template: z.looseObject({
      metadata: z.looseObject({ name: z.string().min(1) }),
      spec: z.looseObject({
        project: z
          .string()
          .min(1)
          .refine(
            project => !project.includes('{{'),
            "must not be a template: Argo CD's API refuses that, since it couldn't check permissions",
          ),
        destination: z.looseObject({}),
      }),
    }),
  }),
});

// Everything is optional: what Argo CD returns may lack any of it.
const existingSchema = z.object({
  metadata: z
    .object({
      annotations: z.record(z.string(), z.unknown()).nullish(),
      resourceVersion: z.string().nullish(),
      namespace: z.string().nullish(),
    })
    .nullish(),
  spec: z
    .object({
      template: z
        .object({
          spec: z.object({ project: z.string().nullish() }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

/** The manifest of an ApplicationSet, with the parts that are read from it. */
export interface ApplicationSetManifest {
  name: string;
  /** Absent: the namespace of Argo CD itself. */
  namespace: string | undefined;
  /** Of the applications that it generates. */
  project: string;
  /** Of its mark, normalized. */
  entityRef: string;
  /** Whether the applications that it generates get a mark, too. */
  marksApplications: boolean;
  manifest: JsonObject;
}

/** Whom an ApplicationSet belongs to, and its state. */
export interface ExistingApplicationSet {
  entityRef?: string;
  project: string;
  namespace?: string;
  resourceVersion?: string;
}

/**
 * Reads the only ApplicationSet in a YAML text; documents of other kinds are skipped.
 * Throws an `InputError` that says what is wrong and where.
 */
export function parseApplicationSetYaml(
  text: string,
  fileName: string,
  entityRef: string | undefined,
): ApplicationSetManifest {
  const value = onlyDocument(text, fileName, 'ApplicationSet');
  return parseApplicationSet(value, fileName, entityRef);
}

/**
 * Checks a manifest, its generators too, and adds the mark of the entity. Without
 * `entityRef`, the entity is that of the manifest's own mark.
 *
 * Throws an `InputError` that says what is wrong and where.
 */
export function parseApplicationSet(
  value: unknown,
  where: string,
  entityRef: string | undefined,
): ApplicationSetManifest {
  const result = manifestSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new InputError(
      `${where} is not an Argo CD ApplicationSet: ${issue.path.join('.')}: ${
        issue.message
      }`,
    );
  }
  const { metadata, spec, ...rest } = result.data;
  const problem = spec.generators
    .map((generator, index) =>
      generatorProblem(generator, `spec.generators.${index}`),
    )
    .find(one => one !== undefined);
  if (problem) {
    throw new InputError(`${where} would generate nothing: ${problem}`);
  }
  const mark = markOf(metadata, entityRef);
  const marked = {
    ...rest,
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, [ENTITY_REF_MARK]: mark },
    },
    spec,
  };
  const { template } = spec;
  const annotations = z
    .looseObject({})
    .safeParse(template.metadata.annotations);
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    project: template.spec.project,
    entityRef: mark,
    marksApplications:
      annotations.success && ENTITY_REF_MARK in annotations.data,
    // Through JSON: a manifest can't hold what only YAML has, such as dates.
    manifest: JSON.parse(JSON.stringify(marked)),
  };
}

function markOf(
  { name, annotations }: { name: string; annotations?: Record<string, string> },
  entityRef: string | undefined,
): string {
  const own = annotations?.[ENTITY_REF_MARK];
  const mark = entityRef ?? own;
  if (mark === undefined) {
    throw new InputError(
      `Set entityRef, or the annotation ${ENTITY_REF_MARK} of the ApplicationSet ${name}: otherwise nobody could change it again`,
    );
  }
  const wanted = normalizeEntityRef(mark);
  if (own !== undefined && normalizeEntityRef(own) !== wanted) {
    throw new InputError(
      `The ApplicationSet ${name} has the annotation ${ENTITY_REF_MARK}: ${own}, and the input "entityRef" is ${wanted}. Give the same entity in both, or remove the annotation.`,
    );
  }
  return wanted;
}

/** Reads whom an ApplicationSet belongs to that Argo CD returned. */
export function readApplicationSet(set: JsonObject): ExistingApplicationSet {
  const { metadata, spec } = existingSchema.parse(set);
  const entityRef = entityRefOfMark(metadata?.annotations?.[ENTITY_REF_MARK]);
  const { namespace, resourceVersion } = metadata ?? {};
  return {
    // Argo CD reads an empty project as its own "default".
    project: spec?.template?.spec?.project || 'default',
    ...(entityRef && { entityRef }),
    ...(namespace && { namespace }),
    ...(resourceVersion && { resourceVersion }),
  };
}
