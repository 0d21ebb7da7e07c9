import type { Observation } from '@landfall/backstage-plugin-delivery-common';
import { relevantObservations } from './relevantObservations';

const repository = 'registry.example.com/shop/api';
const pushes = (count: number): Observation[] =>
  Array.from({ length: count }, (_, number) => ({
    kind: 'image-pushed',
    repository,
    digest: `d${number}`,
    tags: [`t${number}`],
    pushedAt: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString(),
    seenAt: '2026-01-02T00:00:00.000Z',
  }));
const namesOf = (observations: readonly Observation[]) =>
  observations.map(one => ('digest' in one ? one.digest : one.kind));

describe('relevantObservations', () => {
  it('keeps a few observations as they are', () => {
    const few = pushes(100);
    expect(relevantObservations(few, [], 1)).toBe(few);
  });

  it('keeps of many the latest pushes and what is referenced', () => {
    const many: Observation[] = [
      ...pushes(300),
      {
        kind: 'image-removed',
        repository,
        digest: 'd7',
        seenAt: '2026-01-02T00:00:00.000Z',
      },
      {
        kind: 'image-removed',
        repository,
        digest: 'd8',
        seenAt: '2026-01-02T00:00:00.000Z',
      },
    ];
    expect(
      namesOf(
        relevantObservations(
          many,
          [
            { repository, tag: 't5' },
            { repository, digest: 'd7' },
            { repository: 'other', tag: 't6' },
          ],
          2,
        ),
      ),
    ).toEqual(['d5', 'd7', 'd298', 'd299', 'd7', 'd8']);
  });

  it('keeps the last one, so that the change is noticed', () => {
    const many = pushes(200).reverse();
    expect(namesOf(relevantObservations(many, [], 1))).toEqual(['d199', 'd0']);
  });
});
