import { orNothing } from './account.mjs';
import { failed, ok, warning } from './result.mjs';

/** What a deployment takes of a quota, and how much of it is taken already. */
const QUOTAS = [
  {
    name: 'VPCs',
    service: 'vpc',
    code: 'L-F678F1CE',
    needed: () => 1,
    used: async aws => (await aws.call('ec2', 'describe-vpcs')).Vpcs.length,
  },
  {
    name: 'elastic IP addresses',
    service: 'ec2',
    code: 'L-0263D0A3',
    needed: ({ network }) => network.natGateways,
    used: async aws =>
      (await aws.call('ec2', 'describe-addresses')).Addresses.length,
  },
  {
    name: 'EKS clusters',
    service: 'eks',
    code: 'L-1194D53C',
    needed: () => 1,
    used: async aws => (await aws.call('eks', 'list-clusters')).clusters.length,
  },
  {
    // Four nodes of two, and as many again while an upgrade replaces them.
    name: 'vCPUs of on-demand standard instances',
    service: 'ec2',
    code: 'L-1216C47A',
    needed: ({ database }) => (database.kind === 'aurora' ? 16 : 8),
    used: async () => 0,
  },
];

/** Checks whether there is room for the deployment, and its names are free. */
export const capacityChecks = {
  stacks: async ({ config, deployed }) => {
    const broken = deployed.filter(({ StackStatus }) =>
      /_FAILED$|^ROLLBACK_COMPLETE$/.test(StackStatus),
    );
    if (broken.length > 0) {
      return failed(
        broken
          .map(({ StackName, StackStatus }) => `${StackName} is ${StackStatus}`)
          .join(', '),
        'Read its events in CloudFormation, and repair or delete it first.',
      );
    }
    return deployed.length > 0
      ? ok(`${config.name} is deployed already; this will be an update`)
      : ok(`${config.name} is not deployed yet`);
  },

  quotas: async ({ config, aws, deployed }) => {
    if (deployed.length > 0) {
      return ok('nothing new is needed for an update');
    }
    const results = [];
    for (const quota of QUOTAS) {
      results.push(await checkQuota(quota, config, aws));
    }
    return results;
  },

  names: async ({ config, aws, deployed }) => {
    if (deployed.length > 0) {
      return ok('they are those of the deployed stacks');
    }
    const taken = await takenNames(config, aws);
    return taken.length > 0
      ? failed(
          `these exist without a stack, so CloudFormation can't create them: ${taken.join(
            ', ',
          )}`,
          'A removed deployment leaves them on purpose. Delete them (docs/operations/remove.md), or choose another name.',
        )
      : ok(`nothing else is called ${config.name}`);
  },

  "the registry's settings": async ({ config, aws, deployed }) => {
    if (deployed.length > 0) {
      return [];
    }
    const { scanningConfiguration } = await aws.call(
      'ecr',
      'get-registry-scanning-configuration',
    );
    const rules = scanningConfiguration?.rules ?? [];
    return rules.length > 0
      ? warning(
          'the account has scanning rules of its own, which the stack registry replaces',
          `Compare them with registry.scanning (${config.registry.scanning}).`,
        )
      : ok('no scanning rules yet');
  },
};

async function checkQuota({ name, service, code, needed, used }, config, aws) {
  const input = { ServiceCode: service, QuotaCode: code };
  const answer =
    (await orNothing(
      ['NoSuchResourceException'],
      aws.call('service-quotas', 'get-service-quota', input),
    )) ??
    (await aws.call('service-quotas', 'get-aws-default-service-quota', input));
  const limit = answer.Quota.Value;
  const taken = await used(aws);
  const wanted = needed(config);
  return taken + wanted > limit
    ? failed(
        `${name}: ${taken} of ${limit} are taken, and ${wanted} more are needed`,
        `Request an increase: aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${
          taken + wanted
        }`,
      )
    : ok(`${name}: ${taken} of ${limit} are taken, ${wanted} needed`);
}

async function takenNames({ name, account, registry }, aws) {
  const taken = [];
  const cluster = await orNothing(
    ['ResourceNotFoundException'],
    aws.call('eks', 'describe-cluster', { name }),
  );
  if (cluster) {
    taken.push(`EKS cluster ${name}`);
  }
  const { SecretList: secrets } = await aws.call(
    'secretsmanager',
    'list-secrets',
    {
      IncludePlannedDeletion: true,
      Filters: [{ Key: 'name', Values: [`${name}/`] }],
    },
  );
  taken.push(...secrets.map(secret => `secret ${secret.Name}`));
  const group = `/aws/eks/${name}/cluster`;
  const { logGroups } = await aws.call('logs', 'describe-log-groups', {
    logGroupNamePrefix: group,
  });
  taken.push(
    ...logGroups
      .filter(({ logGroupName }) => logGroupName === group)
      .map(({ logGroupName }) => `log group ${logGroupName}`),
  );
  if (registry.github) {
    const arn = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
    const { OpenIDConnectProviderList: providers } = await aws.call(
      'iam',
      'list-open-id-connect-providers',
    );
    if (providers.some(({ Arn }) => Arn === arn)) {
      taken.push(
        `identity provider ${arn} (set registry.github.provider to it)`,
      );
    }
  }
  return taken;
}
