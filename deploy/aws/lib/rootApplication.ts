import type { DeployConfig } from './config.ts';
import { DATABASE_USER } from './names.ts';

/** What other stacks put out and charts need. May contain tokens of CDK. */
export interface PlatformOutputs {
  argoCdUrl: string;
  clusterArn: string;
  databaseHost: string;
  databasePort: string;
  /** The secret of the database's master user, where a Job creates the user. */
  databaseBootstrapSecret?: string;
  queueUrl: string;
}

/**
 * The Application of `deploy/gitops/platform`. Its values are the only way from
 * AWS into the cluster; `values.schema.json` there refuses what it doesn't know.
 */
export function rootApplication(
  config: DeployConfig,
  outputs: PlatformOutputs,
): Record<string, unknown> {
  const { argocd, gitops } = config;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'platform',
      namespace: 'argocd',
      // Deleting it deletes load balancers, which CloudFormation doesn't know.
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      project: 'default',
      source: {
        repoURL: gitops.repository,
        targetRevision: gitops.revision,
        path: 'deploy/gitops/platform',
        helm: { valuesObject: platformValues(config, outputs) },
      },
      destination: {
        server:
          argocd.mode === 'managed'
            ? outputs.clusterArn
            : 'https://kubernetes.default.svc',
        namespace: 'argocd',
      },
      // Argo CD writes the tokens of roles into the projects that it syncs.
      ignoreDifferences: [
        {
          group: 'argoproj.io',
          kind: 'AppProject',
          jqPathExpressions: ['.spec.roles[]?.jwtTokens'],
        },
      ],
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'],
        retry: { limit: 10, backoff: { duration: '10s', maxDuration: '5m' } },
      },
    },
  };
}

function platformValues(
  config: DeployConfig,
  outputs: PlatformOutputs,
): Record<string, unknown> {
  const { name, account, region, hostedZone, argocd, gitops, portal } = config;
  return {
    deployment: {
      name,
      account,
      region,
      clusterName: name,
      destinationServer:
        argocd.mode === 'managed'
          ? outputs.clusterArn
          : 'https://kubernetes.default.svc',
    },
    gitops: { repository: gitops.repository, revision: gitops.revision },
    hostedZone: { ...hostedZone },
    certificateArn: portal.certificateArn,
    argocd:
      argocd.mode === 'managed'
        ? { managed: true, url: outputs.argoCdUrl }
        : {
            url: outputs.argoCdUrl,
            managed: false,
            domain: argocd.domain,
            chartVersion: argocd.chartVersion,
            ...(argocd.imageTag !== undefined && {
              imageTag: argocd.imageTag,
            }),
            highlyAvailable: argocd.highlyAvailable,
          },
    imageUpdater: {
      registries: [{ account, region }, ...config.registry.others].map(
        registry => ({ account: registry.account, region: registry.region }),
      ),
      webhook: config.imageUpdater.webhookUrl !== undefined,
    },
    portal: {
      domain: portal.domain,
      image: { ...portal.image },
      replicas: portal.replicas,
      database: {
        host: outputs.databaseHost,
        port: outputs.databasePort,
        user: DATABASE_USER,
        ...(outputs.databaseBootstrapSecret && {
          bootstrapSecret: outputs.databaseBootstrapSecret,
        }),
      },
      queueUrl: outputs.queueUrl,
      signIn: [...portal.signIn],
      appConfig: portal.appConfig,
    },
    systems: [...config.registry.prefixes],
    services: { ...gitops.services },
  };
}
