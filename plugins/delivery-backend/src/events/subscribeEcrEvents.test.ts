import { readRecordingText } from '@landfall/testing-kit';
import { subscribed } from '../__testUtils__/ecrEvents';

describe('subscribeEcrEvents', () => {
  async function subscribe(handleEvent?: jest.Mock) {
    const subscription = await subscribed(handleEvent);
    const send = (sample: string) =>
      subscription.onEvent({
        topic: 'aws.ecr',
        eventPayload: JSON.parse(readRecordingText(`ecr/samples/${sample}`)),
      });
    return { ...subscription, send };
  }

  it.each(['push.json', 'delete.json', 'scan.json'])(
    'reports %s as an event',
    async sample => {
      const { send, handleEvent } = await subscribe();
      await send(sample);
      expect(handleEvent).toHaveBeenCalledWith(
        expect.objectContaining({
          repository: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api',
          action: sample.replace('.json', ''),
        }),
      );
    },
  );

  it.each(['push.sqs.json', 'push.sns-sqs.json'])(
    'handles %s as the SQS module publishes it',
    async sample => {
      const { onEvent, handleEvent } = await subscribe();
      const { Messages } = JSON.parse(
        readRecordingText(`ecr/samples/${sample}`),
      );
      await onEvent({
        topic: 'aws-ecr',
        eventPayload: JSON.parse(Messages[0].Body),
      });
      expect(handleEvent).toHaveBeenCalledWith(
        expect.objectContaining({ action: 'push' }),
      );
    },
  );

  it.each(['scan-resource-change.json', 'push-failure.json'])(
    'ignores %s',
    async sample => {
      const { send, handleEvent, logger } = await subscribe();
      await send(sample);
      expect(handleEvent).not.toHaveBeenCalled();
      expect(logger.warn).not.toHaveBeenCalled();
    },
  );

  it('logs why an event can’t be parsed', async () => {
    const { onEvent, handleEvent, logger } = await subscribe();
    await onEvent({ topic: 'aws-ecr', eventPayload: { hello: 'world' } });
    expect(handleEvent).not.toHaveBeenCalled();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining("An event of topic 'aws-ecr'"),
    );
  });

  it('reports the repository under every host of its registry', async () => {
    const { send, handleEvent } = await subscribe();
    await send('push.json');
    expect(
      handleEvent.mock.calls.map(([{ repository }]) => repository),
    ).toEqual([
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api',
      '123456789012.dkr.ecr-fips.eu-west-1.amazonaws.com/shop/api',
      '123456789012.dkr-ecr.eu-west-1.on.aws/shop/api',
      '123456789012.dkr-ecr-fips.eu-west-1.on.aws/shop/api',
    ]);
    expect(new Set(handleEvent.mock.calls.map(([{ id }]) => id)).size).toBe(1);
  });

  it('acknowledges an event before the registry has answered', async () => {
    const { send, topics } = await subscribe(
      jest.fn(() => new Promise(() => {})),
    );
    await expect(send('push.json')).resolves.toBeUndefined();
    expect(topics).toEqual(['aws.ecr', 'aws-ecr']);
  });
});
