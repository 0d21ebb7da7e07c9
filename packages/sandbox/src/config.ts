import { z } from 'zod';
import type { PartName } from './part';

const port = z.number().int().min(0).max(65535);
const seconds = z.number().positive();
const url = z.url({ protocol: /^https?$/ });
/** The URL that clients use, if it isn't `http://<host>:<port>`. */
const publicUrl = url.optional();

/** A user of a Git host, authenticated by basic auth. */
const gitUserSchema = z.strictObject({
  username: z.string().min(1),
  password: z.string(),
});
export type GitUser = z.infer<typeof gitUserSchema>;

/** An access key that the sandbox's registry accepts, and that one's region. */
const awsCredentialsSchema = z.strictObject({
  accessKeyId: z.string(),
  region: z.string(),
});
export type AwsCredentials = z.infer<typeof awsCredentialsSchema>;

const gitConfigSchema = z.strictObject({
  port,
  publicUrl,
  users: z.array(gitUserSchema),
  /** Organizations that exist from the start. */
  organizations: z.array(z.string()),
  /**
   * Repositories to create on start if they don't exist yet: the files of a
   * folder, committed to `main`.
   */
  seeds: z.array(
    z.strictObject({ owner: z.string(), name: z.string(), folder: z.string() }),
  ),
  /**
   * Where the host's repositories get a first image. This replaces the CI in the
   * service skeleton. The registry is the sandbox's.
   */
  ci: z
    .strictObject({
      registry: awsCredentialsSchema.extend({ url }),
      intervalSeconds: seconds,
    })
    .optional(),
});
export type GitConfig = z.infer<typeof gitConfigSchema>;

const ecrConfigSchema = z.strictObject({
  port,
  publicUrl,
  /** The registry id in `GetAuthorizationToken` and in ARNs. */
  accountId: z.string().regex(/^\d{12}$/, 'must be a text of twelve digits'),
  region: z.string(),
  /**
   * Access keys that may call the API. The key id and the date are checked, the
   * signature isn't.
   */
  accessKeyIds: z.array(z.string()),
  /**
   * Where to post `ECR Image Action` events, as an EventBridge API destination
   * would.
   */
  events: z
    .strictObject({
      url,
      headers: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
});
export type EcrConfig = z.infer<typeof ecrConfigSchema>;

/**
 * Credentials for repositories below a URL, as in Argo CD's `repo-creds`
 * secrets.
 */
const repositoryCredentialSchema = z.strictObject({
  urlPrefix: z.string().min(1),
  username: z.string(),
  password: z.string(),
});
export type RepositoryCredential = z.infer<typeof repositoryCredentialSchema>;

/** The credential with the longest prefix of a repository's URL. */
export function credentialFor(
  credentials: readonly RepositoryCredential[],
  repository: string,
): RepositoryCredential | undefined {
  return credentials
    .filter(({ urlPrefix }) => repository.startsWith(urlPrefix))
    .sort((a, b) => b.urlPrefix.length - a.urlPrefix.length)[0];
}

/**
 * A registry, identified by the host in image references. With `ecr` it is the
 * sandbox's registry, and GetAuthorizationToken at the same URL returns its
 * credentials. Otherwise `username` and `password` are used, and requests are
 * anonymous if these are missing too.
 */
const registryAccessSchema = z.strictObject({
  host: z.string(),
  url,
  username: z.string().optional(),
  password: z.string().optional(),
  ecr: awsCredentialsSchema.optional(),
});
export type RegistryAccess = z.infer<typeof registryAccessSchema>;

const argocdAccountSchema = z.strictObject({
  name: z.string(),
  /** If absent, the account can't log in with a password. */
  password: z.string().optional(),
  /** API tokens. */
  tokens: z.array(z.string()).default([]),
});
export type ArgoCdAccount = z.infer<typeof argocdAccountSchema>;

const argocdConfigSchema = z.strictObject({
  port,
  publicUrl,
  /** Argo CD's own namespace. */
  namespace: z.string(),
  accounts: z.array(argocdAccountSchema),
  /**
   * Casbin policy in Argo CD's format: `p, role:x, applications, get, shop/*,
   * allow` and `g, account, role:x`. `role:admin` and `role:readonly` are built
   * in.
   */
  policy: z.string(),
  repositories: z.array(repositoryCredentialSchema),
  /**
   * Projects and Applications (app-of-apps) to create if they don't exist yet:
   * Kubernetes manifests in one YAML text.
   */
  seedManifests: z.string(),
  /** Git polling interval. Argo CD's default is 120; the sandbox is faster. */
  pollSeconds: seconds,
  /** How long a new pod takes to become ready. */
  rolloutSeconds: seconds,
  /**
   * Registries that pods pull from. A missing image leads to ImagePullBackOff
   * and, after `progressDeadlineSeconds`, to Degraded.
   */
  registries: z.array(registryAccessSchema),
  progressDeadlineSeconds: seconds,
});
export type ArgoCdConfig = z.infer<typeof argocdConfigSchema>;

const imageUpdaterConfigSchema = z.strictObject({
  /** The updater's cycle. The real default is 120. */
  intervalSeconds: seconds,
  /** Where the updater takes the sandbox's own requests. */
  port,
  publicUrl,
  /**
   * The Kubernetes API with the Applications and ImageUpdaters, a bearer token
   * for it, and the namespace to read.
   */
  kubernetes: z.strictObject({
    url,
    token: z.string(),
    namespace: z.string(),
  }),
  repositories: z.array(repositoryCredentialSchema),
  registries: z.array(registryAccessSchema),
});
export type ImageUpdaterConfig = z.infer<typeof imageUpdaterConfigSchema>;

/**
 * The configuration of a sandbox. Every part receives only its own section.
 * That section contains a URL and a credential for whatever the part needs of
 * another one.
 */
export const sandboxConfigSchema = z.strictObject({
  /** Folder of all state, with one subfolder per part. */
  stateDir: z.string(),
  /** Address that the servers listen on. */
  host: z.string(),
  git: gitConfigSchema,
  ecr: ecrConfigSchema,
  argocd: argocdConfigSchema,
  imageUpdater: imageUpdaterConfigSchema,
});
export type SandboxConfig = z.infer<typeof sandboxConfigSchema>;

/** The section of a part. */
export function sectionOf(config: SandboxConfig, part: PartName) {
  return config[part === 'image-updater' ? 'imageUpdater' : part];
}
