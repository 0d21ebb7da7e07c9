import { formatPlatforms, formatScan, formatSize } from './details';

describe('formatSize', () => {
  it.each([
    [undefined, ''],
    [0, '0 byte'],
    [382, '382 byte'],
    [54_321_000, '54.3 MB'],
    [2_500_000_000_000, '2,500 GB'],
  ])('%s bytes: %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });
});

describe('formatScan', () => {
  it.each([
    [undefined, ''],
    [{ status: 'IN_PROGRESS' }, 'in progress'],
    [{ status: 'COMPLETE', severities: {} }, 'complete'],
    [
      {
        status: 'ACTIVE',
        severities: { UNTRIAGED: 4, HIGH: 2, LOW: 0, CRITICAL: 1 },
      },
      '1 critical, 2 high, 4 untriaged',
    ],
  ])('%j: %s', (scan, text) => {
    expect(formatScan(scan)).toBe(text);
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
