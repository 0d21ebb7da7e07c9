import { readRecordingText } from '@landfall/testing-kit';
import { createEcrIngressValidator } from './ecrIngressValidator';

const TOKEN = 'a-long-enough-secret';

async function validate(body: unknown, headers: Record<string, string>) {
  const reject = jest.fn();
  const text = JSON.stringify(body);
  await createEcrIngressValidator(TOKEN)(
    { body, headers, raw: { body: Buffer.from(text), encoding: 'utf-8' } },
    { reject },
  );
  return reject.mock.calls.map(([details]) => details);
}

function sample(name: string): Record<string, unknown> {
  return JSON.parse(readRecordingText(`ecr/samples/${name}`));
}

describe('the ingress of ECR events', () => {
  it.each(['push.json', 'push-index.json', 'delete.json', 'scan.json'])(
    'accepts %s with the token',
    async name => {
      expect(
        await validate(sample(name), { 'x-landfall-token': TOKEN }),
      ).toEqual([]);
    },
  );

  it('removes the token from the event', async () => {
    const headers = { 'x-landfall-token': TOKEN, 'user-agent': 'Amazon' };
    await validate(sample('push.json'), headers);
    expect(headers).toEqual({ 'user-agent': 'Amazon' });
  });

  it.each([
    ['no token', {}],
    ['a wrong token', { 'x-landfall-token': 'a-long-enough-secres' }],
    ['a longer token', { 'x-landfall-token': `${TOKEN}x` }],
    ['an empty token', { 'x-landfall-token': '' }],
  ])('answers 403 to %s', async (_, headers) => {
    expect(await validate(sample('push.json'), { ...headers })).toEqual([
      { status: 403, payload: { message: expect.stringContaining('token') } },
    ]);
  });

  it.each([
    [
      'an event of something else',
      { ...sample('push.json'), source: 'aws.s3' },
    ],
    ['no object', [1, 2]],
    ['nothing', null],
    ['no detail', { ...sample('push.json'), detail: undefined }],
    ['a huge event', { ...sample('push.json'), x: 'x'.repeat(300_000) }],
  ])('answers 400 to %s', async (_, body) => {
    expect(await validate(body, { 'x-landfall-token': TOKEN })).toEqual([
      { status: 400, payload: { message: expect.any(String) } },
    ]);
  });
});
