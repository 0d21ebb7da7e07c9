import { z } from 'zod';
import { attempt } from '../__testUtils__/attempt';
import { applicationSchema } from '../kubernetes/schemas';
import {
  fullName,
  fullNameWithTag,
  imageText,
  parseImage,
  tagWithDigest,
} from '../policy/image';
import {
  effectiveImage,
  effectiveImageSchema,
} from '../__testUtils__/effectiveImages';
import { recordedCases } from '../__testUtils__/recordings';
import { imagesFromAnnotations, settingsFromAnnotations } from './annotations';
import { updatableImages } from './images';

const cases = recordedCases(
  'image-list.json',
  z.union([
    z.object({ identifier: z.string() }),
    z.object({ annotations: z.record(z.string(), z.string()) }),
  ]),
  z.unknown(),
);

describe('image references', () => {
  const references = cases.flatMap(({ id, input, expected }) =>
    'identifier' in input ? [{ id, text: input.identifier, expected }] : [],
  );

  it.each(references)('$id $text', ({ text, expected }) => {
    const image = parseImage(text);
    expect({
      alias: image.alias,
      name: image.name,
      registry: image.registry,
      tag: image.tag?.name ?? null,
      digest: image.tag?.digest ?? null,
      fullNameWithTag: fullNameWithTag(image),
      fullNameWithoutTag: fullName(image),
      string: imageText(image),
      tagWithDigest: tagWithDigest(image),
    }).toEqual(expected);
  });
});

describe('image list annotations', () => {
  const lists = cases.flatMap(({ id, note, input, expected }) =>
    'annotations' in input
      ? [
          {
            id,
            note,
            annotations: input.annotations,
            expected: z
              .object({
                error: z.string().nullable(),
                images: z.array(effectiveImageSchema).nullable(),
                log: z.array(z.string()).default([]),
              })
              .parse(expected),
          },
        ]
      : [],
  );

  it.each(lists)('$id $note', ({ annotations, expected }) => {
    const application = applicationSchema.parse({
      metadata: { name: 'web', namespace: 'argocd', annotations },
      spec: {},
    });
    const log: string[] = [];
    const read = () =>
      updatableImages(
        imagesFromAnnotations(application),
        settingsFromAnnotations(application),
        { warn: message => log.push(`warning: ${message}`) },
      );
    expect(attempt(() => read().map(effectiveImage))).toEqual(
      expected.error === null
        ? { value: expected.images }
        : { error: expected.error },
    );
    expect(log).toEqual(expected.log);
  });
});
