import { z } from 'zod';
import { attempt } from '../__testUtils__/attempt';
import {
  fullImageName,
  fullImageReference,
  imageListEntry,
  parseContainerImage,
  tagWithDigest,
} from '../image/image';
import {
  effectiveImage,
  effectiveImageSchema,
} from '../__testUtils__/effectiveImages';
import { recordedCases } from '@landfall/testing-kit';
import { imagesFromAnnotations, settingsFromAnnotations } from './annotations';
import { imagePolicies } from './images';

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
    const image = parseContainerImage(text);
    expect({
      alias: image.alias,
      name: image.name,
      registry: image.registry,
      tag: image.tag?.name ?? null,
      digest: image.tag?.digest ?? null,
      fullNameWithTag: fullImageReference(image),
      fullNameWithoutTag: fullImageName(image),
      string: imageListEntry(image),
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
    const application = {
      metadata: { name: 'web', namespace: 'argocd', annotations },
    };
    const log: string[] = [];
    const read = () =>
      imagePolicies(
        imagesFromAnnotations(application),
        settingsFromAnnotations(application),
        { report: ({ message }) => log.push(`warning: ${message}`) },
      );
    expect(attempt(() => read().map(effectiveImage))).toEqual(
      expected.error === null
        ? { value: expected.images }
        : { error: expected.error },
    );
    expect(log).toEqual(expected.log);
  });
});
