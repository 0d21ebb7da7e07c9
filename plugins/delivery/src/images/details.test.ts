import type { ImageScan } from '@landfall/backstage-plugin-delivery-common';
import { englishTexts } from '../translation/__testUtils__/englishTexts';
import { formatPlatforms, formatScan, formatSize } from './details';

describe('formatSize', () => {
  it.each([
    [undefined, ''],
    [0, '0 bytes'],
    [1, '1 byte'],
    [510, '510 bytes'],
    [54_321_000, '54.3 MB'],
    [2_500_000_000_000, '2,500 GB'],
  ])('%s bytes: %s', (bytes, text) => {
    expect(formatSize(bytes, 'en')).toBe(text);
  });

  it('has the units of the locale', () => {
    expect(formatSize(510, 'de')).toBe('510 Byte');
    expect(formatSize(54_321_000, 'de')).toBe('54,3 MB');
    expect(formatSize(510, 'ja')).toBe('510 バイト');
  });
});

describe('formatScan', () => {
  it.each<[ImageScan, string]>([
    [{ status: 'IN_PROGRESS' }, 'in progress'],
    [{ status: 'COMPLETE', severities: {} }, 'no findings'],
    [{ status: 'COMPLETE', severities: { HIGH: 0 } }, 'no findings'],
    [{ status: 'COMPLETE' }, 'complete, findings not reported'],
    [{ status: 'UNSUPPORTED_IMAGE' }, 'not supported for this image'],
    // Of a later ECR, or named like a property of every object.
    [{ status: 'LIMIT_EXCEEDED' }, 'limit exceeded'],
    [{ status: 'constructor' }, 'constructor'],
    [
      {
        status: 'ACTIVE',
        severities: { UNTRIAGED: 4, HIGH: 2, LOW: 0, CRITICAL: 1, ODD: 3 },
      },
      '1 critical, 2 high, 4 not rated yet, 3 odd',
    ],
  ])('%j: %s', (scan, text) => {
    expect(formatScan(scan, englishTexts())).toBe(text);
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
