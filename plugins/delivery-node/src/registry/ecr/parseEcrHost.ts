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

// `<account>.dkr.ecr[-fips].<region>.amazonaws.com[.cn]`, and for dual-stack
// `<account>.dkr-ecr[-fips].<region>.on.aws` (in China `.on.amazonwebservices.com.cn`).
const HOSTS = [
  /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z]+(?:-[a-z]+)+-\d+)\.amazonaws\.com(?:\.cn)?$/,
  /^(\d{12})\.dkr-ecr(?:-fips)?\.([a-z]+(?:-[a-z]+)+-\d+)\.on\.(?:aws|amazonwebservices\.com\.cn)$/,
];

/**
 * The registry of an Amazon host; undefined for other hosts.
 *
 * @public
 */
export function parseEcrHost(host: string): EcrRegistry | undefined {
  for (const pattern of HOSTS) {
    const match = pattern.exec(host);
    if (match) {
      return { accountId: match[1], region: match[2] };
    }
  }
  return undefined;
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
 * the dual-stack forms of both.
 *
 * @public
 */
export function ecrHosts({ accountId, region }: EcrRegistry): string[] {
  const isChina = region.startsWith('cn-');
  const domain = isChina ? 'amazonaws.com.cn' : 'amazonaws.com';
  const dualStack = isChina ? 'on.amazonwebservices.com.cn' : 'on.aws';
  return [
    `${accountId}.dkr.ecr.${region}.${domain}`,
    `${accountId}.dkr.ecr-fips.${region}.${domain}`,
    `${accountId}.dkr-ecr.${region}.${dualStack}`,
    `${accountId}.dkr-ecr-fips.${region}.${dualStack}`,
  ];
}
