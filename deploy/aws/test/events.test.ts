import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { configOf, resourcesOf } from './deployment.ts';

const SAMPLES = new URL(
  '../../../testing/recordings/ecr/samples/',
  import.meta.url,
);
const PARSER = new URL(
  '../../../plugins/delivery-node/src/registry/ecr/parseEcrEvent.ts',
  import.meta.url,
);

interface Event {
  source: string;
  'detail-type': string;
  detail: Record<string, unknown>;
}

const events = readdirSync(SAMPLES)
  .filter(name => name.endsWith('.json'))
  .map(name => ({
    name,
    event: JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8')) as object,
  }))
  .filter(
    (sample): sample is { name: string; event: Event } =>
      'detail-type' in sample.event && 'detail' in sample.event,
  );

/** Evaluates the part of EventBridge's patterns that the templates use. */
function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) {
    return pattern.some(one =>
      typeof one === 'object' && one !== null && 'exists' in one
        ? (value !== undefined) === one.exists
        : one === value,
    );
  }
  if (typeof pattern !== 'object' || pattern === null) {
    throw new Error(`not a pattern: ${JSON.stringify(pattern)}`);
  }
  const fields = new Map(Object.entries(value ?? {}));
  return Object.entries(pattern).every(([key, part]) =>
    matches(part, fields.get(key)),
  );
}

function ruleOf(description: string): unknown {
  const rules = resourcesOf({
    ...configOf('ha'),
    imageUpdater: { webhookUrl: 'https://updater.example.com/webhook' },
  }).filter(
    ({ Type, Properties }) =>
      Type === 'AWS::Events::Rule' && Properties.Description === description,
  );
  assert.equal(rules.length, 1);
  return rules[0].Properties.EventPattern;
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
    const pattern = ruleOf('Images that were pushed, removed or scanned');
    assert.ok(events.length >= 10, 'there are samples');
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
    const pattern = ruleOf('Tags that were pushed');
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
});
