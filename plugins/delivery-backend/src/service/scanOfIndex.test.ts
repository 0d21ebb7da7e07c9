import type { ImageScan } from '@landfall/backstage-plugin-delivery-common';
import { scanOfIndex } from './scanOfIndex';

const scan = (
  severities: ImageScan['severities'],
  at?: string,
  status = 'COMPLETE',
): ImageScan => ({
  status,
  ...(at && { at }),
  ...(severities && { severities }),
});

it.each<[string, (ImageScan | undefined)[], ImageScan | undefined]>([
  ['nothing where nothing is known', [undefined, undefined], undefined],
  [
    'the worst of each severity, as of the latest',
    [
      scan({ HIGH: 2, LOW: 1 }, '2026-01-01T00:00:00.000Z'),
      undefined,
      scan({ HIGH: 1, CRITICAL: 1 }, '2026-01-02T00:00:00.000Z'),
    ],
    scan({ CRITICAL: 1, HIGH: 2, LOW: 1 }, '2026-01-02T00:00:00.000Z'),
  ],
  [
    'what ended, beside what has not',
    [scan(undefined, undefined, 'IN_PROGRESS'), scan({ LOW: 1 })],
    scan({ LOW: 1 }),
  ],
  [
    'that none has ended',
    [undefined, scan(undefined, undefined, 'IN_PROGRESS')],
    scan(undefined, undefined, 'IN_PROGRESS'),
  ],
  ['that nothing was found', [scan({}), scan({})], scan({})],
])('an index has %s', (_, scans, expected) => {
  expect(scanOfIndex(scans)).toEqual(expected);
});
