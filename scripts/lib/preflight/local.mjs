import { execute } from '../aws.mjs';
import { failed, ok, warning } from './result.mjs';

/** The version of Kubernetes that deploy/aws/lib/cluster.ts sets. */
const KUBERNETES_MINOR = 36;

/** Checks of this machine and of the configuration alone. */
export const localChecks = {
  'AWS command line': async ({ env }) => {
    const found = await versionOf('aws', ['--version'], env);
    return found === undefined
      ? failed(
          'aws is not installed',
          'Install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
        )
      : ok(found);
  },

  kubectl: async ({ env }) => {
    const found = await versionOf(
      'kubectl',
      ['version', '--client', '--output=json'],
      env,
    );
    const minor = found && Number(/"minor":\s*"(\d+)/.exec(found)?.[1]);
    if (!minor) {
      return warning(
        'kubectl is not installed',
        'The deployment runs without it, but the teardown and every look into the cluster need it: https://kubernetes.io/docs/tasks/tools/',
      );
    }
    return Math.abs(minor - KUBERNETES_MINOR) > 1
      ? warning(
          `kubectl is 1.${minor}, and the cluster 1.${KUBERNETES_MINOR}`,
          'Install a version that differs by one minor version at most.',
        )
      : ok(`1.${minor}`);
  },

  configuration: ({ config }) => {
    const examples = examplesIn(config);
    return examples.length > 0
      ? failed(
          `these values are still those of the example: ${examples.join(', ')}`,
          'Replace them by your own.',
        )
      : ok(`${config.name} in ${config.account}, ${config.region}`);
  },

  domains: ({ config }) => {
    const outside = domainsOf(config).filter(
      domain => !isBelow(domain, config.hostedZone.name),
    );
    return outside.length > 0
      ? failed(
          `${outside.join(', ')} is outside of the zone ${
            config.hostedZone.name
          }`,
          'external-dns writes into hostedZone alone: choose domains in it, or another zone.',
        )
      : ok(domainsOf(config).join(', '));
  },

  "Argo CD's version": ({ config: { argocd } }) =>
    argocd.mode === 'helm' &&
    argocd.chartVersion === '10.1.1' &&
    argocd.imageTag === undefined
      ? warning(
          'chart 10.1.1 installs Argo CD 3.4.4, which lacks the security fixes of 3.4.10',
          'Set argocd.imageTag to v3.4.10 or later, or argocd.chartVersion to a newer chart.',
        )
      : [],

  'API of Kubernetes': ({ config }) =>
    config.cluster.publicAccessFrom.length > 0
      ? ok(`open to ${config.cluster.publicAccessFrom.join(', ')}`)
      : warning(
          'can be reached from the VPC alone',
          'For kubectl from here, add the addresses of your network to cluster.publicAccessFrom, or use a machine in the VPC.',
        ),
};

/** The domains that load balancers serve. */
export function domainsOf({ portal, argocd }) {
  return [portal.domain, ...('domain' in argocd ? [argocd.domain] : [])];
}

/** Whether a certificate's name, maybe with a wildcard, covers a domain. */
export function covers(name, domain) {
  return (
    name === domain ||
    (name.startsWith('*.') &&
      domain.slice(domain.indexOf('.') + 1) === name.slice(2))
  );
}

function isBelow(domain, zone) {
  return domain === zone || domain.endsWith(`.${zone}`);
}

async function versionOf(command, args, env) {
  const found = await execute(command, args, { env }).catch(() => undefined);
  return found?.code === 0
    ? (found.stdout || found.stderr).trim().split(' Python')[0]
    : undefined;
}

/** The keys whose values come from the profiles of this repository. */
function examplesIn(value, path = '') {
  if (typeof value === 'string') {
    return /(^|[/.@])example(\.|\/|$)|123456789012|0000-4000-8000-|^Z0123456789|ssoins-0123456789abcdef/.test(
      value,
    )
      ? [path]
      : [];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, part]) =>
    examplesIn(part, path ? `${path}.${key}` : key),
  );
}
