import { isThrottled } from './isThrottled';

function errorWith(properties: object, message = 'Rate exceeded'): Error {
  return Object.assign(new Error(message), properties);
}

describe('isThrottled', () => {
  it.each([
    ['of ECR', errorWith({ name: 'ThrottlingException' }), true],
    ['by its status', errorWith({ status: 429 }), true],
    [
      'as the cause of another one',
      new Error('ECR refused', {
        cause: errorWith({ name: 'TooManyRequestsException' }),
      }),
      true,
    ],
    ['of something else', errorWith({ name: 'AccessDeniedException' }), false],
    ['that is none', 'Rate exceeded', false],
  ])('recognizes an error %s', (_, error, expected) => {
    expect(isThrottled(error)).toBe(expected);
  });
});
