import { z } from 'zod';

const port = z.number().int().min(0).max(65535);
const seconds = z.number().positive();
const url = z.url({ protocol: /^https?$/ });

const repositories = z.array(
  z.strictObject({
    urlPrefix: z.string().min(1),
    username: z.string(),
    password: z.string(),
  }),
);

const registries = z.array(
  z.strictObject({
    host: z.string(),
    url,
    username: z.string().optional(),
    password: z.string().optional(),
    ecr: z
      .strictObject({
        accessKeyId: z.string(),
        secretAccessKey: z.string(),
        region: z.string(),
      })
      .optional(),
  }),
);

const git = z.strictObject({
  port: port.optional(),
  publicUrl: url.optional(),
  users: z
    .array(
      z.strictObject({
        username: z.string().min(1),
        password: z.string(),
        tokens: z.array(z.string()).default([]),
        readOnly: z.boolean().optional(),
      }),
    )
    .optional(),
  organizations: z.array(z.string()).optional(),
  seeds: z
    .array(
      z.strictObject({
        owner: z.string(),
        name: z.string(),
        folder: z.string(),
      }),
    )
    .optional(),
});

const ecr = z.strictObject({
  port: port.optional(),
  publicUrl: url.optional(),
  accountId: z
    .string()
    .regex(/^\d{12}$/, 'must be a text of twelve digits')
    .optional(),
  region: z.string().optional(),
  accessKeyIds: z.array(z.string()).optional(),
  events: z
    .strictObject({
      url,
      headers: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
  ci: z
    .strictObject({
      gitUrl: url,
      username: z.string(),
      password: z.string(),
      organizations: z.array(z.string()),
      intervalSeconds: seconds,
    })
    .optional(),
});

const argocd = z.strictObject({
  port: port.optional(),
  publicUrl: url.optional(),
  namespace: z.string().optional(),
  accounts: z
    .array(
      z.strictObject({
        name: z.string(),
        password: z.string().optional(),
        tokens: z.array(z.string()).default([]),
      }),
    )
    .optional(),
  policy: z.string().optional(),
  repositories: repositories.optional(),
  seedManifests: z.string().optional(),
  pollSeconds: seconds.optional(),
  rolloutSeconds: seconds.optional(),
  registries: registries.optional(),
  progressDeadlineSeconds: seconds.optional(),
});

const imageUpdater = z.strictObject({
  intervalSeconds: seconds.optional(),
  port: port.optional(),
  publicUrl: url.optional(),
  kubernetes: z
    .strictObject({
      url: url.optional(),
      token: z.string().optional(),
      namespace: z.string().optional(),
    })
    .optional(),
  repositories: repositories.optional(),
  registries: registries.optional(),
});

/** What a file for `--config` may say; see `SandboxConfig` for what it means. */
export const configFileSchema = z.strictObject({
  stateDir: z.string().optional(),
  host: z.string().optional(),
  git: git.optional(),
  ecr: ecr.optional(),
  argocd: argocd.optional(),
  imageUpdater: imageUpdater.optional(),
});
