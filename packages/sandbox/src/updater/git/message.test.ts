import { z } from 'zod';
import {
  parseContainerImage,
  resolveWriteBack,
} from '@landfall/backstage-plugin-delivery-common';
import { attempt } from '../__testUtils__/attempt';
import { applicationSchema } from '../kubernetes/schemas';
import { recordedCases } from '@landfall/testing-kit';
import type { ImageChange } from '../update/planUpdate';
import { branchName, commitMessage } from './message';

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

describe('branches', () => {
  const source = z.looseObject({
    repoURL: z.string(),
    targetRevision: z.string().optional(),
  });
  const cases = recordedCases(
    'git-branch.json',
    z.object({
      application: z.looseObject({
        name: z.string(),
        namespace: z.string(),
        sourceType: z.string(),
        repoURL: z.string(),
        targetRevision: z.string(),
        sources: z.array(source).optional(),
      }),
      branch: z.string().nullable(),
      changes: z.array(changeSchema),
      pullRequest: z.string().optional(),
      repository: z.string().nullable(),
    }),
    z.object({
      error: z.string().nullable(),
      gitBranch: z.string().optional(),
      gitWriteBranch: z.string().optional(),
      git: z.array(z.string()).optional(),
    }),
  ).filter(({ input }) => input.pullRequest === undefined);

  const hasOtherTemplate = (branch: string | null) =>
    /\{\{(?!\s*\.SHA256\s*\}\})/.test(branch ?? '');
  const held = cases.filter(({ input }) => !hasOtherTemplate(input.branch));

  it.each(held)('$id $note', ({ input, expected }) => {
    const { name, namespace, sourceType, repoURL, targetRevision } =
      input.application;
    const application = applicationSchema.parse({
      metadata: { name, namespace },
      spec: {
        source: { repoURL, targetRevision },
        sources: input.application.sources,
      },
      status: { sourceType },
    });
    const resolve = () =>
      resolveWriteBack(
        application,
        {
          method: 'git',
          gitConfig: {
            branch: input.branch ?? undefined,
            repository: input.repository ?? undefined,
          },
        },
        'argocd',
      );
    const branches = attempt(() => {
      const { branch, writeBranch } = resolve();
      return { gitBranch: branch, gitWriteBranch: writeBranch };
    });
    const { gitBranch, gitWriteBranch } = expected;
    expect(branches).toEqual(
      gitBranch === undefined
        ? { error: expected.error }
        : { value: { gitBranch, gitWriteBranch } },
    );

    // The first fetched branch is the one that is pushed later.
    const fetched = expected.git
      ?.find(call => call.startsWith('fetch'))
      ?.replace('fetch --depth 1 ', '');
    const template = gitWriteBranch ?? '';
    const target = attempt(() =>
      branchName(template, input.changes.map(changeOf)),
    );
    const wanted =
      fetched === undefined ? { error: expected.error } : { value: fetched };
    expect(template === '' ? 'none' : target).toEqual(
      template === '' ? 'none' : wanted,
    );
  });

  it('refuses templates that it does not support', () => {
    expect(() => branchName('updates-{{ len .Images }}', [])).toThrow(
      'could not be created from the template',
    );
  });
});
