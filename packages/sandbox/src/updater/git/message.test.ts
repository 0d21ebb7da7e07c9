import { z } from 'zod';
import { parseContainerImage } from '@landfall/backstage-plugin-delivery-common';
import { recordedCases } from '@landfall/testing-kit';
import type { ImageChange } from '../update/planUpdate';
import { commitMessage } from './message';

const changeSchema = z.object({
  image: z.string(),
  alias: z.string().default(''),
  oldTag: z.string().default(''),
  oldDigest: z.string().default(''),
  newTag: z.string().default(''),
  newDigest: z.string().default(''),
});

function changeOf(change: z.infer<typeof changeSchema>): ImageChange {
  return {
    image: { ...parseContainerImage(change.image), alias: change.alias },
    oldTag: { name: change.oldTag, digest: change.oldDigest },
    newTag: { name: change.newTag, digest: change.newDigest },
  };
}

describe('the commit message', () => {
  // A custom template is a setting of the real updater's installation, which
  // this one doesn't have.
  const cases = recordedCases(
    'commit-message.json',
    z.object({
      appName: z.string(),
      changes: z.array(changeSchema).nullable(),
      template: z.string().nullable(),
    }),
    z.object({ message: z.string().nullish() }),
  ).filter(({ input }) => input.template === null);

  it('is recorded', () => {
    expect(cases.length).toBeGreaterThan(5);
  });

  it.each(cases)('$id $note', ({ input, expected }) => {
    expect(
      commitMessage(input.appName, (input.changes ?? []).map(changeOf)),
    ).toBe(expected.message);
  });
});
