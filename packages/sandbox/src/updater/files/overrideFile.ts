import { Document, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import {
  applicationTypeOf,
  helmFileParameters,
  parseContainerImage,
  sameImageTag,
  sourceOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { ManagedApplication } from '../kubernetes/schemas';
import { mergeNamed } from '../update/appImage';
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
  matched: ManagedApplication,
  original: string | undefined,
): string {
  const { application, images, writeBack } = matched;
  const { helm, kustomize } = sourceOf(application, writeBack) ?? {};
  const present = readOverride(original);
  const type = applicationTypeOf(application, writeBack);
  if (type === 'kustomize') {
    const changes = kustomize?.images ?? [];
    // Two names of one image are only merged in an existing file.
    const merged = present
      ? mergeImages(present.kustomize?.images ?? [], changes)
      : changes;
    const override = { kustomize: { images: merged.map(textScalar) } };
    return kustomize ? printYaml(new Document(override)) : '';
  }
  if (type !== 'helm') {
    throw new Error('unsupported application type');
  }
  const managed = new Set(
    images.map(helmFileParameters).flatMap(({ name, tag }) => [name, tag]),
  );
  managed.delete('');
  const changes = (helm?.parameters ?? [])
    .filter(({ name }) => managed.has(name))
    .map(({ name, value, forceString }) => ({
      name,
      value,
      forcestring: forceString,
    }));
  const parameters = mergeNamed<(typeof changes)[number]>(
    (present?.helm?.parameters ?? []).map(({ forcestring, ...named }) => ({
      ...named,
      forcestring: forcestring ?? false,
    })),
    changes,
  )
    .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
    .map(({ name, value, forcestring = false }) => ({
      name: textScalar(name),
      value: textScalar(value),
      forcestring,
    }));
  return helm ? printYaml(new Document({ helm: { parameters } })) : '';
}

/** A file in an unexpected format is treated as missing. */
function readOverride(original: string | undefined) {
  if (!original || !isCompatible(original)) {
    return undefined;
  }
  try {
    // Only the first of several documents is read.
    const [first] = parseAllDocuments(original);
    return first && first.errors.length === 0
      ? overrideSchema.safeParse(first.toJS()).data
      : undefined;
  } catch {
    return undefined;
  }
}

function mergeImages(
  present: readonly string[],
  changes: readonly string[],
): string[] {
  const idOf = (entry: string) => {
    const { registry, name } = parseContainerImage(entry);
    return `${registry || 'docker.io'}/${name}`;
  };
  const merged = [...present];
  for (const change of changes) {
    const at = merged.findIndex(entry => idOf(entry) === idOf(change));
    const current = parseContainerImage(merged[at] ?? '').tag;
    const { tag } = parseContainerImage(change);
    if (at < 0) {
      merged.push(change);
    } else if (!current || (tag && !sameImageTag(current, tag))) {
      merged[at] = change;
    }
  }
  return merged;
}
