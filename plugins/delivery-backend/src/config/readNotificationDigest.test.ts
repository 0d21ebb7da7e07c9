import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readNotificationDigest } from './readNotificationDigest';

function read(digest?: JsonObject) {
  return readNotificationDigest(
    mockServices.rootConfig({
      data: { delivery: { notifications: digest ? { digest } : {} } },
    }),
  );
}

describe('readNotificationDigest', () => {
  it.each<[JsonObject | undefined, object]>([
    [undefined, { above: 5, windowMs: 60_000 }],
    [{ above: 1 }, { above: 1, windowMs: 60_000 }],
    [{ window: { minutes: 15 } }, { above: 5, windowMs: 900_000 }],
    [{ window: { seconds: 0 } }, { above: 5, windowMs: 0 }],
  ])('reads %j', (digest, expected) => {
    expect(read(digest)).toEqual(expected);
  });

  it.each<[JsonObject, string]>([
    [{ above: 0 }, "'delivery.notifications.digest.above' must be"],
    [{ above: 2.5 }, "'delivery.notifications.digest.above' must be"],
    [{ window: { minutes: 16 } }, "'delivery.notifications.digest.window'"],
    [{ window: { seconds: -1 } }, "'delivery.notifications.digest.window'"],
  ])('refuses %j', (digest, message) => {
    expect(() => read(digest)).toThrow(message);
  });
});
