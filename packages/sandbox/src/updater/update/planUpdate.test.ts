import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  compilePolicy,
  fullImageReference,
  imagePolicies,
  resolveWriteBack,
  selectTag,
  tagText,
} from '@landfall/backstage-plugin-delivery-common';
import { attempt } from '../__testUtils__/attempt';
import { applicationSchema } from '../kubernetes/schemas';
import { readCandidates } from '../registry/candidates';
import type { RegistryReader } from '../registry/RegistryReader';
import { recordedCases } from '@landfall/testing-kit';
import { planUpdate } from './planUpdate';

const platformSchema = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().default(''),
});

const inputSchema = z.object({
  image: z.string(),
  alias: z.string(),
  updateStrategy: z.string().nullable(),
  allowTags: z.string().nullable(),
  ignoreTags: z.array(z.string()),
  platforms: z.array(z.string()).optional(),
  forceUpdate: z.boolean().optional(),
  tagSortMode: z.string().optional(),
  liveImages: z.array(z.string()),
  helmParameters: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .optional(),
  tags: z.array(
    z.object({
      name: z.string(),
      digest: z.string().optional(),
      created: z.string().optional(),
      broken: z.boolean().optional(),
      platform: platformSchema.optional(),
      index: z
        .array(platformSchema.extend({ created: z.string().optional() }))
        .optional(),
    }),
  ),
});

const cases = recordedCases(
  'selection.json',
  inputSchema,
  z.object({
    candidates: z.array(z.string()),
    change: z
      .object({ from: z.string(), newImage: z.string(), to: z.string() })
      .nullable(),
    constraint: z.string().nullable(),
    counts: z.object({
      considered: z.number(),
      errors: z.number(),
      skipped: z.number(),
      updated: z.number(),
    }),
    error: z.string().nullable(),
    log: z.array(z.string()),
    name: z.string(),
    newest: z
      .object({ tag: z.string(), digest: z.string().optional() })
      .nullable(),
    registry: z.string(),
    strategy: z.string(),
  }),
  // The order of a registry's tag list is a setting that this updater lacks.
).filter(({ input }) => (input.tagSortMode ?? 'unsorted') === 'unsorted');

const linux = { os: 'linux', architecture: 'amd64', variant: '' };

const TAG = /^\w[\w.-]{0,127}$/;

/** A registry with the tags of a case, and nothing else. */
function readerOf({
  tags,
}: Pick<z.infer<typeof inputSchema>, 'tags'>): RegistryReader {
  const idOf = (text: string) =>
    `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const builds = tags.flatMap(tag =>
    (tag.index ?? [{ ...(tag.platform ?? linux), created: tag.created }]).map(
      (build, i) => ({ ...build, id: idOf(`${tag.name} ${i}`) }),
    ),
  );
  return {
    tags: async () => tags.map(({ name }) => name),
    manifest: async reference => {
      const build = builds.find(({ id }) => id === reference);
      if (build) {
        return { kind: 'image', digest: build.id, configDigest: build.id };
      }
      if (!TAG.test(reference)) {
        throw new Error('invalid tag format');
      }
      const tag = tags.find(({ name }) => name === reference);
      if (!tag || tag.broken) {
        throw new Error('manifest unknown');
      }
      return tag.index
        ? {
            kind: 'index',
            digest: tag.digest ?? '',
            children: tag.index.map((platform, i) => ({
              platform,
              digest: idOf(`${tag.name} ${i}`),
            })),
          }
        : {
            kind: 'image',
            digest: tag.digest ?? '',
            configDigest: idOf(`${tag.name} 0`),
          };
    },
    config: async digest => {
      const build = builds.find(({ id }) => id === digest);
      if (!build) {
        throw new Error('blob unknown');
      }
      return {
        platform: build,
        created: build.created ?? '2024-01-01T00:00:00Z',
      };
    },
  };
}

describe('which tag is chosen', () => {
  it.each(cases)('$id $note', async ({ input, expected }) => {
    const log: string[] = [];
    const logger = {
      info: () => {},
      warn: (message: string) => log.push(`warning: ${message}`),
      error: (message: string) => log.push(`error: ${message}`),
    };
    const application = applicationSchema.parse({
      metadata: { name: 'web', namespace: 'argocd' },
      spec: {
        source: {
          repoURL: 'https://git.example.com/org/deploy.git',
          path: 'apps/web',
          helm: { parameters: input.helmParameters ?? [] },
        },
      },
      status: { sourceType: 'Helm', summary: { images: input.liveImages } },
    });
    const images = imagePolicies(
      [
        {
          alias: input.alias,
          imageName: input.image,
          commonUpdateSettings: {
            updateStrategy: input.updateStrategy ?? undefined,
            allowTags: input.allowTags ?? undefined,
            ignoreTags: input.ignoreTags,
            platforms: input.platforms,
            forceUpdate: input.forceUpdate,
          },
        },
      ],
      {},
      { report: ({ message }) => logger.warn(message) },
    );
    const [{ image, strategy }] = images;
    expect({
      name: image.name,
      registry: image.registry,
      constraint: image.tag?.name ?? null,
      strategy,
    }).toEqual({
      name: expected.name,
      registry: expected.registry,
      constraint: expected.constraint,
      strategy: expected.strategy,
    });

    const plan = await planUpdate(
      {
        application,
        images,
        writeBack: resolveWriteBack(application, {}, 'argocd'),
      },
      async () => readerOf(input),
      logger,
    );
    expect({
      considered: plan.considered,
      skipped: plan.skipped,
      errors: plan.errors,
      updated: plan.changes.length,
    }).toEqual(expected.counts);
    expect(
      plan.changes.map(change => ({
        from: tagText(change.oldTag),
        to: tagText(change.newTag),
        newImage: fullImageReference(change.image),
      })),
    ).toEqual(expected.change ? [expected.change] : []);
    // Images that aren't live aren't looked up, so nothing is logged for them
    // here.
    expect(plan.considered > 0 ? [...new Set(log)].sort() : []).toEqual(
      plan.considered > 0 ? expected.log : [],
    );

    // The recording also contains the choice for images that aren't live.
    const policy = compilePolicy(images[0]);
    const candidates =
      expected.error === 'invalid reference format'
        ? []
        : await readCandidates({
            reader: readerOf(input),
            policy,
            onError: () => {},
          });
    expect(candidates.map(({ tag }) => tag).sort()).toEqual(
      expected.candidates,
    );
    const isInvalid =
      expected.error?.startsWith('improper constraint') ?? false;
    expect(
      attempt(() => {
        const { version } = selectTag(policy, candidates);
        return version && { tag: version.tag, digest: version.digest ?? '' };
      }),
    ).toEqual(
      isInvalid
        ? { error: expected.error }
        : {
            value: expected.newest
              ? { digest: '', ...expected.newest }
              : undefined,
          },
    );
  });
});
