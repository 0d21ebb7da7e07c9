import { z } from 'zod';
import { readRecordingJson, recordedFiles } from '@landfall/testing-kit';
import { ecrHosts } from './parseEcrHost';
import { parseEcrEvent, type ParsedRegistryEvent } from './parseEcrEvent';

const DIGEST =
  'sha256:af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf';
const REGISTRY = { accountId: '123456789012', region: 'eu-west-1' };
const HOST = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

const sqsSchema = z.object({
  Messages: z.array(z.object({ Body: z.string() })),
});
const postSchema = z.object({ method: z.literal('POST'), body: z.string() });

/** The payloads that subscribers of Backstage's events receive for a sample. */
function payloadsOf(sample: unknown): unknown[] {
  const sqs = sqsSchema.safeParse(sample);
  if (sqs.success) {
    // Backstage's SQS module passes on the parsed body.
    return sqs.data.Messages.map(({ Body }) => JSON.parse(Body));
  }
  const post = postSchema.safeParse(sample);
  return [post.success ? JSON.parse(post.data.body) : sample];
}

function event(
  action: 'push' | 'delete' | 'scan',
  id: string,
  tag?: string,
): ParsedRegistryEvent {
  return {
    event: {
      id: `00000000-1111-2222-3333-0000000000${id}`,
      action,
      repository: `${HOST}/shop/api`,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      ...(tag ? { tag } : {}),
      at: '2026-06-01T10:15:30.000Z',
    },
    aliases: ecrHosts(REGISTRY)
      .slice(1)
      .map(host => `${host}/shop/api`),
  };
}

const noImage = {
  ignored: expect.stringContaining("isn't about an image"),
};

const SAMPLES: Record<string, ParsedRegistryEvent> = {
  'delete-untagged.json': event('delete', '07'),
  'delete.api-destination.json': event('delete', '06', '1.4.0'),
  'delete.json': event('delete', '06', '1.4.0'),
  'delete.sns-sqs.json': event('delete', '06', '1.4.0'),
  'delete.sqs.json': event('delete', '06', '1.4.0'),
  'pull-through-failed.json': noImage,
  'pull-through.json': noImage,
  'push-failure.json': { ignored: 'the push ended with FAILURE' },
  'push-index.json': event('push', '04', '1.4.2'),
  'push-legacy-fields.json': event('push', '02', '1.4.2'),
  'push-untagged.json': event('push', '03'),
  'push.api-destination.json': event('push', '01', '1.4.2'),
  'push.json': event('push', '01', '1.4.2'),
  'push.sns-sqs.json': event('push', '01', '1.4.2'),
  'push.sqs.json': event('push', '01', '1.4.2'),
  'referrer.json': noImage,
  'replication.json': event('push', '11', '1.4.2'),
  'scan-clean.json': event('scan', '09'),
  'scan-failed.json': event('scan', '10'),
  'scan-resource-change.json': noImage,
  'scan.api-destination.json': event('scan', '08'),
  'scan.json': event('scan', '08'),
  'scan.sns-sqs.json': event('scan', '08'),
  'scan.sqs.json': event('scan', '08'),
};

const push = {
  id: 'an-id',
  source: 'aws.ecr',
  'detail-type': 'ECR Image Action',
  account: '123456789012',
  region: 'eu-west-1',
  time: '2026-06-01T10:15:30Z',
  detail: {
    result: 'SUCCESS',
    'action-type': 'PUSH',
    'repository-name': 'shop/api',
    'image-digest': DIGEST,
  },
};

describe('parseEcrEvent', () => {
  it('has an expectation for every sample', () => {
    expect(recordedFiles('ecr/samples')).toEqual(Object.keys(SAMPLES).sort());
  });

  it.each(Object.entries(SAMPLES))('%s', (file, expected) => {
    const payloads = payloadsOf(readRecordingJson(`ecr/samples/${file}`));
    expect(payloads).toHaveLength(1);
    expect(parseEcrEvent(payloads[0], ecrHosts)).toEqual(expected);
    expect(parseEcrEvent(JSON.stringify(payloads[0]), ecrHosts)).toEqual(
      expected,
    );
  });

  it('returns the repository under every host of its registry', () => {
    expect(
      parseEcrEvent(push, ({ accountId, region }) => [
        'mirror:5000',
        `${accountId}.${region}`,
      ]),
    ).toMatchObject({
      event: { repository: 'mirror:5000/shop/api' },
      aliases: ['123456789012.eu-west-1/shop/api'],
    });
  });

  it.each([
    ['nothing', undefined],
    ['text', 'hello'],
    ['a list', []],
    [
      'a scan without a digest',
      {
        ...push,
        'detail-type': 'ECR Image Scan',
        detail: { 'scan-status': 'COMPLETE', 'repository-name': 'shop/api' },
      },
    ],
    ['no id', { ...push, id: undefined }],
    ['no detail', { ...push, detail: undefined }],
    ['another source', { ...push, source: 'aws.s3' }],
    ['an account that is none', { ...push, account: '12' }],
    ['a time that is none', { ...push, time: 'yesterday' }],
    [
      'a digest that is none',
      { ...push, detail: { ...push.detail, 'image-digest': 'latest' } },
    ],
    [
      'no repository',
      { ...push, detail: { ...push.detail, 'repository-name': '' } },
    ],
  ])('refuses %s', (_, body) => {
    expect(parseEcrEvent(body, ecrHosts)).toEqual({
      refused: expect.any(String),
    });
  });

  it('ignores an action that neither adds nor removes an image', () => {
    expect(
      parseEcrEvent(
        { ...push, detail: { ...push.detail, 'action-type': 'ARCHIVE' } },
        ecrHosts,
      ),
    ).toEqual({ ignored: expect.stringContaining("'ARCHIVE'") });
  });
});
