import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { configOf, resourcesOf } from './deployment.ts';
import { matches } from './eventPattern.ts';
import { transformed } from './inputTransformer.ts';

const SAMPLES = new URL(
  '../../../testing/recordings/ecr/samples/',
  import.meta.url,
);
const PARSER = new URL(
  '../../../plugins/delivery-node/src/registry/ecr/parseEcrEvent.ts',
  import.meta.url,
);

interface Event {
  account: string;
  region: string;
  source: string;
  'detail-type': string;
  detail: Record<string, unknown>;
}

const isEvent = (value: unknown): value is Event =>
  typeof value === 'object' &&
  value !== null &&
  'detail-type' in value &&
  'detail' in value;

/**
 * The events in a recording: itself, or those in the bodies of messages of SQS and
 * SNS around it.
 */
function eventsIn(value: unknown): Event[] {
  if (isEvent(value)) {
    return [value];
  }
  if (typeof value === 'string' && value.startsWith('{')) {
    return eventsIn(JSON.parse(value));
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(eventsIn)
    : [];
}

const files = readdirSync(SAMPLES).filter(name => name.endsWith('.json'));
const events = files.flatMap(name =>
  eventsIn(JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8'))).map(
    event => ({ name, event }),
  ),
);

interface Rule {
  EventPattern: unknown;
  Targets: {
    InputTransformer?: {
      InputPathsMap: Record<string, string>;
      InputTemplate: string;
    };
  }[];
}

function ruleOf(description: string): Rule {
  const rules = resourcesOf({
    ...configOf('ha'),
    imageUpdater: { webhookUrl: 'https://updater.example.com/webhook' },
  }).filter(
    ({ Type, Properties }) =>
      Type === 'AWS::Events::Rule' && Properties.Description === description,
  );
  assert.equal(rules.length, 1);
  return rules[0].Properties as unknown as Rule;
}

/** A CloudEvent, as Image Updater's webhook reads it. */
interface CloudEvent {
  specversion: string;
  type: string;
  source: string;
  data: {
    registryId?: string;
    repositoryName?: string;
    imageTag?: string;
    imageDigest?: string;
  };
}

/** The image of a CloudEvent, by the rules of pkg/webhook/cloudevents.go (1.3.0). */
function imageOf({ specversion, type, source, data }: CloudEvent): string {
  assert.equal(specversion, '1.0');
  assert.ok(type.startsWith('com.amazon.ecr.'), type);
  const [urn, aws, service, region, account] = source.split(':');
  assert.deepEqual([urn, aws, service], ['urn', 'aws', 'ecr']);
  return `${data.registryId || account}.dkr.ecr.${region}.amazonaws.com/${
    data.repositoryName
  }:${data.imageTag}@${data.imageDigest}`;
}

describe('events of ECR', () => {
  it('reach the portal if it can use them', async () => {
    const {
      parseEcrEvent,
    }: {
      parseEcrEvent(
        body: unknown,
        hostsOf: (registry: { accountId: string; region: string }) => string[],
      ): object;
    } = await import(PARSER.href);
    const { EventPattern: pattern } = ruleOf(
      'Images that were pushed, removed or scanned',
    );
    assert.deepEqual(
      files.filter(file => !events.some(({ name }) => name === file)),
      [],
      'every recording holds an event',
    );
    for (const { name, event } of events) {
      const parsed = parseEcrEvent(event, ({ accountId, region }) => [
        `${accountId}.dkr.ecr.${region}.amazonaws.com`,
      ]);
      if ('event' in parsed) {
        assert.ok(matches(pattern, event), `${name} would be lost`);
      }
    }
    assert.ok(
      events.some(({ event }) => !matches(pattern, event)),
      'some events are of no use',
    );
  });

  it('reach Image Updater if they bring a tag', () => {
    const { EventPattern: pattern } = ruleOf('Tags that were pushed');
    for (const { name, event } of events) {
      const brings =
        event.source === 'aws.ecr' &&
        event['detail-type'] === 'ECR Image Action' &&
        event.detail['action-type'] === 'PUSH' &&
        event.detail.result === 'SUCCESS' &&
        event.detail['image-tag'] !== undefined;
      assert.equal(matches(pattern, event), brings, name);
    }
  });

  it('are CloudEvents that Image Updater understands', () => {
    const { EventPattern, Targets } = ruleOf('Tags that were pushed');
    const [{ InputTransformer: transformer }] = Targets;
    assert.ok(transformer);
    const pushes = events.filter(({ event }) => matches(EventPattern, event));
    assert.ok(pushes.length > 0);
    for (const { name, event } of pushes) {
      const { account, region, detail } = event;
      assert.equal(
        imageOf(transformed(transformer, event) as CloudEvent),
        `${account}.dkr.ecr.${region}.amazonaws.com/${detail['repository-name']}:${detail['image-tag']}@${detail['image-digest']}`,
        name,
      );
    }
  });
});
