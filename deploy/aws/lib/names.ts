/**
 * The names that CDK and the charts of `deploy/gitops` have to agree on; a test
 * compares the two.
 */
export const SERVICE_ACCOUNTS = {
  portal: { namespace: 'portal', name: 'portal' },
  imageUpdater: { namespace: 'argocd', name: 'argocd-image-updater' },
  externalSecrets: { namespace: 'external-secrets', name: 'external-secrets' },
  externalDns: { namespace: 'external-dns', name: 'external-dns' },
} as const;

/**
 * AppProjects that no system may have the name of: Argo CD's own, and those of the
 * chart `platform`, which permit more than a system's.
 */
export const RESERVED_PROJECTS: readonly string[] = [
  'default',
  'platform',
  'services',
];

/** The user of PostgreSQL that the portal signs in as by IAM. */
export const DATABASE_USER = 'landfall';

/**
 * The ways to sign in to the portal: files of `deploy/portal/sign-in`, which the image
 * contains. All but `github` configure the same provider.
 */
export const SIGN_IN = [
  'github',
  'oidc',
  'cognito',
  'entra',
  'google',
] as const;

/** Secrets under `<name>/`, and who fills them. */
export const SECRETS = {
  /** Generated: signs the cookies of sign-in. */
  session: 'portal/session',
  /** Generated: proves that a notification comes from Argo CD. */
  notifications: 'portal/argocd-notifications',
  /** Filled by `scripts/argocd-token.mjs`. */
  argocdTokens: 'portal/argocd-tokens',
  /** Filled by hand: the OAuth application that people sign in with. */
  signIn: 'portal/sign-in',
  /** Filled by hand: `app.yaml`, as `backstage-cli create-github-app` writes it. */
  portalGitHubApp: 'portal/github-app',
  /** Filled by hand: the GitHub App that Image Updater commits with. */
  updaterGitHubApp: 'image-updater/github-app',
  /** Generated: proves to Image Updater's webhook that EventBridge calls. */
  updaterWebhook: 'image-updater/webhook',
} as const;
