import {
  ecrHosts,
  parseEcrEvent,
} from '@landfall/backstage-plugin-delivery-node';
import fc from 'fast-check';
import { readRecordingText } from '@landfall/testing-kit';
import { subscribed } from '../__testUtils__/ecrEvents';
import { createEcrIngressValidator } from './ecrIngressValidator';

const TOKEN = 'a-long-enough-secret';
const RUNS = 2_000;
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 0x7fffffff);
const SAMPLES = [
  'push.json',
  'push.sqs.json',
  'push.sns-sqs.json',
  'push.api-destination.json',
  'delete.json',
  'scan.json',
  'replication.json',
].map((name): unknown => JSON.parse(readRecordingText(`ecr/samples/${name}`)));

/** Arbitrary values, and real events with one part replaced by an arbitrary value. */
const body: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything(),
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc
    .tuple(
      fc.constantFrom(...SAMPLES),
      fc.nat({ max: 40 }),
      fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })),
    )
    .map(([sample, at, value]) => withReplaced(sample, at, value)),
);

function withReplaced(sample: unknown, at: number, value: unknown): unknown {
  let count = 0;
  return JSON.parse(
    JSON.stringify(sample, (key, own) => {
      count += 1;
      return key !== '' && count === at + 2 ? value : own;
    }),
  );
}

describe(`ECR events with arbitrary bodies (seed ${SEED}, ${RUNS} bodies)`, () => {
  it('are accepted only if they can be parsed, and only ever trigger a read of a repository', async () => {
    const { onEvent, handleEvent } = await subscribed();
    const validate = createEcrIngressValidator(TOKEN);

    await fc.assert(
      fc.asyncProperty(body, async eventPayload => {
        handleEvent.mockClear();
        const reject = jest.fn();
        await validate(
          {
            body: eventPayload,
            headers: { 'x-landfall-token': TOKEN },
            raw: { body: Buffer.from(''), encoding: 'utf-8' },
          },
          { reject },
        );
        await onEvent({ topic: 'aws.ecr', eventPayload });

        const parsed = parseEcrEvent(eventPayload, ecrHosts);
        expect(reject).toHaveBeenCalledTimes('refused' in parsed ? 1 : 0);
        const understood =
          'event' in parsed
            ? [parsed.event.repository, ...parsed.aliases].map(repository => ({
                ...parsed.event,
                repository,
              }))
            : [];
        expect(handleEvent.mock.calls).toEqual(
          understood.map(event => [event]),
        );
        expect(understood).toEqual(
          understood.map(() =>
            expect.objectContaining({
              repository: expect.stringMatching(/^\d{12}\.dkr[.-]ecr/),
              digest: expect.stringMatching(/^sha\d+:/),
              at: expect.stringMatching(/^\S+Z$/),
            }),
          ),
        );
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
