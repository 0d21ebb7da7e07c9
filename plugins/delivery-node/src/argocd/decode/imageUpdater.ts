import {
  type ImageUpdaterResource,
  type ImageUpdaterSpec,
  imageUpdaterSpecSchema,
  type ReportedUpdate,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import { keptPullSecret } from './annotations';
import { repositoryUrl, withoutUserInfo } from '../../userInfo';
import { decodeTime } from './values';

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  message: z.string().nullish(),
});

/** References of images are shorter. */
const MAX_TEXT = 512;

const recentUpdateSchema = z.object({
  image: z.string().min(1).max(MAX_TEXT),
  newVersion: z.string().min(1).max(MAX_TEXT),
  updatedAt: z.string(),
});

/** Image Updater lists all updates of its last cycle that had some. */
const MAX_UPDATES = 100;

const imageUpdaterSchema = z.object({
  metadata: z.object({
    name: z.string().min(1),
    namespace: z.string().min(1),
  }),
  spec: imageUpdaterSpecSchema,
  status: z
    .object({
      lastCheckedAt: z.string().nullish(),
      conditions: z.array(conditionSchema).nullish(),
      recentUpdates: z.array(z.unknown()).nullish(),
    })
    .nullish(),
});

/**
 * Decodes an ImageUpdater resource; undefined if it has another shape.
 *
 * @public
 */
export function decodeImageUpdater(
  raw: unknown,
): ImageUpdaterResource | undefined {
  const parsed = imageUpdaterSchema.safeParse(raw);
  if (!parsed.success) {
    return undefined;
  }
  const { metadata, spec, status } = parsed.data;
  const error = status?.conditions?.find(
    condition => condition.type === 'Error' && condition.status === 'True',
  );
  const lastCheckedAt = decodeTime(status?.lastCheckedAt);
  const updates = (status?.recentUpdates ?? [])
    .slice(0, MAX_UPDATES)
    .flatMap(decodeUpdate);
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    spec: withoutSecrets(spec),
    ...(lastCheckedAt && { lastCheckedAt }),
    ...(error && {
      error: withoutUserInfo(error.message ?? '') || 'It reports an error',
    }),
    ...(updates.length > 0 && { updates }),
  };
}

function decodeUpdate(raw: unknown): ReportedUpdate[] {
  const { data } = recentUpdateSchema.safeParse(raw);
  const at = decodeTime(data?.updatedAt);
  return data && at
    ? [{ repository: data.image, version: data.newVersion, at }]
    : [];
}

/**
 * These settings should only refer to credentials, but anybody can write
 * secrets into them.
 */
function withoutSecrets(spec: ImageUpdaterSpec): ImageUpdaterSpec {
  return {
    ...spec,
    ...withoutSettingsSecrets(spec),
    ...(spec.applicationRefs && {
      applicationRefs: spec.applicationRefs.map(ref => ({
        ...ref,
        ...withoutSettingsSecrets(ref),
        ...(ref.images && {
          images: ref.images.map(image => ({
            ...image,
            ...withoutSettingsSecrets(image),
          })),
        }),
      })),
    }),
  };
}

type Settings = Pick<
  ImageUpdaterSpec,
  'commonUpdateSettings' | 'writeBackConfig'
>;

function withoutSettingsSecrets({
  commonUpdateSettings,
  writeBackConfig,
}: Settings): Settings {
  const pullSecret = commonUpdateSettings?.pullSecret;
  const gitConfig = writeBackConfig?.gitConfig;
  const { github, gitlab } = gitConfig?.pullRequest ?? {};
  return {
    ...(commonUpdateSettings && {
      commonUpdateSettings: {
        ...commonUpdateSettings,
        pullSecret:
          pullSecret === undefined ? undefined : keptPullSecret(pullSecret),
      },
    }),
    ...(writeBackConfig && {
      writeBackConfig: {
        ...writeBackConfig,
        ...(gitConfig && {
          gitConfig: {
            ...gitConfig,
            repository:
              gitConfig.repository === undefined
                ? undefined
                : repositoryUrl(gitConfig.repository),
            // Only the choice of provider matters.
            ...(gitConfig.pullRequest && {
              pullRequest: {
                ...(github && { github: {} }),
                ...(gitlab && { gitlab: {} }),
              },
            }),
          },
        }),
      },
    }),
  };
}

/**
 * The ImageUpdater resources in an answer of `/managed-resources`, with their
 * live states as JSON text. Resources that aren't in the cluster (`null`) or
 * have an unknown shape are omitted.
 */
export const managedImageUpdatersSchema = z
  .object({
    items: z.array(z.object({ liveState: z.string().nullish() })).nullish(),
  })
  .transform(({ items }) =>
    (items ?? []).flatMap(({ liveState }) => {
      const decoded = decodeImageUpdater(parseJson(liveState ?? 'null'));
      return decoded ? [decoded] : [];
    }),
  );

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
