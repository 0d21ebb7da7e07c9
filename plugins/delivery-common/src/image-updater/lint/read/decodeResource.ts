import { z } from 'zod';
import { imageUpdaterSpecSchema } from '../../settings/resource';
import { IMAGE_UPDATER_GROUP, IMAGE_UPDATER_KIND } from '../../types';
import type { LintedApplication, LintedUpdater } from '../types';
import { withDefaults } from './defaults';

/**
 * An ApplicationSet with the template of its Applications.
 *
 * @public
 */
export interface LintedApplicationSet {
  namespace: string;
  name: string;
  /** With the actions of the template, such as `{{name}}`, as written. */
  template: LintedApplication;
  /** A patch or a generator may add to the template. */
  isPatched: boolean;
}

/**
 * A resource that concerns the Image Updater.
 *
 * @public
 */
export type LintedResource =
  | { kind: 'Application'; application: LintedApplication }
  | { kind: 'ApplicationSet'; applicationSet: LintedApplicationSet }
  | { kind: 'ImageUpdater'; updater: LintedUpdater };

/**
 * Where a resource has another shape than Kubernetes accepts.
 *
 * @public
 */
export interface LintShapeError {
  path: (string | number)[];
  message: string;
}

/** Go treats `null` like an absent field. */
function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform(value => value ?? undefined);
}

const text = optional(z.string());

const metadataSchema = z.object({
  name: z.string().optional(),
  // Of an Application that `generateName` names.
  generateName: z.string().optional(),
  namespace: text,
  labels: optional(z.record(z.string(), z.unknown())),
  annotations: optional(z.record(z.string(), z.unknown())),
});

const sourceSchema = z.object({
  repoURL: text,
  path: text,
  chart: text,
  targetRevision: optional(z.union([z.string(), z.number().transform(String)])),
  helm: optional(z.looseObject({})),
  kustomize: optional(z.looseObject({})),
  plugin: optional(z.looseObject({})),
});

const applicationSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    source: optional(sourceSchema),
    sources: optional(z.array(sourceSchema)),
    sourceHydrator: optional(z.object({ drySource: sourceSchema })),
  }),
  status: optional(
    z.object({
      sourceType: text,
      sourceTypes: optional(z.array(z.string())),
      summary: optional(z.object({ images: optional(z.array(z.string())) })),
    }),
  ),
});

const applicationSetSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    template: z.looseObject({
      metadata: optional(z.looseObject({})),
      spec: z.unknown(),
    }),
    templatePatch: text,
    generators: optional(z.array(z.unknown())),
  }),
});

const updaterSchema = z.object({
  metadata: metadataSchema,
  spec: imageUpdaterSpecSchema,
});

const resourceSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
});

/**
 * Reads a resource as somebody wrote it; undefined if it is none that concerns
 * the Image Updater.
 *
 * @public
 * @param namespace - of resources that name none
 */
export function decodeLintedResource(
  value: unknown,
  namespace: string,
): LintedResource | LintShapeError | undefined {
  const resource = resourceSchema.safeParse(value).data;
  if (!resource) {
    return undefined;
  }
  const { kind, apiVersion } = resource;
  if (apiVersion.startsWith('argoproj.io/')) {
    switch (kind) {
      case 'Application':
        return decodeApplication(value, namespace);
      case 'ApplicationSet':
        return decodeApplicationSet(value, namespace);
      default:
        return undefined;
    }
  }
  return kind === IMAGE_UPDATER_KIND &&
    apiVersion.startsWith(`${IMAGE_UPDATER_GROUP}/`)
    ? decodeUpdater(value, namespace)
    : undefined;
}

function decodeApplicationSet(
  value: unknown,
  namespace: string,
): LintedResource | LintShapeError {
  const parsed = applicationSetSchema.safeParse(value);
  if (!parsed.success) {
    return shapeError(parsed.error);
  }
  const { metadata, spec } = parsed.data;
  const own = metadata.namespace ?? namespace;
  const { metadata: named = {}, spec: inner } = spec.template;
  const decoded = decodeApplication({ metadata: named, spec: inner }, own);
  if (!('application' in decoded)) {
    return { ...decoded, path: ['spec', 'template', ...decoded.path] };
  }
  const generators = JSON.stringify(spec.generators ?? []);
  return {
    kind: 'ApplicationSet',
    applicationSet: {
      namespace: own,
      name: nameOf(metadata),
      template: decoded.application,
      isPatched:
        spec.templatePatch !== undefined || generators.includes('"template":{'),
    },
  };
}

function decodeApplication(
  value: unknown,
  namespace: string,
): { kind: 'Application'; application: LintedApplication } | LintShapeError {
  const parsed = applicationSchema.safeParse(value);
  if (!parsed.success) {
    return shapeError(parsed.error);
  }
  const { metadata, spec, status } = parsed.data;
  const images = status?.summary?.images;
  return {
    kind: 'Application',
    application: {
      metadata: {
        name: nameOf(metadata),
        namespace: metadata.namespace ?? namespace,
        labels: texts(metadata.labels),
        annotations: texts(metadata.annotations),
      },
      spec,
      status: {
        ...(status?.sourceType && { sourceType: status.sourceType }),
        ...(status?.sourceTypes && { sourceTypes: status.sourceTypes }),
      },
      ...(images && { images }),
      written: value,
    },
  };
}

function decodeUpdater(
  value: unknown,
  namespace: string,
): LintedResource | LintShapeError {
  const parsed = updaterSchema.safeParse(value);
  if (!parsed.success) {
    return shapeError(parsed.error);
  }
  const { metadata, spec } = parsed.data;
  return {
    kind: 'ImageUpdater',
    updater: {
      name: nameOf(metadata),
      namespace: metadata.namespace ?? namespace,
      spec: withDefaults(spec),
      written: z.looseObject({ spec: z.unknown() }).parse(value).spec,
    },
  };
}

function nameOf({
  name,
  generateName,
}: z.infer<typeof metadataSchema>): string {
  return name ?? generateName ?? '';
}

/** Other values than text are findings of their own. */
function texts(
  values: Record<string, unknown> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([key, value]) => [
      key,
      typeof value === 'object' ? '' : String(value),
    ]),
  );
}

function shapeError({ issues: [issue] }: z.ZodError): LintShapeError {
  return {
    path: issue.path.map(step =>
      typeof step === 'symbol' ? String(step) : step,
    ),
    message: `${issue.path.map(String).join('.')}: ${issue.message}`,
  };
}
