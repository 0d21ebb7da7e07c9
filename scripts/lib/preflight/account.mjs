import { AwsError } from '../aws.mjs';
import { covers, domainsOf } from './local.mjs';
import { failed, ok, warning } from './result.mjs';

const DAY_MS = 86_400_000;

/** The version of the bootstrap stack that the templates ask for. */
const BOOTSTRAP_VERSION = 6;

/** Checks of the account and of what must exist in it beforehand. */
export const accountChecks = {
  zones: async ({ config, aws }) => {
    const { AvailabilityZones: zones } = await aws.call(
      'ec2',
      'describe-availability-zones',
    );
    const available = zones
      .filter(({ State }) => State === 'available')
      .map(({ ZoneName }) => ZoneName);
    const missing = config.network.availabilityZones.filter(
      zone => !available.includes(zone),
    );
    return missing.length > 0
      ? failed(
          `${missing.join(', ')} can't be used`,
          `Choose from ${available.join(', ')} in network.availabilityZones.`,
        )
      : ok(config.network.availabilityZones.join(', '));
  },

  'CDK bootstrap': async ({ config, aws }) => {
    const version = await orNothing(
      ['ParameterNotFound'],
      aws.call('ssm', 'get-parameter', {
        Name: '/cdk-bootstrap/hnb659fds/version',
      }),
    );
    const todo = `Run \`yarn cdk bootstrap aws://${config.account}/${config.region}\` in deploy/aws.`;
    if (!version) {
      return failed('the region has not been bootstrapped', todo);
    }
    const { Value: number } = version.Parameter;
    return Number(number) < BOOTSTRAP_VERSION
      ? failed(`version ${number} is too old`, todo)
      : ok(`version ${number}`);
  },

  'hosted zone': async ({ config, aws, resolveNs }) => {
    const { id, name } = config.hostedZone;
    const zone = await orNothing(
      ['NoSuchHostedZone', 'InvalidInput'],
      aws.call('route53', 'get-hosted-zone', { Id: id }),
    );
    if (!zone) {
      return failed(
        `this account has no zone ${id}`,
        'Create a public zone in Route 53, and write its id and name into hostedZone.',
      );
    }
    const found = zone.HostedZone.Name.replace(/\.$/, '');
    if (found !== name) {
      return failed(
        `${id} is the zone of ${found}`,
        `Write ${found} into hostedZone.name, or choose another zone.`,
      );
    }
    if (zone.HostedZone.Config?.PrivateZone) {
      return failed(
        `${name} is a private zone`,
        'Choose a public one: people reach the portal by it.',
      );
    }
    const own = zone.DelegationSet?.NameServers ?? [];
    const delegated = await resolveNs(name).catch(() => []);
    return delegated.some(server => own.includes(server))
      ? ok(`${name}, delegated to Route 53`)
      : warning(
          `${name} isn't delegated to this zone, so nobody would find the portal`,
          `Write these name servers into the parent zone: ${own.join(', ')}`,
        );
  },

  certificate: async ({ config, aws, now }) => {
    const arn = config.portal.certificateArn;
    if (arn.split(':')[3] !== config.region) {
      return failed(
        `${arn} is in another region`,
        `Request one in ${config.region}: load balancers use certificates of their region.`,
      );
    }
    const answer = await orNothing(
      ['ResourceNotFoundException'],
      aws.call('acm', 'describe-certificate', { CertificateArn: arn }),
    );
    if (!answer) {
      return failed(
        `there is no certificate ${arn}`,
        'Request one in ACM, with validation by DNS.',
      );
    }
    const {
      Status,
      DomainName,
      SubjectAlternativeNames = [],
      NotAfter,
    } = answer.Certificate;
    if (Status !== 'ISSUED') {
      return failed(
        `its status is ${Status}`,
        'Create the records that ACM asks for, and wait until it is ISSUED.',
      );
    }
    const names = [DomainName, ...SubjectAlternativeNames];
    const missing = domainsOf(config).filter(
      domain => !names.some(name => covers(name, domain)),
    );
    if (missing.length > 0) {
      return failed(
        `it doesn't cover ${missing.join(', ')}`,
        `Request one with all of: ${domainsOf(config).join(', ')}`,
      );
    }
    return NotAfter && new Date(NotAfter).getTime() - now() < 30 * DAY_MS
      ? warning(
          `it ends on ${NotAfter}`,
          'Find out why ACM has not renewed it: its validation records may be gone.',
        )
      : ok(names.join(', '));
  },

  administrators: async ({ config, aws }) => {
    const missing = [];
    for (const arn of config.cluster.admins) {
      const [, , service, , account, resource] = arn.split(':');
      const name = resource?.split('/').pop();
      const isHere = service === 'iam' && account === config.account;
      if (
        isHere &&
        resource.startsWith('role/') &&
        !(await orNothing(
          ['NoSuchEntity'],
          aws.call('iam', 'get-role', { RoleName: name }),
        ))
      ) {
        missing.push(arn);
      }
    }
    return missing.length > 0
      ? failed(
          `there is no role ${missing.join(', ')}`,
          'Create it, or write existing roles into cluster.admins: nobody else gets into the cluster.',
        )
      : ok(config.cluster.admins.join(', '));
  },

  'portal image': async ({ config, aws }) => {
    const { repository, tag } = config.portal.image;
    const found =
      /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/(.+)$/.exec(
        repository,
      );
    if (!found) {
      return warning(
        `${repository} is no repository of ECR`,
        'Check by hand that the nodes may pull it.',
      );
    }
    const image = await orNothing(
      ['RepositoryNotFoundException', 'ImageNotFoundException'],
      aws.call('ecr', 'describe-images', {
        registryId: found[1],
        repositoryName: found[3],
        imageIds: [{ imageTag: tag }],
      }),
    );
    return image
      ? ok(`${repository}:${tag}`)
      : failed(
          `there is no image ${repository}:${tag}`,
          'Publish it (docs/operations/deploy.md, "The image"), or choose a published tag.',
        );
  },

  'Identity Center': async ({ config, aws }) => {
    if (config.argocd.mode !== 'managed') {
      return [];
    }
    const { instanceArn } = config.argocd.identityCenter;
    const found = await orNothing(
      ['ResourceNotFoundException', 'AccessDeniedException'],
      aws.call('sso-admin', 'describe-instance', { InstanceArn: instanceArn }),
    );
    return found
      ? ok(instanceArn)
      : failed(
          `there is no instance ${instanceArn} that can be read from here`,
          'Enable IAM Identity Center, and write its ARN into argocd.identityCenter.instanceArn.',
        );
  },
};

/** The answer, or undefined if AWS answers with one of these codes. */
export async function orNothing(codes, answer) {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AwsError && codes.includes(error.code)) {
      return undefined;
    }
    throw error;
  }
}
