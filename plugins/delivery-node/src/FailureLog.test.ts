import { mockServices } from '@backstage/backend-test-utils';
import { FailureLog } from './FailureLog';

describe('FailureLog', () => {
  const setUp = () => {
    const logger = mockServices.logger.mock();
    return { logger, log: FailureLog.create(logger) };
  };

  it('warns once for each subject and reason', () => {
    const { logger, log } = setUp();
    log.failed('main', 'forbidden', 'first');
    log.failed('main', 'forbidden', 'second');
    log.failed('edge', 'forbidden', 'other');
    log.failed('main', 'unreachable', 'third');

    expect(logger.warn.mock.calls).toEqual([['first'], ['other'], ['third']]);
    expect(logger.debug.mock.calls).toEqual([['second']]);
  });

  it('logs a recovery once, and warns again after it', () => {
    const { logger, log } = setUp();
    log.succeeded('main', 'never failed');
    log.failed('main', 'forbidden', 'first');
    log.succeeded('main', 'recovered');
    log.succeeded('main', 'still well');
    log.failed('main', 'forbidden', 'again');

    expect(logger.warn.mock.calls).toEqual([['first'], ['again']]);
    expect(logger.info.mock.calls).toEqual([['recovered']]);
  });
});
