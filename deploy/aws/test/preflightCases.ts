const ACCOUNT = '210987654321';
const CERTIFICATE = `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/5a5a5a5a-1111-4222-8333-444444444444`;

/** A configuration without the values of the examples. */
export const OWN = {
  account: ACCOUNT,
  hostedZone: { id: 'Z0PORTAL', name: 'shop.test' },
  'cluster.admins': [`arn:aws:iam::${ACCOUNT}:role/platform-admin`],
  'registry.github': { owner: 'shop', repositories: ['*'] },
  'argocd.domain': 'argocd.shop.test',
  'argocd.imageTag': 'v3.4.10',
  gitops: {
    repository: 'https://github.com/shop/landfall.git',
    services: { repository: 'https://github.com/shop/gitops.git' },
  },
  portal: {
    domain: 'portal.shop.test',
    certificateArn: CERTIFICATE,
    image: {
      repository: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/landfall/portal`,
      tag: '1.0.0',
    },
    replicas: 1,
    signIn: ['github'],
  },
};

/** What AWS answers for an account in which the deployment can succeed. */
export function answers(): Record<string, object> {
  return {
    'sts get-caller-identity': {
      Account: ACCOUNT,
      Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/admin/me`,
    },
    'cloudformation describe-stacks': { Stacks: [] },
    'ec2 describe-availability-zones': {
      AvailabilityZones: ['a', 'b', 'c'].map(zone => ({
        ZoneName: `eu-west-1${zone}`,
        State: 'available',
      })),
    },
    'ssm get-parameter': { Parameter: { Value: '30' } },
    'route53 get-hosted-zone': {
      HostedZone: { Name: 'shop.test.', Config: { PrivateZone: false } },
      DelegationSet: { NameServers: ['ns-1.awsdns-01.com'] },
    },
    'acm describe-certificate': {
      Certificate: {
        Status: 'ISSUED',
        DomainName: '*.shop.test',
        NotAfter: '2999-01-01T00:00:00Z',
      },
    },
    'iam get-role': { Role: { RoleName: 'platform-admin' } },
    'ecr describe-images': { imageDetails: [{}] },
    'service-quotas get-service-quota': { Quota: { Value: 100 } },
    'ec2 describe-vpcs': { Vpcs: [{}] },
    'ec2 describe-addresses': { Addresses: [] },
    'eks list-clusters': { clusters: [] },
    'eks describe-cluster': { error: 'ResourceNotFoundException' },
    'secretsmanager list-secrets': { SecretList: [] },
    'logs describe-log-groups': { logGroups: [] },
    'iam list-open-id-connect-providers': { OpenIDConnectProviderList: [] },
    'ecr get-registry-scanning-configuration': {
      scanningConfiguration: { rules: [] },
    },
  };
}

/** A fault, the check that reports it, and what it says to do. */
interface Case {
  what: string;
  title: string;
  /** Other answers of AWS. */
  changes: Record<string, object>;
  /** Other values of the configuration. */
  config: Record<string, unknown>;
  todo: RegExp;
}

const ROWS: [
  string,
  string,
  Record<string, object>,
  Record<string, unknown>,
  RegExp,
][] = [
  [
    'credentials of another account',
    'credentials',
    { 'sts get-caller-identity': { Account: '1', Arn: 'a' } },
    {},
    /Sign in to the other account/,
  ],
  [
    'no credentials',
    'credentials',
    { 'sts get-caller-identity': { error: 'ExpiredToken' } },
    {},
    /aws sso login/,
  ],
  [
    'values of the examples',
    'configuration',
    {},
    {
      gitops: {
        repository: 'https://github.com/example/landfall.git',
        services: { repository: 'https://github.com/shop/gitops.git' },
      },
    },
    /Replace them/,
  ],
  [
    'a domain of another zone',
    'domains',
    {
      'acm describe-certificate': {
        Certificate: {
          Status: 'ISSUED',
          DomainName: '*.shop.test',
          SubjectAlternativeNames: ['argocd.other.test'],
        },
      },
    },
    { 'argocd.domain': 'argocd.other.test' },
    /choose domains in it/,
  ],
  [
    'a zone that the account lacks',
    'zones',
    {},
    { 'network.availabilityZones': ['eu-west-1a', 'eu-west-1f'] },
    /Choose from eu-west-1a/,
  ],
  [
    'no bootstrap',
    'CDK bootstrap',
    { 'ssm get-parameter': { error: 'ParameterNotFound' } },
    {},
    /cdk bootstrap aws:\/\/210987654321\/eu-west-1/,
  ],
  [
    'an old bootstrap',
    'CDK bootstrap',
    { 'ssm get-parameter': { Parameter: { Value: '5' } } },
    {},
    /cdk bootstrap/,
  ],
  [
    'no hosted zone',
    'hosted zone',
    { 'route53 get-hosted-zone': { error: 'NoSuchHostedZone' } },
    {},
    /Create a public zone/,
  ],
  [
    'the zone of another name',
    'hosted zone',
    { 'route53 get-hosted-zone': { HostedZone: { Name: 'other.test.' } } },
    {},
    /hostedZone.name/,
  ],
  [
    'a private zone',
    'hosted zone',
    {
      'route53 get-hosted-zone': {
        HostedZone: { Name: 'shop.test.', Config: { PrivateZone: true } },
      },
    },
    {},
    /public one/,
  ],
  [
    'a pending certificate',
    'certificate',
    {
      'acm describe-certificate': {
        Certificate: {
          Status: 'PENDING_VALIDATION',
          DomainName: '*.shop.test',
        },
      },
    },
    {},
    /records that ACM asks for/,
  ],
  [
    'a certificate of other domains',
    'certificate',
    {
      'acm describe-certificate': {
        Certificate: { Status: 'ISSUED', DomainName: 'portal.shop.test' },
      },
    },
    {},
    /portal.shop.test, argocd.shop.test/,
  ],
  [
    'no certificate',
    'certificate',
    { 'acm describe-certificate': { error: 'ResourceNotFoundException' } },
    {},
    /Request one in ACM/,
  ],
  [
    'a missing administrator',
    'administrators',
    { 'iam get-role': { error: 'NoSuchEntity' } },
    {},
    /cluster.admins/,
  ],
  [
    'no image',
    'portal image',
    { 'ecr describe-images': { error: 'ImageNotFoundException' } },
    {},
    /Publish it/,
  ],
  [
    'a broken stack',
    'stacks',
    {
      'cloudformation describe-stacks': {
        Stacks: [
          { StackName: 'landfall-data', StackStatus: 'ROLLBACK_COMPLETE' },
        ],
      },
    },
    {},
    /repair or delete/,
  ],
  [
    'a used-up quota',
    'quotas',
    { 'service-quotas get-service-quota': { Quota: { Value: 1 } } },
    {},
    /request-service-quota-increase --service-code vpc/,
  ],
  [
    'secrets of a removed deployment',
    'names',
    {
      'secretsmanager list-secrets': {
        SecretList: [{ Name: 'landfall/portal/session' }],
      },
    },
    {},
    /remove.md/,
  ],
  [
    'a taken log group',
    'names',
    {
      'logs describe-log-groups': {
        logGroups: [{ logGroupName: '/aws/eks/landfall/cluster' }],
      },
    },
    {},
    /remove.md/,
  ],
  [
    "GitHub's identity provider",
    'names',
    {
      'iam list-open-id-connect-providers': {
        OpenIDConnectProviderList: [
          {
            Arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
          },
        ],
      },
    },
    {},
    /remove.md/,
  ],
];

export const CASES = ROWS.map(
  ([what, title, changes, config, todo]): Case => ({
    what,
    title,
    changes,
    config,
    todo,
  }),
);
