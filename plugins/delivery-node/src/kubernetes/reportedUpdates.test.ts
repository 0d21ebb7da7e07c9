import {
  type ImageUpdaterResource,
  imageUpdaterSpecSchema,
} from '@landfall/backstage-plugin-delivery-common';
import { readRecordingJson } from '@landfall/testing-kit';
import { z } from 'zod';
import {
  decodeUpdateEvent,
  type UpdateEvent,
  withUpdateEvents,
} from './reportedUpdates';

const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/rapid';

const updater = (
  name: string,
  namePattern: string,
  rest: Partial<ImageUpdaterResource> = {},
): ImageUpdaterResource => ({
  namespace: 'argocd',
  name,
  spec: imageUpdaterSpecSchema.parse({ applicationRefs: [{ namePattern }] }),
  ...rest,
});

const event = (application: string, version: string, at: string) => ({
  namespace: 'argocd',
  updates: [{ application, repository: REPOSITORY, version, at }],
});

describe('decodeUpdateEvent', () => {
  it('reads every recorded event of Image Updater', () => {
    const { body } = z
      .object({ body: z.array(z.unknown()) })
      .parse(readRecordingJson('updater/events.json'));

    const events = body.map(decodeUpdateEvent);

    expect(events).toHaveLength(body.length);
    expect(events).not.toContain(undefined);
    expect(events[0]).toEqual({
      namespace: 'argocd',
      updates: [
        {
          application: 'rapid',
          repository: REPOSITORY,
          version: '1.0.1',
          at: '2026-11-23T04:05:42.000Z',
        },
      ],
    });
  });

  it.each([
    ['no object', null],
    ['no annotations', {}],
    [
      'an image without a tag',
      { 'argocd-image-updater.image-0/full-image-name': REPOSITORY },
    ],
    ['annotations of others', { 'example.com/new-tag': '1.0.0' }],
  ])('finds no update in an event with %s', (_, annotations) => {
    expect(
      decodeUpdateEvent(
        annotations && {
          metadata: { namespace: 'argocd', name: 'a.1', annotations },
          involvedObject: { namespace: 'argocd', name: 'a' },
          lastTimestamp: '2026-11-23T04:05:42Z',
        },
      ),
    ).toBeUndefined();
  });
});

describe('withUpdateEvents', () => {
  const AT = '2026-11-23T04:05:42.000Z';
  const LATER = '2026-11-23T04:07:42.000Z';

  it.each<[string, ImageUpdaterResource, UpdateEvent[], number]>([
    [
      'lists the application',
      updater('a', 'rapid'),
      [event('rapid', '1', AT)],
      1,
    ],
    ['has a glob', updater('a', 'ra*'), [event('rapid', '1', AT)], 1],
    ['lists another one', updater('a', 'other'), [event('rapid', '1', AT)], 0],
    [
      'is in another namespace',
      updater('a', 'rapid', { namespace: 'team' }),
      [event('rapid', '1', AT)],
      0,
    ],
    [
      'has repeated events',
      updater('a', 'rapid'),
      [event('rapid', '1', AT), event('rapid', '1', LATER)],
      1,
    ],
  ])('adds them to an ImageUpdater that %s', (_, one, events, count) => {
    const [result] = withUpdateEvents([one], events);
    expect(result.updates ?? []).toHaveLength(count);
  });

  it('keeps the latest of each, also of those from the status', () => {
    const reported = { repository: REPOSITORY, version: '2', at: AT };
    const [result] = withUpdateEvents(
      [updater('a', 'rapid', { updates: [reported] })],
      [event('rapid', '1', AT), event('rapid', '1', LATER)],
    );
    expect(result.updates).toEqual([
      { application: 'rapid', repository: REPOSITORY, version: '1', at: LATER },
      reported,
    ]);
  });

  it('is bounded', () => {
    const events = Array.from({ length: 500 }, (_, index) =>
      event('rapid', String(index), AT),
    );
    const [result] = withUpdateEvents([updater('a', 'rapid')], events);
    expect(result.updates).toHaveLength(100);
  });
});
