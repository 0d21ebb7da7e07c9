import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { TargetConfig } from './TargetConfig';

/** Prefix of all variables. */
export const PREFIX = 'LANDFALL_CONFORMANCE_';

/**
 * The environment doesn't describe an installation. The message says what to
 * change.
 */
export class EnvironmentError extends Error {}

const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });
const positive = z.coerce.number().positive();
const some = z.string().min(1);

const schema = z
  .object({
    ARGOCD_URL: url,
    ARGOCD_TOKEN: some.optional(),
    ARGOCD_USERNAME: some.optional(),
    ARGOCD_PASSWORD: some.optional(),
    ARGOCD_LIMITED_TOKEN: some.optional(),
    ARGOCD_NAMESPACE: some.default('argocd'),
    PROJECT: some,
    POLICY_PROJECT: some.optional(),
    NAMESPACE: some,
    DESTINATION_SERVER: some.default('https://kubernetes.default.svc'),
    GIT_URL: url,
    GIT_IN_CLUSTER_URL: some.optional(),
    GIT_USERNAME: some.optional(),
    GIT_PASSWORD: some.optional(),
    REGISTRY_URL: url,
    REGISTRY_IMAGE_PREFIX: some.optional(),
    REGISTRY_PATH: some
      .regex(
        /^[a-z0-9]+([._/-][a-z0-9]+)*$/,
        'must be a path of an image repository',
      )
      .default('landfall-conformance'),
    REGISTRY_USERNAME: some.optional(),
    REGISTRY_PASSWORD: some.optional(),
    ECR_ENDPOINT: url.optional(),
    ECR_REGION: some.optional(),
    ECR_ACCESS_KEY_ID: some.optional(),
    ECR_SECRET_ACCESS_KEY: some.optional(),
    ECR_SESSION_TOKEN: some.optional(),
    ARCHITECTURE: z.enum(['amd64', 'arm64']).default('amd64'),
    WRITE_BACK_METHOD: some
      .regex(/^git(:.+)?$/, 'must be git, git:repocreds or git:secret:…')
      .default('git:repocreds'),
    FAILING_TAG: some.default('0.0.66'),
    CA_FILE: some.optional(),
    INSECURE_TLS: z.enum(['true', 'false']).default('false'),
    TIMEOUT_SECONDS: positive.default(420),
    UPDATER_TIMEOUT_SECONDS: positive.default(180),
    AT_ONCE: positive.default(8),
  })
  .superRefine((env, context) => {
    const together = (names: (keyof typeof env)[], why: string) => {
      const given = names.filter(name => env[name] !== undefined);
      if (given.length > 0 && given.length < names.length) {
        for (const name of names.filter(one => env[one] === undefined)) {
          context.addIssue({ code: 'custom', path: [name], message: why });
        }
      }
    };
    together(
      ['ARGOCD_USERNAME', 'ARGOCD_PASSWORD'],
      'is missing: user and password go together',
    );
    together(
      ['REGISTRY_USERNAME', 'REGISTRY_PASSWORD'],
      'is missing: user and password go together',
    );
    together(
      ['ECR_REGION', 'ECR_ACCESS_KEY_ID', 'ECR_SECRET_ACCESS_KEY'],
      'is missing: region and both keys go together',
    );
    if (env.ARGOCD_TOKEN === undefined && env.ARGOCD_USERNAME === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['ARGOCD_TOKEN'],
        message: 'is missing: give a token, or a user and password',
      });
    }
  });

/**
 * Reads which installation to check from the environment.
 *
 * @throws EnvironmentError that lists everything that is missing or wrong
 */
export function readEnvironment(
  env: Record<string, string | undefined>,
): TargetConfig {
  const own = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith(PREFIX) && value
      ? [[name.slice(PREFIX.length), value]]
      : [],
  );
  const unknown = own
    .map(([name]) => name)
    .filter(name => !(name in schema.shape));
  const parsed = schema.safeParse(Object.fromEntries(own));
  if (!parsed.success || unknown.length > 0) {
    const issues = parsed.success ? [] : parsed.error.issues;
    throw new EnvironmentError(
      [
        'The environment does not describe an installation:',
        ...issues.map(({ path, message, code }) => {
          const name = String(path[0]);
          const missing = !own.some(([given]) => given === name);
          const problem = missing && code !== 'custom' ? 'is missing' : message;
          return `  ${PREFIX}${name} ${problem}`;
        }),
        ...unknown.map(
          name => `  ${PREFIX}${name} is not a variable of the suite`,
        ),
        'The README of packages/conformance has a table of all variables.',
      ].join('\n'),
    );
  }
  return configOf(parsed.data);
}

function configOf(env: z.infer<typeof schema>): TargetConfig {
  const { CA_FILE: caFile } = env;
  if (caFile !== undefined && !existsSync(caFile)) {
    throw new EnvironmentError(`${PREFIX}CA_FILE: there is no file ${caFile}.`);
  }
  return {
    argocd: {
      url: env.ARGOCD_URL,
      token: env.ARGOCD_TOKEN,
      login:
        env.ARGOCD_USERNAME !== undefined && env.ARGOCD_PASSWORD !== undefined
          ? { username: env.ARGOCD_USERNAME, password: env.ARGOCD_PASSWORD }
          : undefined,
      limitedToken: env.ARGOCD_LIMITED_TOKEN,
      namespace: env.ARGOCD_NAMESPACE,
      project: env.PROJECT,
      policyProjects: env.POLICY_PROJECT
        ? [env.POLICY_PROJECT]
        : [...new Set([env.PROJECT, 'default'])],
      destination: { server: env.DESTINATION_SERVER, namespace: env.NAMESPACE },
    },
    git: {
      url: env.GIT_URL,
      inClusterUrl: env.GIT_IN_CLUSTER_URL ?? env.GIT_URL,
      username: env.GIT_USERNAME,
      password: env.GIT_PASSWORD,
    },
    registry: {
      url: env.REGISTRY_URL,
      imagePrefix: env.REGISTRY_IMAGE_PREFIX ?? new URL(env.REGISTRY_URL).host,
      path: env.REGISTRY_PATH,
      credentials:
        env.REGISTRY_USERNAME !== undefined &&
        env.REGISTRY_PASSWORD !== undefined
          ? { username: env.REGISTRY_USERNAME, password: env.REGISTRY_PASSWORD }
          : undefined,
      ecr: ecrOf(env),
      architecture: env.ARCHITECTURE,
    },
    updater: { writeBackMethod: env.WRITE_BACK_METHOD },
    failingTag: env.FAILING_TAG,
    trust: {
      ca: caFile === undefined ? undefined : readFileSync(caFile, 'utf8'),
      caFile,
      insecure: env.INSECURE_TLS === 'true',
    },
    timeouts: {
      seconds: env.TIMEOUT_SECONDS,
      intervalMs: 500,
      updaterSeconds: env.UPDATER_TIMEOUT_SECONDS,
    },
    atOnce: env.AT_ONCE,
  };
}

function ecrOf(
  env: z.infer<typeof schema>,
): TargetConfig['registry']['ecr'] | undefined {
  const { ECR_REGION: region, ECR_ACCESS_KEY_ID: accessKeyId } = env;
  const secretAccessKey = env.ECR_SECRET_ACCESS_KEY;
  return region && accessKeyId && secretAccessKey
    ? {
        endpoint: env.ECR_ENDPOINT ?? `https://api.ecr.${region}.amazonaws.com`,
        region,
        accessKeyId,
        secretAccessKey,
        sessionToken: env.ECR_SESSION_TOKEN,
      }
    : undefined;
}
