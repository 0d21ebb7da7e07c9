import { mockServices } from '@backstage/backend-test-utils';
import { RateLimitedWarning } from './RateLimitedWarning';

it('warns at most once a minute, with the number of times', () => {
  const logger = mockServices.logger.mock();
  let now = 0;
  const warning = RateLimitedWarning.create({ logger, now: () => now });

  warning.warn('Refused');
  warning.warn('Refused');
  warning.warn('Refused');
  expect(logger.warn.mock.calls).toEqual([['Refused']]);

  now += 60_000;
  warning.warn('Refused');
  expect(logger.warn.mock.calls).toEqual([
    ['Refused'],
    ['Refused (and 2 times since last reported)'],
  ]);
});
