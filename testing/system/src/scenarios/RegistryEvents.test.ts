import { RegistryEvents } from './RegistryEvents';

const event = (tag: string, repository = 'shop/api') =>
  JSON.stringify({
    detail: { 'repository-name': repository, 'image-tag': tag },
  });

/** The tags that arrive for these tags. */
function arriving(events: RegistryEvents, tags: string[]): string[] {
  return tags
    .flatMap(tag => events.disturbed(event(tag)))
    .map(text => JSON.parse(text).detail['image-tag']);
}

describe('faults of registry events', () => {
  it('lose, double and shuffle as many as requested', async () => {
    const events = new RegistryEvents();
    events.disturb('shop/api', { lose: 1, double: 1, shuffle: 3 });
    expect(arriving(events, ['lost', 'twice', 'a', 'b'])).toEqual([
      'twice',
      'twice',
    ]);
    expect(arriving(events, ['c', 'd'])).toEqual(['c', 'b', 'a', 'd']);
    await events.untilAllDisturbed('shop/api');
  });

  it('affect only the given repository', () => {
    const events = new RegistryEvents();
    events.disturb('shop/other', { lose: 1 });
    expect(arriving(events, ['1.0.0'])).toEqual(['1.0.0']);
    expect(events.disturbed(event('1.0.0', 'shop/other'))).toEqual([]);
    expect(events.disturbed(event('1.0.1', 'shop/other'))).toHaveLength(1);
  });
});
