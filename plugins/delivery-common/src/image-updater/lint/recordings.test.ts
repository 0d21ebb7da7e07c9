import {
  readRecordingJson,
  recordedCases,
  recordedFiles,
} from '@landfall/testing-kit';
import fc from 'fast-check';
import { z } from 'zod';
import { compileMatching } from '../matching/matching';
import { imageUpdaterSpecSchema } from '../settings/resource';
import {
  applicationWith,
  ENABLING,
  GIT,
  PREFIX,
  updaterWith,
} from './__testUtils__/settings';
import { lintSettings } from './lint';
import { contextOf } from './read/LintContext';
import type { LintedApplication, LintedUpdater } from './types';

function codes(application: LintedApplication, updaters: LintedUpdater[]) {
  return lintSettings({ applications: [application], updaters }).map(
    ({ code }) => code,
  );
}

const sourceSchema = z.looseObject({
  repoURL: z.string(),
  path: z.string().optional(),
  targetRevision: z.string().optional(),
  helm: z.object({}).optional(),
  kustomize: z.object({}).optional(),
});

const promotionSchema = z.object({
  steps: z.array(
    z.object({
      application: z
        .object({
          metadata: z.object({
            name: z.string(),
            namespace: z.string(),
            annotations: z.record(z.string(), z.string()).optional(),
          }),
          spec: z.object({ source: sourceSchema.optional() }),
          status: z
            .object({
              sourceType: z.string().optional(),
              summary: z
                .object({ images: z.array(z.string()).optional() })
                .optional(),
            })
            .optional(),
        })
        .optional(),
    }),
  ),
});

const updatersSchema = z.object({
  body: z.object({
    items: z.array(
      z.object({
        metadata: z.object({ name: z.string(), namespace: z.string() }),
        spec: imageUpdaterSpecSchema,
      }),
    ),
  }),
});

describe('recorded promotions', () => {
  const updaters = updatersSchema
    .parse(readRecordingJson('updater/cr-list.json'))
    .body.items.map(
      ({ metadata, spec }): LintedUpdater => ({
        ...metadata,
        spec,
        written: spec,
      }),
    );

  // These were recorded because they fail.
  const failing: Record<string, string[]> = {
    'git-secret-over-plain-http.json': ['credentials-over-http'],
    'digest-switch-on.json': ['credentials-over-http'],
  };

  it.each(recordedFiles('promotions'))('%s', file => {
    const { steps } = promotionSchema.parse(
      readRecordingJson(`promotions/${file}`),
    );
    const found = steps.flatMap(({ application }) =>
      application
        ? codes(
            {
              ...application,
              status: { sourceType: application.status?.sourceType },
              images: application.status?.summary?.images,
            },
            updaters,
          )
        : [],
    );
    expect([...new Set(found)]).toEqual(failing[file] ?? []);
  });
});

describe('recorded write-backs', () => {
  const cases = recordedCases(
    'git-branch.json',
    z.object({
      branch: z.string().nullable(),
      pullRequest: z.string().optional(),
      application: z.object({
        path: z.string(),
        targetRevision: z.string(),
        sources: z.array(sourceSchema).optional(),
      }),
    }),
    z.object({ error: z.string().nullable() }),
  ).filter(({ input }) => !input.pullRequest && !input.application.sources);

  // Faults that only the repository or Go's templates show.
  const unseen = /^br-0(15|16|17|38|45|46|47|48|49|63)$/;

  it.each(cases)('$id $note', ({ id, input, expected }) => {
    const { branch, application } = input;
    const { path, targetRevision } = application;
    const found = lintSettings({
      applications: [
        applicationWith(
          {
            'image-list': 'app=shop/api:~1.4',
            'write-back-method': 'git',
            ...(branch && { 'git-branch': branch }),
          },
          {
            spec: {
              source: { repoURL: GIT, path, targetRevision, helm: {} },
            },
          },
        ),
      ],
      updaters: [ENABLING],
    }).filter(({ code }) => code !== 'value-empty');
    const isFaulty = expected.error !== null && !unseen.test(id);
    // Its branch is never empty, but always the same.
    const isOdd = id === 'br-032';
    expect(found.length > 0).toBe(isFaulty || isOdd);
  });
});

const selections = recordedCases(
  'selection.json',
  z.object({
    image: z.string(),
    alias: z.string().nullish(),
    updateStrategy: z.string().nullable(),
    allowTags: z.string().nullable(),
    ignoreTags: z.array(z.string()),
    platforms: z.array(z.string()).optional(),
    liveImages: z.array(z.string()),
  }),
  z.object({
    newest: z.object({ tag: z.string() }).nullable(),
    counts: z.object({ considered: z.number() }),
  }),
).filter(
  ({ expected }) => expected.newest !== null && expected.counts.considered > 0,
);

describe('recorded selections of a version', () => {
  it.each(selections)('finds no error in $id $note', ({ input }) => {
    const { image, updateStrategy, allowTags, ignoreTags, platforms } = input;
    const updater = updaterWith({
      applicationRefs: [
        {
          namePattern: 'api',
          images: [
            {
              alias: 'app',
              imageName: image,
              commonUpdateSettings: {
                updateStrategy: updateStrategy ?? undefined,
                allowTags: allowTags ?? undefined,
                ignoreTags,
                platforms,
              },
            },
          ],
        },
      ],
    });
    const errors = lintSettings({
      applications: [applicationWith({}, { images: input.liveImages })],
      updaters: [updater],
    }).filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
  });
});

describe('the settings that are checked', () => {
  const cases = recordedCases(
    'cr-matching.json',
    z.object({
      applications: z.array(
        z.object({
          name: z.string(),
          namespace: z.string().default('argocd'),
          labels: z.record(z.string(), z.string()).optional(),
          annotations: z.record(z.string(), z.string()).optional(),
        }),
      ),
      spec: imageUpdaterSpecSchema,
    }),
    z.object({ error: z.string().nullable() }),
  ).filter(({ expected }) => expected.error === null);

  it.each(cases)('are those that apply in $id $note', ({ input }) => {
    const updater = updaterWith(input.spec);
    const match = compileMatching({
      spec: input.spec,
      namespace: 'argocd',
      controllerNamespace: 'argocd',
    });
    for (const metadata of input.applications) {
      const application: LintedApplication = {
        metadata,
        spec: { source: { repoURL: GIT, path: 'p' } },
        status: { sourceType: 'Helm' },
      };
      const applied = match(application, () => {});
      const { readings } = contextOf(application, {
        applications: [application],
        updaters: [updater],
      });
      const read = readings.filter(
        reading => reading.updater && !reading.unusable && !reading.unwritable,
      );
      expect(
        read.flatMap(({ images }) => images.map(({ policy }) => policy)),
      ).toEqual(applied?.images ?? []);
    }
  });
});

describe('any settings', () => {
  const key = fc.oneof(
    fc.constantFrom(
      'image-list',
      'app.update-strategy',
      'app.allow-tags',
      'app.ignore-tags',
      'app.platforms',
      'app.helm.image-tag',
      'write-back-method',
      'write-back-target',
      'git-branch',
      'pull-secret',
    ),
    fc.string({ maxLength: 20 }),
  );
  const value = fc.oneof(
    fc.constantFrom('git', 'digest', 'app=shop/api:~1', 'regexp:[', '{{.'),
    fc.string({ maxLength: 30 }),
  );

  it('are checked without an exception', () => {
    fc.assert(
      fc.property(fc.dictionary(key, value), settings => {
        const application = applicationWith(settings);
        for (const { place, effect, fix } of lintSettings({
          applications: [application],
          updaters: [ENABLING],
        })) {
          expect(place.path.length).toBeGreaterThan(0);
          expect(effect.code.slice('effect.'.length)).toBe(
            fix.code.slice('fix.'.length),
          );
        }
        expect(Object.keys(application.metadata.annotations ?? {})).toEqual(
          Object.keys(settings).map(name => `${PREFIX}${name}`),
        );
      }),
    );
  });
});
