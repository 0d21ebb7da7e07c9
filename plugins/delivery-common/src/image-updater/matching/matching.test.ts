import { createHash } from 'crypto';
import fc from 'fast-check';
import { z } from 'zod';
import { attempt } from '../__testUtils__/attempt';
import {
  effectiveImage,
  effectiveImageSchema,
} from '../__testUtils__/effectiveImages';
import { recordedCases } from '@landfall/testing-kit';
import { imageUpdaterSpecSchema } from '../settings/resource';
import type {
  ImageUpdaterSpec,
  LabelSelector,
  UpdaterApplication,
} from '../settings/types';
import { labelsMatch } from './labels';
import { matchApplications, specificity } from './matching';
import { applicationTypeOf, sourceTypeOf } from '../writeBack/source';
import type { WriteBack } from '../writeBack/types';
import { resolveWriteBack } from '../writeBack/writeBack';

const writeBackSchema = z.object({
  applicationType: z.string(),
  gitBranch: z.string(),
  gitRepo: z.string(),
  gitWriteBranch: z.string(),
  kustomizeBase: z.string(),
  method: z.string(),
  pullRequest: z.string().nullable(),
  sourceType: z.string(),
  target: z.string(),
  targetKey: z.string(),
});

/** A write-back in the recordings' form. */
function recorded(
  application: UpdaterApplication,
  writeBack: WriteBack,
): z.infer<typeof writeBackSchema> {
  return {
    applicationType: applicationTypeOf(application, writeBack) ?? 'unsupported',
    gitBranch: writeBack.branch,
    gitRepo: writeBack.repository,
    gitWriteBranch: writeBack.writeBranch,
    kustomizeBase: writeBack.kustomizeBase,
    method: writeBack.method,
    pullRequest: writeBack.pullRequest ?? null,
    sourceType: sourceTypeOf(application, writeBack),
    target: writeBack.target,
    targetKey: createHash('sha256')
      .update(
        `${writeBack.repository}|${writeBack.branch}|${
          writeBack.target || writeBack.kustomizeBase
        }`,
      )
      .digest('hex')
      .slice(0, 8),
  };
}

const matching = recordedCases(
  'cr-matching.json',
  z.object({
    applications: z.array(
      z.object({
        name: z.string(),
        namespace: z.string().default('argocd'),
        labels: z.record(z.string(), z.string()).optional(),
        annotations: z.record(z.string(), z.string()).optional(),
        sourceType: z.string().default('Helm'),
      }),
    ),
    namespace: z.string(),
    spec: imageUpdaterSpecSchema,
    webhookEvent: z
      .object({ registryUrl: z.string(), repository: z.string() })
      .optional(),
  }),
  z.object({
    applications: z
      .record(
        z.string(),
        z.object({
          images: z.array(effectiveImageSchema),
          writeBack: writeBackSchema,
        }),
      )
      .nullish(),
    error: z.string().nullable(),
    log: z.array(z.string()).default([]),
    specificity: z
      .array(z.object({ namePattern: z.string(), specificity: z.number() }))
      .default([]),
  }),
);

/**
 * Restores empty lists that the recordings omit. They matter: `ignoreTags: []`
 * ignores nothing, while an absent list falls back to the more general
 * settings.
 */
const LOST: Record<string, (spec: ImageUpdaterSpec) => void> = {
  'cr-066': ({ applicationRefs }) => {
    for (const { commonUpdateSettings } of applicationRefs ?? []) {
      if (commonUpdateSettings) {
        commonUpdateSettings.ignoreTags = [];
      }
    }
  },
};

describe('applications of an ImageUpdater', () => {
  it.each(matching)('$id $note', ({ id, input, expected }) => {
    LOST[id]?.(input.spec);
    const log: string[] = [];
    const match = () =>
      matchApplications({
        spec: input.spec,
        namespace: input.namespace,
        controllerNamespace: 'argocd',
        applications: input.applications.map(
          ({ name, namespace, labels, annotations, sourceType }) => ({
            metadata: { name, namespace, labels, annotations },
            spec: {
              source: { repoURL: 'https://git.example.com/x.git', path: 'p' },
            },
            status: { sourceType },
          }),
        ),
        pushed: input.webhookEvent && {
          registry: input.webhookEvent.registryUrl,
          repository: input.webhookEvent.repository,
        },
        report: ({ message }) => log.push(`warning: ${message}`),
      });
    expect(
      (input.spec.applicationRefs ?? []).map(ref => ({
        namePattern: ref.namePattern,
        specificity: specificity(ref),
      })),
    ).toEqual(expect.arrayContaining(expected.specificity));
    const outcome = attempt(() =>
      Object.fromEntries(
        match().map(({ application, images, writeBack }) => [
          `${application.metadata.namespace}/${application.metadata.name}`,
          {
            images: images.map(effectiveImage),
            writeBack: recorded(application, writeBack),
          },
        ]),
      ),
    );
    expect(outcome).toEqual(
      expected.error === null
        ? { value: expected.applications ?? {} }
        : { error: expected.error },
    );
    expect(log.sort()).toEqual(expected.log.sort());
  });
});

describe('specificity', () => {
  it('counts what stands outside of brackets that are closed on their line', () => {
    const pattern = fc
      .array(fc.constantFrom('a', '[', ']', '\n', '*', '?', 'ü'), {
        maxLength: 12,
      })
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(pattern, namePattern => {
        const literals = namePattern
          .replace(/\[[^\]\n]*\]/g, '')
          .replace(/[*?]/g, '');
        expect(specificity({ namePattern }) % 1_000_000).toBe(
          Buffer.byteLength(literals),
        );
      }),
      { numRuns: 2000 },
    );
  });

  // The time of the expression above grows with the square of this pattern's
  // length.
  it('is worked out in one pass over brackets that are never closed', () => {
    expect(specificity({ namePattern: '['.repeat(1_000_000) })).toBe(1_000_000);
  });
});

describe('label selectors that Kubernetes refuses', () => {
  const long = 'x'.repeat(64);
  it.each<[string, LabelSelector, boolean]>([
    ['fitting labels', { matchLabels: { 'example.com/team': 'a' } }, true],
    ['a key with a space', { matchLabels: { 'bad key': 'a' } }, false],
    [
      'such a key, although the label must not be there',
      { matchExpressions: [{ key: 'bad key', operator: 'DoesNotExist' }] },
      false,
    ],
    [
      'a value that is none',
      { matchExpressions: [{ key: 'x', operator: 'NotIn', values: ['a b'] }] },
      false,
    ],
    [
      'an empty value',
      { matchExpressions: [{ key: 'x', operator: 'NotIn', values: [''] }] },
      true,
    ],
    [
      'a name that is too long',
      { matchExpressions: [{ key: long, operator: 'DoesNotExist' }] },
      false,
    ],
    [
      'a prefix that is no domain',
      { matchExpressions: [{ key: 'A_b/x', operator: 'DoesNotExist' }] },
      false,
    ],
    [
      'two prefixes',
      { matchExpressions: [{ key: 'a/b/x', operator: 'DoesNotExist' }] },
      false,
    ],
  ])('%s', (_, selector, expected) => {
    const codes: string[] = [];
    const labels = { 'example.com/team': 'a' };
    const report = ({ code }: { code: string }) => codes.push(code);
    expect(labelsMatch(labels, selector, report)).toBe(expected);
    expect(codes).toEqual(expected ? [] : ['label-selector-invalid']);
  });
});

const sourceSchema = z.object({
  repoURL: z.string(),
  path: z.string().optional(),
  targetRevision: z.string().optional(),
  kind: z.string().optional(),
});

const targets = recordedCases(
  'write-back-target.json',
  z.object({
    application: sourceSchema.extend({
      name: z.string(),
      namespace: z.string(),
      sourceType: z.string(),
      sources: z.array(sourceSchema).optional(),
      sourceTypes: z.array(z.string()).optional(),
      drySource: sourceSchema.optional(),
    }),
    branch: z.string().nullable(),
    controllerNamespace: z.string(),
    method: z.string().nullable(),
    pullRequest: z.string().optional(),
    repository: z.string().nullable(),
    writeBackTarget: z.string().nullable(),
  }),
  z.union([
    writeBackSchema.extend({ error: z.null() }),
    z.object({ error: z.string() }),
  ]),
);

describe('write-back targets', () => {
  /** A source with the empty settings of its tool. */
  const source = ({ kind, ...rest }: z.infer<typeof sourceSchema>) => ({
    ...rest,
    ...(kind && { [kind.toLowerCase()]: {} }),
  });
  const pullRequests: Record<string, object> = {
    github: { github: {} },
    gitlab: { gitlab: {} },
    both: { github: {}, gitlab: {} },
    none: {},
  };

  it.each(targets)('$id $note', ({ input, expected }) => {
    const { name, namespace, sourceType, sources, sourceTypes, drySource } =
      input.application;
    const { repoURL, path, targetRevision } = input.application;
    const application: UpdaterApplication = {
      metadata: { name, namespace },
      spec: {
        source: { repoURL, path, targetRevision },
        sources: sources?.map(source),
        sourceHydrator: drySource && { drySource: source(drySource) },
      },
      status: { sourceType, sourceTypes },
    };
    const resolve = () =>
      resolveWriteBack(
        application,
        {
          method: input.method ?? undefined,
          gitConfig: {
            repository: input.repository ?? undefined,
            branch: input.branch ?? undefined,
            writeBackTarget: input.writeBackTarget ?? undefined,
            pullRequest:
              input.pullRequest === undefined
                ? undefined
                : pullRequests[input.pullRequest],
          },
        },
        input.controllerNamespace,
      );
    const { error, ...writeBack } = expected;
    expect(attempt(() => recorded(application, resolve()))).toEqual(
      error === null ? { value: writeBack } : { error },
    );
  });
});
