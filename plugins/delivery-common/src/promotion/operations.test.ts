import type { OperationPhase } from '../model/application';
import { application, at, operation } from './__testUtils__/builders';
import { isAssessedSinceOperation, isFailed, isRunning } from './operations';

describe('the phase of an operation', () => {
  it.each<[OperationPhase, boolean, boolean]>([
    ['Running', true, false],
    ['Terminating', true, false],
    ['Failed', false, true],
    ['Error', false, true],
    ['Succeeded', false, false],
  ])('%s: running %s, failed %s', (phase, running, failed) => {
    expect(isRunning(operation({ phase }))).toBe(running);
    expect(isFailed(operation({ phase }))).toBe(failed);
  });

  it('is not running if there is none', () => {
    expect(isRunning(undefined)).toBe(false);
  });
});

describe('isAssessedSinceOperation', () => {
  it.each([
    ['no operation', undefined, at('12:00'), true],
    ['reconciled after it', operation(), at('12:03'), true],
    ['reconciled as it ended', operation(), at('12:02'), false],
    ['reconciled before it ended', operation(), at('12:01'), false],
    ['never reconciled', operation(), undefined, false],
    [
      'still running',
      operation({ phase: 'Running', finishedAt: undefined }),
      at('12:03'),
      false,
    ],
    [
      'without an end',
      operation({ finishedAt: undefined }),
      at('12:03'),
      false,
    ],
  ])('%s', (_, current, reconciledAt, expected) => {
    expect(
      isAssessedSinceOperation(
        application({ operation: current, reconciledAt }),
      ),
    ).toBe(expected);
  });
});
