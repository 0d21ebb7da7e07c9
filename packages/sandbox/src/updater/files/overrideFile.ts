import { Document, Pair, Scalar, YAMLMap, YAMLSeq, parse } from 'yaml';
import { z } from 'zod';
import {
  type ContainerImage,
  applicationTypeOf,
  hasPluginTarget,
  helmFileParameters,
  parseContainerImage,
  sameImageTag,
  sourceOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { ManagedApplication } from '../managed';
import type { HelmParameter } from '../kubernetes/schemas';
import { documentStart, goScalar, printDocument } from './goYaml';

const text = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform(value => String(value ?? ''));

const helmSchema = z.object({
  helm: z
    .object({
      parameters: z
        .array(
          z.object({
            name: text.default(''),
            value: text.default(''),
            forcestring: z.boolean().nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

const kustomizeSchema = z.object({
  kustomize: z.object({ images: z.array(text).nullish() }).nullish(),
});

const pluginSchema = z.object({
  plugin: z
    .object({
      env: z
        .array(z.object({ name: text.default(''), value: text.default('') }))
        .nullish(),
    })
    .nullish(),
});

/**
 * The file that Argo CD itself lays over an Application's source
 * (`.argocd-source-<application>.yaml`), with the images set; what else is in
 * it goes. Empty when there is nothing to write.
 *
 * @param matched - the Application with its images set in its spec
 * @param original - the file as it is; undefined when there is none
 */
export function updateOverrideFile(
  { application, images, writeBack }: ManagedApplication,
  original: string | undefined,
): string {
  const source = sourceOf(application, writeBack);
  if (images.some(hasPluginTarget)) {
    if (!source?.plugin) {
      return '';
    }
    const names = new Set(
      images.flatMap(({ plugin }) => [plugin.spec, plugin.name, plugin.tag]),
    );
    names.delete('');
    return print('plugin', 'env', {
      entries: mergeNamed(
        readOverride(original, pluginSchema)?.plugin?.env ?? [],
        (source.plugin.env ?? []).filter(({ name }) => names.has(name)),
      ).map(({ name, value }) => mapOf({ name, value })),
      start: original,
    });
  }
  switch (applicationTypeOf(application, writeBack)) {
    case 'kustomize': {
      if (!source?.kustomize) {
        return '';
      }
      const present = readOverride(original, kustomizeSchema);
      const changes = source.kustomize.images ?? [];
      // Only in a file that is there already do two names of one image collapse.
      const merged = present
        ? mergeImages(present.kustomize?.images ?? [], changes)
        : changes;
      return print('kustomize', 'images', {
        entries: merged.map(goScalar),
        start: original,
      });
    }
    case 'helm': {
      if (!source?.helm) {
        return '';
      }
      const managed = new Set(
        images.map(helmFileParameters).flatMap(({ name, tag }) => [name, tag]),
      );
      managed.delete('');
      const present = readOverride(original, helmSchema)?.helm?.parameters;
      const parameters = mergeNamed<HelmParameter>(
        (present ?? []).map(({ name, value, forcestring }) => ({
          name,
          value,
          forceString: forcestring ?? false,
        })),
        (source.helm.parameters ?? []).filter(({ name }) => managed.has(name)),
      );
      return print('helm', 'parameters', {
        entries: parameters
          .sort((a, b) =>
            Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)),
          )
          .map(({ name, value, forceString }) =>
            mapOf({ name, value, forcestring: forceString ?? false }),
          ),
        start: original,
      });
    }
    default:
      throw new Error('unsupported application type');
  }
}

/** A file that isn't of the expected form counts as none. */
function readOverride<T>(
  original: string | undefined,
  schema: z.ZodType<T>,
): T | undefined {
  if (!original) {
    return undefined;
  }
  try {
    return schema.safeParse(parse(original)).data;
  } catch {
    return undefined;
  }
}

function mergeImages(
  present: readonly string[],
  changes: readonly string[],
): string[] {
  const merged = [...present];
  for (const change of changes) {
    const image = parseContainerImage(change);
    const at = merged.findIndex(entry =>
      isSameImage(parseContainerImage(entry), image),
    );
    const current = at < 0 ? undefined : parseContainerImage(merged[at]);
    if (!current) {
      merged.push(change);
    } else if (
      !current.tag ||
      (image.tag && !sameImageTag(current.tag, image.tag))
    ) {
      merged[at] = change;
    }
  }
  return merged;
}

function isSameImage(a: ContainerImage, b: ContainerImage): boolean {
  const registryOf = ({ registry }: ContainerImage) => registry || 'docker.io';
  return a.name === b.name && registryOf(a) === registryOf(b);
}

function mergeNamed<T extends { name: string }>(
  present: readonly T[],
  changes: readonly T[],
): T[] {
  const merged = [...present];
  for (const change of changes) {
    const at = merged.findIndex(({ name }) => name === change.name);
    if (at < 0) {
      merged.push(change);
    } else {
      merged[at] = change;
    }
  }
  return merged;
}

function mapOf(values: Record<string, string | boolean>): YAMLMap {
  const map = new YAMLMap();
  for (const [key, value] of Object.entries(values)) {
    map.items.push(
      new Pair(
        new Scalar(key),
        typeof value === 'string' ? goScalar(value) : new Scalar(value),
      ),
    );
  }
  return map;
}

function print(
  tool: string,
  list: string,
  { entries, start }: { entries: (YAMLMap | Scalar)[]; start?: string },
): string {
  const sequence = new YAMLSeq();
  sequence.items.push(...entries);
  const inner = new YAMLMap();
  inner.items.push(new Pair(new Scalar(list), sequence));
  const outer = new YAMLMap();
  outer.items.push(new Pair(new Scalar(tool), inner));
  return `${documentStart(start ?? '')}${printDocument(new Document(outer))}`;
}
