/**
 * An ECR registry: one per account and region.
 *
 * @public
 */
export interface EcrRegistry {
  /** 12 digits. */
  accountId: string;
  region: string;
}

/**
 * The registry domains of an AWS partition. The endpoint rules of the AWS SDK
 * cover only the API of ECR, not its registries.
 */
interface Partition {
  regions: RegExp;
  /** Of `<account>.dkr.ecr[-fips].<region>.<domain>`. */
  domain: string;
  /** Of `<account>.dkr-ecr[-fips].<region>.<domain>`; isolated partitions have none. */
  dualStackDomain?: string;
}

const PARTITIONS: Partition[] = [
  {
    regions: /^cn-/,
    domain: 'amazonaws.com.cn',
    dualStackDomain: 'on.amazonwebservices.com.cn',
  },
  {
    regions: /^eusc-/,
    domain: 'amazonaws.eu',
    dualStackDomain: 'on.amazonwebservices.eu',
  },
  { regions: /^us-iso-/, domain: 'c2s.ic.gov' },
  { regions: /^us-isob-/, domain: 'sc2s.sgov.gov' },
  { regions: /^eu-isoe-/, domain: 'cloud.adc-e.uk' },
  { regions: /^us-isof-/, domain: 'csp.hci.ic.gov' },
];

/** The commercial regions and those of AWS GovCloud. */
const DEFAULT_PARTITION: Partition = {
  regions: /^/,
  domain: 'amazonaws.com',
  dualStackDomain: 'on.aws',
};

const HOST =
  /^(\d{12})\.dkr([.-])ecr(?:-fips)?\.([a-z]+(?:-[a-z]+)+-\d+)\.([a-z0-9.-]+)$/;

/**
 * The registry of an Amazon host; undefined for other hosts.
 *
 * @public
 */
export function parseEcrHost(host: string): EcrRegistry | undefined {
  const match = HOST.exec(host);
  if (!match) {
    return undefined;
  }
  const [, accountId, separator, region, domain] = match;
  const partition = partitionOf(region);
  const expected =
    separator === '-' ? partition.dualStackDomain : partition.domain;
  return domain === expected ? { accountId, region } : undefined;
}

/**
 * The usual host of a registry in image references.
 *
 * @public
 */
export function ecrHost(registry: EcrRegistry): string {
  return ecrHosts(registry)[0];
}

/**
 * All hosts that Amazon gives a registry: the standard one, the FIPS one, and
 * the dual-stack forms of both where the partition has them.
 *
 * @public
 */
export function ecrHosts({ accountId, region }: EcrRegistry): string[] {
  const { domain, dualStackDomain } = partitionOf(region);
  return [
    `${accountId}.dkr.ecr.${region}.${domain}`,
    `${accountId}.dkr.ecr-fips.${region}.${domain}`,
    ...(dualStackDomain
      ? [
          `${accountId}.dkr-ecr.${region}.${dualStackDomain}`,
          `${accountId}.dkr-ecr-fips.${region}.${dualStackDomain}`,
        ]
      : []),
  ];
}

function partitionOf(region: string): Partition {
  return (
    PARTITIONS.find(({ regions }) => regions.test(region)) ?? DEFAULT_PARTITION
  );
}
