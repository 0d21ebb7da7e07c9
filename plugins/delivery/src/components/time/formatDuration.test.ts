import { mockApis } from '@backstage/test-utils';
import { deliveryTranslationRef } from '../../translation';
import { formatDuration } from './formatDuration';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const english = mockApis.translation().getTranslation(deliveryTranslationRef);

describe('formatDuration', () => {
  it.each([
    [-5, '0 s'],
    [999, '0 s'],
    [40_999, '40 s'],
    [MINUTE, '1 min'],
    [HOUR - 1, '59 min'],
    [HOUR, '1 h'],
    [2 * HOUR + 5 * MINUTE, '2 h 5 min'],
    [24 * HOUR, '1 day'],
    [6 * 24 * HOUR + 5 * HOUR, '6 days'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(english.ready && formatDuration(milliseconds, english.t)).toBe(text);
  });
});
