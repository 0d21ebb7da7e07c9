import { gunzipSync } from 'node:zlib';
import { serialize } from './serialize';

describe('serialize', () => {
  it('serializes and compresses an object once', async () => {
    const answer = { items: ['ä', 1], left: undefined };

    const serialized = serialize(answer);

    expect(serialize(answer)).toBe(serialized);
    expect(serialized.body.toString('utf8')).toBe('{"items":["ä",1]}');
    const zipped = await serialized.gzip();
    expect(gunzipSync(zipped)).toEqual(serialized.body);
    expect(await serialized.gzip()).toBe(zipped);
  });

  it('has the same hash for the same bytes only', () => {
    expect(serialize({ a: 1 }).hash).toBe(serialize({ a: 1 }).hash);
    expect(serialize({ a: 1 }).hash).not.toBe(serialize({ a: 2 }).hash);
  });
});
