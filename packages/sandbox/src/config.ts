/**
 * What a sandbox is made of. Every part gets only its own section: whatever it
 * needs of another part stands there as a URL and a credential.
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

/** A user of the Git host: basic auth by password or by any of the tokens; tokens also as `Authorization: token …` and `Bearer …`. */
export interface GitUser {
  username: string;
  password: string;
  tokens: string[];
  /** May read everything that the others may, and write nothing: pushes get 403. */
  readOnly?: boolean;
}

export interface GitConfig {
  port: number;
  /** The URL that others use, if it isn't `http://<host>:<port>`. */
  publicUrl?: string;
  users: GitUser[];
  /** Organizations that exist from the start. */
  organizations: string[];
  /** Repositories that exist from the start: the files of a folder, committed to `main` when they don't exist yet. */
  seeds: { owner: string; name: string; folder: string }[];
}

export interface EcrConfig {
  port: number;
  publicUrl?: string;
  /** Twelve digits; the registry of `GetAuthorizationToken` and of ARNs. */
  accountId: string;
  region: string;
  /** Access keys that may call the API; the signature itself is not checked, the key id and the date are. */
  accessKeyIds: string[];
  /** Where `ECR Image Action` events are posted, as an EventBridge API destination would. */
  events?: { url: string; headers: Record<string, string> };
  /** Source repositories that get a first image: the stand-in for the CI that the service's skeleton carries. */
  ci?: {
    /** URL of the Git host. */
    gitUrl: string;
    username: string;
    password: string;
    organizations: string[];
    intervalSeconds: number;
  };
}

/** Credentials for repositories below a URL, as Argo CD's `repo-creds` secrets hold them. */
export interface RepositoryCredential {
  urlPrefix: string;
  username: string;
  password: string;
}

/**
 * A registry, by the host that image references carry. With `ecr`, the
 * credentials come of GetAuthorizationToken at the same URL; without, they are
 * the basic ones; with neither, requests are anonymous.
 */
export interface RegistryAccess {
  host: string;
  url: string;
  /** Whether the updater takes the order of its list of tags for dates: `latest-first` or `latest-last`. */
  tagSortMode?: string;
  username?: string;
  password?: string;
  ecr?: { accessKeyId: string; secretAccessKey: string; region: string };
}

export interface ArgoCdAccount {
  name: string;
  /** Absent: the account can't log in with a password. */
  password?: string;
  /** API tokens that are valid from the start (besides those made through the API). */
  tokens: string[];
}

export interface ArgoCdConfig {
  port: number;
  publicUrl?: string;
  /** Namespace of Argo CD itself. */
  namespace: string;
  accounts: ArgoCdAccount[];
  /** Casbin policy in Argo CD's form: `p, role:x, applications, get, shop/*, allow` and `g, account, role:x`; `role:admin` and `role:readonly` are built in. */
  policy: string;
  repositories: RepositoryCredential[];
  /** Projects and Applications (app-of-apps) that are created when they don't exist yet: Kubernetes manifests, one YAML text. */
  seedManifests: string;
  /** Git polling, in seconds (Argo CD's default is 120; the sandbox is quicker). */
  pollSeconds: number;
  /** How long a new pod takes to get ready, in seconds. */
  rolloutSeconds: number;
  /** Registries that pods pull from: an image that isn't there gives ImagePullBackOff and, after `progressDeadlineSeconds`, Degraded. */
  registries: RegistryAccess[];
  progressDeadlineSeconds: number;
}

export interface ImageUpdaterConfig {
  /** The updater's cycle, in seconds (the real default is 120). */
  intervalSeconds: number;
  /** Where it reports its last cycle; port 0 for any. */
  port: number;
  publicUrl?: string;
  /** The Kubernetes API that has the Applications and ImageUpdaters, a bearer token for it, and the namespace to look in. */
  kubernetes: { url: string; token: string; namespace: string };
  repositories: RepositoryCredential[];
  registries: RegistryAccess[];
}
