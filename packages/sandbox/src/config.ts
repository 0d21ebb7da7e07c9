import { z } from 'zod';

const port = z.number().int().min(0).max(65535);
const seconds = z.number().positive();
const url = z.url({ protocol: /^https?$/ });
/** The URL that others use, if it isn't `http://<host>:<port>`. */
const publicUrl = url.optional();

/** A user of the Git host, by basic auth. */
const gitUserSchema = z.strictObject({
  username: z.string().min(1),
  password: z.string(),
});
export type GitUser = z.infer<typeof gitUserSchema>;

export const gitConfigSchema = z.strictObject({
  port,
  publicUrl,
  users: z.array(gitUserSchema),
  /** Organizations that exist from the start. */
  organizations: z.array(z.string()),
  /** Repositories that exist from the start: the files of a folder, committed to `main` when they don't exist yet. */
  seeds: z.array(
    z.strictObject({ owner: z.string(), name: z.string(), folder: z.string() }),
  ),
});
export type GitConfig = z.infer<typeof gitConfigSchema>;

export const ecrConfigSchema = z.strictObject({
  port,
  publicUrl,
  /** The registry of `GetAuthorizationToken` and of ARNs. */
  accountId: z.string().regex(/^\d{12}$/, 'must be a text of twelve digits'),
  region: z.string(),
  /** Access keys that may call the API; the signature itself is not checked, the key id and the date are. */
  accessKeyIds: z.array(z.string()),
  /** Where `ECR Image Action` events are posted, as an EventBridge API destination would. */
  events: z
    .strictObject({
      url,
      headers: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
  /** Source repositories that get a first image: the stand-in for the CI that the service's skeleton carries. */
  ci: z
    .strictObject({
      /** URL of the Git host. */
      gitUrl: url,
      username: z.string(),
      password: z.string(),
      organizations: z.array(z.string()),
      intervalSeconds: seconds,
    })
    .optional(),
});
export type EcrConfig = z.infer<typeof ecrConfigSchema>;

/** Credentials for repositories below a URL, as Argo CD's `repo-creds` secrets hold them. */
const repositoryCredentialSchema = z.strictObject({
  urlPrefix: z.string().min(1),
  username: z.string(),
  password: z.string(),
});
export type RepositoryCredential = z.infer<typeof repositoryCredentialSchema>;

/**
 * A registry, by the host that image references carry. With `ecr` it is the
 * sandbox's, whose credentials come from GetAuthorizationToken at the same URL;
 * without, they are the basic ones; with neither, requests are anonymous.
 */
const registryAccessSchema = z.strictObject({
  host: z.string(),
  url,
  /** Whether the updater takes the order of its list of tags for dates: `latest-first` or `latest-last`. */
  tagSortMode: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  ecr: z
    .strictObject({ accessKeyId: z.string(), region: z.string() })
    .optional(),
});
export type RegistryAccess = z.infer<typeof registryAccessSchema>;

const argocdAccountSchema = z.strictObject({
  name: z.string(),
  /** Absent: the account can't log in with a password. */
  password: z.string().optional(),
  /** API tokens that are valid from the start (besides those made through the API). */
  tokens: z.array(z.string()).default([]),
});
export type ArgoCdAccount = z.infer<typeof argocdAccountSchema>;

export const argocdConfigSchema = z.strictObject({
  port,
  publicUrl,
  /** Namespace of Argo CD itself. */
  namespace: z.string(),
  accounts: z.array(argocdAccountSchema),
  /** Casbin policy in Argo CD's form: `p, role:x, applications, get, shop/*, allow` and `g, account, role:x`; `role:admin` and `role:readonly` are built in. */
  policy: z.string(),
  repositories: z.array(repositoryCredentialSchema),
  /** Projects and Applications (app-of-apps) that are created when they don't exist yet: Kubernetes manifests, one YAML text. */
  seedManifests: z.string(),
  /** Git polling (Argo CD's default is 120; the sandbox is quicker). */
  pollSeconds: seconds,
  /** How long a new pod takes to get ready. */
  rolloutSeconds: seconds,
  /** Registries that pods pull from: an image that isn't there gives ImagePullBackOff and, after `progressDeadlineSeconds`, Degraded. */
  registries: z.array(registryAccessSchema),
  progressDeadlineSeconds: seconds,
});
export type ArgoCdConfig = z.infer<typeof argocdConfigSchema>;

export const imageUpdaterConfigSchema = z.strictObject({
  /** The updater's cycle (the real default is 120). */
  intervalSeconds: seconds,
  /** Where it reports its last cycle; port 0 for any. */
  port,
  publicUrl,
  /** The Kubernetes API that has the Applications and ImageUpdaters, a bearer token for it, and the namespace to look in. */
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
 * What a sandbox is made of. Every part gets only its own section: whatever it
 * needs of another part is there as a URL and a credential.
 */
export interface SandboxConfig {
  /** Folder of all state; one sub-folder a part. */
  stateDir: string;
  /** Address that the servers listen on. */
  host: string;
  git: GitConfig;
  ecr: EcrConfig;
  argocd: ArgoCdConfig;
  imageUpdater: ImageUpdaterConfig;
}
