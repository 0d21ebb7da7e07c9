import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/**
 * Addresses of metadata services, where clouds serve a machine's credentials
 * and settings.
 */
const METADATA = new BlockList();
METADATA.addSubnet('169.254.0.0', 16);
METADATA.addSubnet('fe80::', 10, 'ipv6');
METADATA.addSubnet('fd00:ec2::', 32, 'ipv6');
METADATA.addAddress('100.100.100.200');
METADATA.addAddress('168.63.129.16');

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addSubnet('0.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');
LOOPBACK.addAddress('::', 'ipv6');

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The addresses of a host; none if it can't be resolved here, such as behind a
 * proxy.
 */
async function addressesOf(hostname: string): Promise<string[]> {
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal)) {
    return [literal];
  }
  try {
    return (await lookup(literal, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}

/**
 * Whether a redirect may be followed: to https, or within one host and scheme.
 * Never to the addresses of cloud metadata services, and never from another
 * host to this machine itself.
 */
export async function isSafeRedirect(from: URL, to: URL): Promise<boolean> {
  const isSameHost = from.hostname === to.hostname;
  if (
    to.protocol !== 'https:' &&
    !(isSameHost && to.protocol === from.protocol)
  ) {
    return false;
  }
  const addresses = await addressesOf(to.hostname);
  return addresses.every(
    address =>
      !isIn(METADATA, address) && (isSameHost || !isIn(LOOPBACK, address)),
  );
}
