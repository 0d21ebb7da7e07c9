import { z } from 'zod';
import {
  helmFileParameters,
  imagePolicies,
  resolveWriteBack,
  sourceOf,
  withImageTag,
} from '@landfall/backstage-plugin-delivery-common';
import { applicationSchema } from '../kubernetes/schemas';
import { recordedCases } from '@landfall/testing-kit';
import { imageInSpec, setImage } from './appImage';

const optional = z.string().optional();

const cases = recordedCases(
  'helm-parameters.json',
  z.object({
    helmParameters: z
      .array(z.object({ name: z.string(), value: z.string() }))
      .nullable(),
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
      }),
    ),
    noHelmBlock: z.boolean(),
    sourceType: z.string(),
  }),
  z.object({
    error: z.string().nullable(),
    helmParameters: z
      .array(
        z.object({
          name: z.string(),
          value: z.string(),
          forceString: z.boolean(),
        }),
      )
      .optional(),
    kustomizeImages: z.array(z.string()).optional(),
    log: z.array(z.string()),
    params: z.array(
      z.object({
        alias: z.string(),
        getError: z.string().nullable(),
        imageInSpecBefore: z.string(),
        nameParam: z.string(),
        tagParam: z.string(),
      }),
    ),
  }),
);

describe('images in the spec of an Application', () => {
  it.each(cases)('$id $note', ({ input, expected }) => {
    const application = applicationSchema.parse({
      metadata: { name: 'web', namespace: 'argocd' },
      spec: {
        source: {
          repoURL: 'https://git.example.com/org/deploy.git',
          ...(!input.noHelmBlock && {
            helm: { parameters: input.helmParameters ?? undefined },
          }),
        },
      },
      status: { sourceType: input.sourceType },
    });
    const log: string[] = [];
    const images = input.images.flatMap(image =>
      imagePolicies(
        [
          {
            alias: image.alias,
            imageName: image.imageName,
            manifestTargets: {
              helm: {
                name: image.helmImageName,
                tag: image.helmImageTag,
                spec: image.helmImageSpec,
              },
              kustomize:
                image.kustomizeImageName === undefined
                  ? undefined
                  : { name: image.kustomizeImageName },
            },
          },
        ],
        {},
        { report: ({ message }) => log.push(`warning: ${message}`) },
      ).map(updatable => ({ updatable, image })),
    );
    expect(log).toEqual(expected.log);
    const writeBack = resolveWriteBack(application, {}, 'argocd');
    expect(
      images.map(({ updatable }) => {
        const { name, tag } = helmFileParameters(updatable);
        return {
          alias: updatable.image.alias,
          nameParam: name,
          tagParam: tag,
          imageInSpecBefore: imageInSpec(application, writeBack, updatable),
        };
      }),
    ).toEqual(expected.params.map(({ getError, ...params }) => params));

    for (const { updatable, image } of images) {
      setImage(
        application,
        writeBack,
        updatable,
        withImageTag(updatable.image, {
          name: image.newTag ?? '',
          digest: image.newDigest ?? '',
        }),
      );
    }
    const source = sourceOf(application, writeBack);
    expect(
      (source?.helm?.parameters ?? []).map(parameter => ({
        forceString: false,
        ...parameter,
      })),
    ).toEqual(expected.helmParameters ?? []);
    expect(source?.kustomize?.images).toEqual(expected.kustomizeImages);
  });
});
