import { type ApplicationListener, fanOut } from './ApplicationListener';

const AT = '2026-11-23T04:00:00.000Z';
const REF = { instance: 'main', namespace: 'argocd', name: 'api' };

describe('fanOut', () => {
  let notified: string[];
  const listener = (name: string, failure?: Error): ApplicationListener => {
    const note = async (event: string) => {
      await new Promise(resolve => setImmediate(resolve));
      notified.push(`${name} ${event}`);
      if (failure) {
        throw failure;
      }
    };
    return {
      onList: async (_, seenAt) => note(`list ${seenAt}`),
      onChanged: async () => note('changed'),
      onDeleted: async ({ name: of }) => note(`deleted ${of}`),
    };
  };

  beforeEach(() => {
    notified = [];
  });

  it('notifies one listener after the other', async () => {
    const all = fanOut([listener('first'), listener('second')]);

    await all.onList([], AT, []);
    await all.onDeleted(REF, AT);

    expect(notified).toEqual([
      `first list ${AT}`,
      `second list ${AT}`,
      'first deleted api',
      'second deleted api',
    ]);
  });

  it('notifies no other listener after one that rejects', async () => {
    const all = fanOut([
      listener('first', new Error('refused')),
      listener('second'),
    ]);

    await expect(all.onDeleted(REF, AT)).rejects.toThrow('refused');

    expect(notified).toEqual(['first deleted api']);
  });
});
