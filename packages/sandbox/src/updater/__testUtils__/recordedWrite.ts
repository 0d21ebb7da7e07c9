import { z } from 'zod';
import {
  imagePolicies,
  resolveWriteBack,
  withImageTag,
} from '@landfall/backstage-plugin-delivery-common';
import {
  applicationSchema,
  type ManagedApplication,
} from '../kubernetes/schemas';
import { setImage } from '../update/appImage';

const optional = z.string().optional();

/** The inputs of the recorded file writes. */
export const writeInputSchema = z.object({
  sourceType: z.string(),
  writeBackTarget: z.string().nullable(),
  method: z.string(),
  path: z.string(),
  namespace: z.string().optional(),
  liveImages: z.array(z.string()),
  helmParameters: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .nullish(),
  kustomizeImages: z.array(z.string()).nullish(),
  noSourceBlock: z.boolean().optional(),
  files: z.record(z.string(), z.string()),
  images: z.array(
    z.object({
      alias: z.string(),
      imageName: z.string(),
      newTag: optional,
      newDigest: optional,
      helmImageName: optional,
      helmImageTag: optional,
      helmImageSpec: optional,
      kustomizeImageName: optional,
      pluginEnvName: optional,
      pluginEnvTag: optional,
    }),
  ),
});

/** The recorded results. They only contain new or changed files. */
export const writeExpectedSchema = z.object({
  changedFiles: z.record(z.string(), z.string()).nullable(),
  error: z.string().nullable(),
  skipped: z.boolean(),
  helmParameters: z
    .array(
      z.object({
        name: z.string(),
        value: z.string(),
        forceString: z.boolean(),
      }),
    )
    .nullish(),
  kustomizeImages: z.array(z.string()).nullish(),
});

/** The Application of a recorded case, with the case's images set. */
export function recordedApplication(
  input: z.infer<typeof writeInputSchema>,
): ManagedApplication {
  const tool = {
    ...(input.sourceType === 'Helm' && {
      helm: { parameters: input.helmParameters ?? undefined },
    }),
    ...(input.sourceType === 'Kustomize' && {
      kustomize: { images: input.kustomizeImages ?? undefined },
    }),
  };
  const application = applicationSchema.parse({
    metadata: { name: 'web', namespace: 'argocd' },
    spec: {
      source: {
        repoURL: 'https://git.example.com/org/deploy.git',
        path: input.path,
        ...(input.noSourceBlock ? {} : tool),
      },
    },
    status: {
      sourceType: input.sourceType,
      summary: { images: input.liveImages },
    },
  });
  const images = imagePolicies(
    input.images.map(image => ({
      alias: image.alias,
      imageName: image.imageName,
      manifestTargets: {
        helm: presence(
          image.helmImageName,
          image.helmImageTag,
          image.helmImageSpec,
        ),
        kustomize:
          image.kustomizeImageName === undefined
            ? undefined
            : { name: image.kustomizeImageName },
        plugin: presence(image.pluginEnvName, image.pluginEnvTag),
      },
    })),
    {},
    { report: () => {} },
  );
  const matched: ManagedApplication = {
    application,
    images,
    writeBack: resolveWriteBack(
      application,
      {
        method: input.method,
        gitConfig: { writeBackTarget: input.writeBackTarget ?? undefined },
      },
      'argocd',
    ),
  };
  input.images.forEach(({ newTag, newDigest }, at) => {
    if (newTag !== undefined || newDigest !== undefined) {
      setImage(
        application,
        matched.writeBack,
        images[at],
        withImageTag(images[at].image, {
          name: newTag ?? '',
          digest: newDigest ?? '',
        }),
      );
    }
  });
  return matched;
}

function presence(name?: string, tag?: string, spec?: string) {
  return name === undefined && tag === undefined && spec === undefined
    ? undefined
    : { name, tag, spec };
}
