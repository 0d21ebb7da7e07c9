import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { RESERVED_PROJECTS, SIGN_IN } from './names.ts';

const accountId = z
  .string({ error: 'write the account id in quotes' })
  .regex(/^\d{12}$/, 'an AWS account id has 12 digits');
const awsRegion = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/);
const arn = z.string().regex(/^arn:aws[a-z-]*:/, 'must be an ARN');
const domain = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'must be a domain');

const system = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,29}[a-z0-9])?$/,
    'a system has at most 31 lower-case letters, digits and dashes, and begins and ends with a letter or digit',
  )
  .refine(
    name => !RESERVED_PROJECTS.includes(name) && !name.startsWith('kube-'),
    `a system can't be called ${RESERVED_PROJECTS.join(
      ', ',
    )} or kube-…: these belong to Argo CD and Kubernetes`,
  );

const network = z.strictObject({
  cidr: z.string().default('10.40.0.0/16'),
  /**
   * Written out, since looking them up needs credentials and another order
   * would move subnets.
   */
  availabilityZones: z.array(z.string()).min(2).max(3),
  /** One is cheaper; one for each zone survives the loss of a zone. */
  natGateways: z.int().min(1).max(3),
  /** Keep the traffic to ECR, STS, SQS and Secrets Manager off the NAT. */
  interfaceEndpoints: z.boolean().default(false),
});

const cluster = z.strictObject({
  /** IAM roles whose bearers administer the cluster by kubectl. */
  admins: z.array(arn).min(1, 'name at least one role, or nobody gets in'),
  /**
   * Where the API of Kubernetes can be reached from besides the VPC. Empty
   * means from the VPC alone.
   */
  publicAccessFrom: z.array(z.string()).default([]),
  logRetentionDays: z
    .union([z.literal(30), z.literal(90), z.literal(365)])
    .default(90),
});

const registry = z.strictObject({
  /**
   * The systems that services are parts of: prefixes of their repositories and
   * namespaces, and names of their AppProjects.
   */
  prefixes: z
    .array(system)
    .min(1, 'name at least one prefix, such as the name of a system')
    .refine(
      names => new Set(names).size === names.length,
      'name each system once',
    ),
  /** Accounts whose clusters pull these images. */
  pullAccounts: z.array(accountId).default([]),
  /**
   * Registries of other accounts or regions whose images are deployed here, with the
   * role there by which the portal reads them (none for a region of this account).
   */
  others: z
    .array(
      z.strictObject({
        account: accountId,
        region: awsRegion,
        portalRole: arn.optional(),
      }),
    )
    .default([]),
  /** Versions that a repository keeps. */
  keepImages: z.int().min(10).max(10_000).default(200),
  scanning: z.enum(['BASIC', 'ENHANCED']).default('BASIC'),
  /** The GitHub repositories whose workflows may push images. */
  github: z
    .strictObject({
      owner: z.string().min(1),
      repositories: z.array(z.string().min(1)).min(1),
      branch: z.string().default('main'),
      /**
       * GitHub's identity provider, if the account has one already: IAM allows one
       * for each URL.
       */
      provider: arn.optional(),
      /**
       * The repository whose workflow releases the portal, from the environment
       * `release` (.github/workflows/release.yml).
       */
      releasedFrom: z.string().min(1).optional(),
    })
    .optional(),
});

/**
 * A database that a backup was restored into, which the portal uses in place of the
 * stack's own.
 */
const restored = z
  .strictObject({
    host: z.string().min(1),
    /** `DbiResourceId` or `DbClusterResourceId`; rights to sign in name it. */
    resourceId: z.string().regex(/^(db|cluster)-[A-Z0-9]+$/),
  })
  .optional();

const database = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('instance'),
    restored,
    instanceType: z.string().default('t4g.micro'),
    storageGiB: z.int().min(20).default(20),
    backupDays: z.int().min(1).max(35).default(7),
  }),
  z.strictObject({
    kind: z.literal('aurora'),
    restored,
    /** Aurora capacity units, of 2 GiB of memory each. */
    minCapacity: z.number().min(0.5).default(1),
    maxCapacity: z.number().max(256).default(8),
    readers: z.int().min(1).max(15).default(1),
    backupDays: z.int().min(1).max(35).default(14),
  }),
]);

const argocd = z.discriminatedUnion('mode', [
  z.strictObject({
    mode: z.literal('helm'),
    chartVersion: z.string(),
    /** Another version of Argo CD than the chart's own, such as a fixed one. */
    imageTag: z
      .string()
      .regex(/^v\d+\.\d+\.\d+$/, 'must be a version, such as v3.4.10')
      .optional(),
    domain,
    highlyAvailable: z.boolean(),
  }),
  z.strictObject({
    mode: z.literal('managed'),
    identityCenter: z.strictObject({
      instanceArn: arn,
      region: z.string().optional(),
    }),
    /** Groups of IAM Identity Center whose members administer Argo CD. */
    adminGroups: z.array(z.string()).min(1),
  }),
]);

const gitops = z.strictObject({
  /** This repository, or your fork of it. */
  repository: z.url(),
  revision: z.string().default('main'),
  /** Where the create-service template commits Applications. */
  services: z.strictObject({
    repository: z.url(),
    revision: z.string().default('main'),
    path: z.string().default('argocd'),
  }),
});

const portal = z
  .strictObject({
    domain,
    /** In this region, for the portal's domain and Argo CD's. */
    certificateArn: arn,
    image: z.strictObject({
      repository: z.string().min(1),
      tag: z.string().min(1),
    }),
    replicas: z.int().min(1).max(10),
    /** How people sign in: names of files in `deploy/portal/sign-in`. */
    signIn: z
      .array(z.enum(SIGN_IN))
      .refine(
        names => names.filter(name => name !== 'github').length <= 1,
        'only one of them can be used besides github, as they all configure OpenID Connect',
      ),
    /**
     * Configuration of the portal over that of the image, such as the catalog's
     * locations, permissions, or another way to sign in. It has no secrets: they are
     * variables of the secret `portal/sign-in`, written as `${NAME}`.
     */
    appConfig: z.record(z.string(), z.unknown()).default({}),
  })
  .refine(({ signIn, appConfig }) => signIn.length > 0 || 'auth' in appConfig, {
    path: ['signIn'],
    message: `name a way to sign in (${SIGN_IN.join(
      ', ',
    )}), or configure one under auth of appConfig`,
  });

/** What a deployment is configured by; see `config/*.yaml`. */
export const configSchema = z.strictObject({
  /** Prefix of the names of everything that is made. */
  name: z.string().regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/),
  account: accountId,
  region: awsRegion,
  /** The Route 53 zone that external-dns writes to. */
  hostedZone: z.strictObject({ id: z.string(), name: domain }),
  network,
  cluster,
  registry,
  database,
  argocd,
  gitops,
  portal,
  imageUpdater: z
    .strictObject({
      /**
       * Where EventBridge reaches the webhook of Image Updater. Without it,
       * pushes are noticed by polling, every two minutes.
       */
      webhookUrl: z.url().optional(),
    })
    .default({}),
  /** Who is mailed when an alarm goes off. */
  alarmEmail: z.email().optional(),
});

/** A deployment's configuration, complete and checked. */
export type DeployConfig = z.output<typeof configSchema>;

/**
 * Reads a configuration file.
 *
 * @throws Error that names the file and every value that can't be used
 */
export function readConfig(path: string): DeployConfig {
  const result = configSchema.safeParse(parse(readFileSync(path, 'utf8')));
  if (!result.success) {
    throw new Error(`${path} can't be used:\n${z.prettifyError(result.error)}`);
  }
  return result.data;
}
