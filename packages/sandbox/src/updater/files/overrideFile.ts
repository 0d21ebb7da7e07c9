import { Document, parse } from 'yaml';
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
import type { EnvEntry, HelmParameter } from '../kubernetes/schemas';
import { mergeNamed } from '../update/mergeNamed';
import { isCompatible, printYaml, textScalar } from './yamlFile';

const text = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform(value => String(value ?? ''));

const overrideSchema = z.object({
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
  kustomize: z.object({ images: z.array(text).nullish() }).nullish(),
  plugin: z
    .object({
      env: z
        .array(z.object({ name: text.default(''), value: text.default('') }))
        .nullish(),
    })
    .nullish(),
});

/**
 * The file that Argo CD itself merges into an Application's source
 * (`.argocd-source-<application>.yaml`), with the images set. Other content of
 * the file is dropped. Empty if there is nothing to write.
 *
 * @param matched - the Application with its images set in its spec
 * @param original - the current file; undefined if there is none
 */
export function updateOverrideFile(
  { application, images, writeBack }: ManagedApplication,
  original: string | undefined,
): string {
  const source = sourceOf(application, writeBack);
  const present = readOverride(original);
  if (images.some(hasPluginTarget)) {
    if (!source?.plugin) {
      return '';
    }
    const targets = new Set(
      images.flatMap(({ plugin: { name, tag, spec } }) =>
        spec === '' ? [name, tag] : [spec],
      ),
    );
    targets.delete('');
    const env = mergeNamed<EnvEntry>(
      present?.plugin?.env ?? [],
      (source.plugin.env ?? [])
        .filter(({ name }) => targets.has(name))
        .map(({ name, value }) => ({ name, value })),
    );
    return print({
      plugin: {
        env: env.map(({ name, value }) => ({
          name: textScalar(name),
          value: textScalar(value),
        })),
      },
    });
  }
  switch (applicationTypeOf(application, writeBack)) {
    case 'kustomize': {
      if (!source?.kustomize) {
        return '';
      }
      const changes = source.kustomize.images ?? [];
      // Two names of one image are only merged in an existing file.
      const merged = present
        ? mergeImages(present.kustomize?.images ?? [], changes)
        : changes;
      return print({ kustomize: { images: merged.map(textScalar) } });
    }
    case 'helm': {
      if (!source?.helm) {
        return '';
      }
      const managed = new Set(
        images.map(helmFileParameters).flatMap(({ name, tag }) => [name, tag]),
      );
      managed.delete('');
      const parameters = mergeNamed<HelmParameter>(
        (present?.helm?.parameters ?? []).map(({ forcestring, ...named }) => ({
          ...named,
          forceString: forcestring ?? false,
        })),
        (source.helm.parameters ?? []).filter(({ name }) => managed.has(name)),
      );
      return print({
        helm: {
          parameters: parameters
            .sort((a, b) =>
              Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)),
            )
            .map(({ name, value, forceString }) => ({
              name: textScalar(name),
              value: textScalar(value),
              forcestring: forceString ?? false,
            })),
        },
      });
    }
    default:
      throw new Error('unsupported application type');
  }
}

/** A file in an unexpected format is treated as missing. */
function readOverride(original: string | undefined) {
  if (!original || !isCompatible(original)) {
    return undefined;
  }
  try {
    return overrideSchema.safeParse(parse(original)).data;
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

function print(override: object): string {
  return printYaml(new Document(override));
}
