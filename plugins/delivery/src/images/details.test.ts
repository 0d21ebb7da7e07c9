import {
  type Findings,
  findingsOf,
  formatPlatforms,
  formatSize,
} from './details';

describe('formatSize', () => {
  it.each([
    [undefined, ''],
    [0, '0 bytes'],
    [1, '1 byte'],
    [510, '510 bytes'],
    [51_000, '51 kB'],
    [54_321_000, '54.3 MB'],
    [2_500_000_000_000, '2,500 GB'],
  ])('%s bytes: %s', (bytes, text) => {
    expect(formatSize(bytes, 'en')).toBe(text);
  });

  it('has the units of the locale', () => {
    expect(formatSize(510, 'de')).toBe('510 Byte');
    expect(formatSize(54_321_000, 'de')).toBe('54,3 MB');
  });
});

describe('findingsOf', () => {
  it.each<[Parameters<typeof findingsOf>[0], Findings]>([
    [undefined, { kind: 'not-scanned' }],
    [{ status: 'IN_PROGRESS' }, { kind: 'pending' }],
    [{ status: 'FAILED' }, { kind: 'failed' }],
    [{ status: 'UNSUPPORTED_IMAGE' }, { kind: 'unsupported' }],
    [{ status: 'SCAN_ELIGIBILITY_EXPIRED' }, { kind: 'expired' }],
    [{ status: 'COMPLETE' }, { kind: 'unavailable' }],
    [{ status: 'COMPLETE', severities: {} }, { kind: 'none' }],
    [{ status: 'ACTIVE', severities: { HIGH: 0 } }, { kind: 'none' }],
    [{ status: 'LIMIT_EXCEEDED' }, { kind: 'other', status: 'limit exceeded' }],
    [{ status: 'constructor' }, { kind: 'other', status: 'constructor' }],
    [
      {
        status: 'ACTIVE',
        severities: { UNTRIAGED: 4, HIGH: 2, LOW: 0, CRITICAL: 1 },
      },
      {
        kind: 'found',
        severities: [
          { severity: 'CRITICAL', amount: 1 },
          { severity: 'HIGH', amount: 2 },
          { severity: 'UNTRIAGED', amount: 4 },
        ],
      },
    ],
  ])('%j: %j', (scan, findings) => {
    expect(findingsOf(scan)).toEqual(findings);
  });
});

describe('formatPlatforms', () => {
  it.each([
    [{}, ''],
    [{ builds: [{ platform: 'linux/arm64', builtAt: '' }] }, 'linux/arm64'],
    [
      {
        builds: [{ platform: 'linux/amd64' }],
        children: [
          { digest: 'sha256:1', platform: 'linux/amd64' },
          { digest: 'sha256:2', platform: 'linux/arm64' },
          { digest: 'sha256:3' },
        ],
      },
      'linux/amd64, linux/arm64',
    ],
  ])('%j: %s', (image, text) => {
    expect(formatPlatforms(image)).toBe(text);
  });
});
