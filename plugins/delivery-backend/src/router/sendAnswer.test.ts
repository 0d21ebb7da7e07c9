import express from 'express';
import request from 'supertest';
import { sendAnswer } from './sendAnswer';

const SMALL = { items: ['a'] };
const LARGE = { items: Array.from({ length: 500 }, (_, index) => `i${index}`) };

function setUp(options?: { asJson: boolean }) {
  const app = express();
  for (const [path, answer] of Object.entries({ SMALL, LARGE })) {
    app.get(`/${path}`, (req, res, next) => {
      sendAnswer(req, res, answer, options).catch(next);
    });
  }
  return (path: string, encoding = 'gzip') =>
    request(app).get(path).set('Accept-Encoding', encoding);
}

describe('sendAnswer', () => {
  it.each([
    ['/SMALL', 'gzip', SMALL, undefined],
    ['/LARGE', 'gzip', LARGE, 'gzip'],
    ['/LARGE', 'identity', LARGE, undefined],
  ])('sends %s for %s', async (path, accepted, answer, encoding) => {
    const { body, headers } = await setUp()(path, accepted).expect(200);

    expect(body).toEqual(answer);
    expect(headers).toMatchObject({
      etag: expect.stringMatching(/^"[\w-]+"$/),
      'cache-control': 'private, no-cache',
      'content-type': 'application/json; charset=utf-8',
      vary: 'Accept-Encoding',
    });
    expect(headers['content-encoding']).toBe(encoding);
  });

  it('has an ETag for each encoding, and answers 304 to it', async () => {
    const get = setUp();
    const etags = new Set<string>();
    for (const encoding of ['gzip', 'identity']) {
      const { etag } = (await get('/LARGE', encoding)).headers;
      etags.add(etag);
      const { status, text } = await get('/LARGE', encoding).set(
        'If-None-Match',
        `"other", ${etag}`,
      );
      expect([status, text]).toEqual([304, '']);
    }
    expect(etags.size).toBe(2);
    const [gzip] = etags;
    await get('/LARGE', 'identity').set('If-None-Match', gzip).expect(200);
  });

  it('lets middleware see the answer on request', async () => {
    const { body } = await setUp({ asJson: true })('/LARGE').expect(200);
    expect(body).toEqual(LARGE);
  });
});
