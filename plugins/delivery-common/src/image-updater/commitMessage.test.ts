import { readRecordingJson } from '@landfall/testing-kit';
import { z } from 'zod';
import { parseUpdaterCommit } from './commitMessage';

const cases = z.object({
  cases: z.array(
    z.object({
      id: z.string(),
      input: z.object({
        appName: z.string(),
        template: z.string().nullable(),
        changes: z.array(
          z.object({
            image: z.string(),
            newTag: z.string(),
            newDigest: z.string().optional(),
          }),
        ),
      }),
      expected: z.object({ message: z.string().optional() }),
    }),
  ),
});

describe('parseUpdaterCommit', () => {
  const recorded = cases
    .parse(readRecordingJson('policy/commit-message.json'))
    .cases.filter(({ input }) => input.template === null);

  it.each(recorded.map(item => [item.id, item] as const))(
    'reads the default message %s',
    (_, { input, expected }) => {
      const parsed = parseUpdaterCommit(expected.message ?? '');
      expect(parsed?.changes.map(change => change.to) ?? []).toEqual(
        input.changes.map(({ newTag, newDigest }) =>
          newDigest ? { digest: newDigest } : { tag: newTag },
        ),
      );
      const application = input.changes.length ? input.appName : undefined;
      expect(parsed?.application).toBe(application);
    },
  );

  it.each([
    [
      'a merge',
      `Merge pull request #12\n\nbuild: automatic update of api\n\nupdates image shop/api tag '1' to '2'`,
    ],
    [
      'a squash',
      `build: automatic update of api (#12)\n\nupdates image shop/api tag '1' to '2'`,
    ],
    [
      'a namespace',
      `build: automatic update of argocd/api\r\n\r\nupdates image shop/api tag '1' to '2'\r\n`,
    ],
  ])('reads it in %s', (_, message) => {
    expect(parseUpdaterCommit(message)).toEqual({
      application: 'api',
      changes: [{ image: 'shop/api', from: { tag: '1' }, to: { tag: '2' } }],
    });
  });

  it.each([
    'Fix a typo',
    'it updates image of the team',
    "updates image x tag 'a' to ''",
  ])('finds nothing in %j', message => {
    expect(parseUpdaterCommit(message)).toBeUndefined();
  });
});
