import { z } from 'zod';
import { recordedCases } from '@landfall/testing-kit';
import { policyOf } from '../__testUtils__/policies';
import { compilePolicy } from './CompiledPolicy';
import { judgePush } from './judgePush';
import { selectVersion } from './selectVersion';
import { parseTagSortMode, versionsInOrder } from './tagOrder';
import { type RegistryVersion, type SelectionOutcome } from './types';

const platformSchema = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().default(''),
});

const tagSchema = z.object({
  name: z.string(),
  digest: z.string().optional(),
  created: z.string().optional(),
  broken: z.boolean().optional(),
  platform: platformSchema.optional(),
  index: z
    .array(platformSchema.extend({ created: z.string().optional() }))
    .optional(),
});

const cases = recordedCases(
  'selection.json',
  z.object({
    image: z.string(),
    updateStrategy: z.string().nullable(),
    allowTags: z.string().nullable(),
    ignoreTags: z.array(z.string()),
    platforms: z.array(z.string()).optional(),
    forceUpdate: z.boolean().optional(),
    tagSortMode: z.string().optional(),
    liveImages: z.array(z.string()),
    tags: z.array(tagSchema),
    helmParameters: z
      .array(z.object({ name: z.string(), value: z.string() }))
      .optional(),
  }),
  z.object({
    candidates: z.array(z.string()),
    change: z.object({ from: z.string(), to: z.string() }).nullable(),
    counts: z.object({ considered: z.number() }),
    error: z.string().nullable(),
    newest: z
      .object({ tag: z.string(), digest: z.string().optional() })
      .nullable(),
  }),
);

type RecordedTag = z.infer<typeof tagSchema>;

const LINUX = { os: 'linux', architecture: 'amd64', variant: '' };

const IS_TAG = /^\w[\w.-]{0,127}$/;

/** What a registry would report for a recorded tag. */
function versionOf({
  name,
  digest,
  created,
  broken,
  platform,
  index,
}: RecordedTag): RegistryVersion {
  const builds = index ?? [{ ...(platform ?? LINUX), created }];
  return {
    tag: name,
    digest,
    builds: builds.map(build => ({
      platform: [build.os, build.architecture, build.variant]
        .filter(part => part !== '')
        .join('/'),
      builtAt: build.created ?? '2024-01-01T00:00:00Z',
    })),
    unreadable: broken || !IS_TAG.test(name),
  };
}

describe('recorded selections', () => {
  it.each(cases)('$id $note', ({ input, expected }) => {
    const policy = compilePolicy(
      policyOf(input.image, {
        updateStrategy: input.updateStrategy ?? undefined,
        allowTags: input.allowTags ?? undefined,
        ignoreTags: input.ignoreTags,
        platforms: input.platforms,
        forceUpdate: input.forceUpdate,
      }),
    );
    const mode = parseTagSortMode(input.tagSortMode ?? '', () => {});
    const tags = input.tags.map(({ name }) => name);
    const versions =
      mode === 'unsorted'
        ? input.tags.map(versionOf)
        : versionsInOrder(
            tags.filter(tag => policy.allows(tag) && !policy.ignoredBy(tag)),
            mode,
          );
    const selection = selectVersion(policy, versions, input.liveImages);

    expect(
      selection.chosen && {
        tag: selection.chosen.tag,
        digest: selection.written?.digest,
      },
    ).toEqual(
      expected.newest
        ? { tag: expected.newest.tag, digest: expected.newest.digest }
        : undefined,
    );
    expect(selection.verdicts.map(({ tag }) => tag)).toEqual(
      versions.map(({ tag }) => tag),
    );
    const gone = ['not-allowed', 'ignored', 'not-followed', 'unreadable'];
    expect(
      selection.verdicts
        .filter(
          ({ code }) =>
            ![...gone, 'platform-missing', 'duplicate'].includes(code) &&
            !policy.unusable,
        )
        .map(({ tag }) => tag)
        .sort(),
    ).toEqual(expected.candidates);
    expect(selection.outcome).toBe(outcomeOf());

    // Each version gets the same verdict alone as among the others.
    for (const { tag, code } of selection.verdicts) {
      if (code === 'duplicate') {
        continue;
      }
      const version = versions.find(other => other.tag === tag);
      const verdict = judgePush(policy, { ...version, tags: [tag] }, versions);
      expect(verdict.accepted).toBe(code === 'chosen' || code === 'older');
      expect(verdict.isNext).toBe(code === 'chosen');
    }

    function outcomeOf(): SelectionOutcome {
      if (!expected.newest) {
        return policy.unusable || expected.error ? 'unusable' : 'none';
      }
      if (expected.counts.considered === 0) {
        return 'not-live';
      }
      // A version that is already in the spec is an update that needs no
      // writing.
      const { helmParameters = [] } = input;
      const isWritten = helmParameters.some(
        ({ value }) => value.split('@')[0] === expected.newest?.tag,
      );
      return expected.change || isWritten ? 'update' : 'up-to-date';
    }
  });
});
