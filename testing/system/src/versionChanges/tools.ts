import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import assert from 'node:assert/strict';
import { z } from 'zod';
import { NAMESPACE } from '../faults/TestCluster';
import { ENTITY } from './manifests';
import { Person } from './Person';
import type { Trial } from './Trial';

const FIRST = '1.0.0';
const NEXT = '1.0.1';

const recordSchema = z.object({ id: z.string(), state: z.string() });
const previewSchema = z.object({
  preview: z.object({
    expected: z.array(z.looseObject({ name: z.string() })),
    items: z.array(z.looseObject({ to: z.string().optional() })),
  }),
});
const promotedSchema = z.object({
  records: z.array(recordSchema.extend({ url: z.string() })),
});
const offerSchema = z.object({
  offer: z.object({ allowed: z.boolean(), actionKey: z.string().optional() }),
});
const syncedSchema = z.object({ record: recordSchema });

/** The MCP client of a person. */
async function connect(trial: Trial, { token }: Person) {
  const client = new Client({ name: 'system-test', version: '1.0.0' });
  await client.connect(
    new StreamableHTTPClientTransport(
      new URL(`${trial.portal.url}/api/mcp-actions/v1`),
      { requestInit: { headers: { authorization: `Bearer ${token}` } } },
    ),
  );
  return {
    async call(name: string, args: Record<string, unknown>) {
      const { isError, content, structuredContent } =
        CallToolResultSchema.parse(
          await client.callTool({ name, arguments: args }),
        );
      const text = content
        .flatMap(part => (part.type === 'text' ? [part.text] : []))
        .join('\n');
      return { isError: isError ?? false, text, structured: structuredContent };
    },
    close: () => client.close(),
  };
}

/** A model promotes and syncs as its user, who has to be permitted to. */
export async function actsByTools(trial: Trial): Promise<void> {
  const name = 'tooled';
  await trial.deploy({ name, updated: false, automated: true }, FIRST);
  await trial.cluster.push(`shop/${name}`, NEXT);
  const onlooker = await connect(
    trial,
    await Person.signIn(trial.portal, 'onlooker'),
  );
  const ada = await connect(trial, trial.ada);
  const wanted = {
    entity: ENTITY.name,
    environment: NAMESPACE,
    repository: trial.imageOf(name),
    tag: NEXT,
  };

  const preview = await ada.call('delivery.promote', wanted);
  const { expected } = previewSchema.parse(preview.structured).preview;
  assert.deepEqual(
    expected.map(one => one.name),
    [name],
  );
  const carried = { ...wanted, expected, reason: 'Tested in staging' };
  const refused = await onlooker.call('delivery.promote', carried);
  assert.ok(refused.isError);
  assert.match(refused.text, /NotAllowedError.*delivery\.version\.promote/);
  assert.deepEqual(await trial.ada.records(name), []);

  const first = await ada.call('delivery.promote', carried);
  const { records } = promotedSchema.parse(first.structured);
  const again = await ada.call('delivery.promote', carried);
  assert.deepEqual(
    promotedSchema.parse(again.structured).records.map(({ id }) => id),
    [records[0].id],
  );
  await trial.requests.merge(Number(records[0].url.split('/').at(-1)));
  const application = { name };
  await trial.ada.untilState({ ...records[0], application }, 'succeeded');
  await trial.untilRuns(name, NEXT);

  const chosen = { entity: ENTITY.name, application: name };
  const theirs = await onlooker.call('delivery.sync', chosen);
  assert.equal(offerSchema.parse(theirs.structured).offer.allowed, false);
  const { offer } = offerSchema.parse(
    (await ada.call('delivery.sync', chosen)).structured,
  );
  const { actionKey } = offer;
  const denied = await onlooker.call('delivery.sync', { ...chosen, actionKey });
  assert.ok(denied.isError);
  assert.match(denied.text, /NotAllowedError.*delivery\.application\.sync/);
  assert.equal(trial.relay.receivedFor(name), 0);
  const synced = await ada.call('delivery.sync', { ...chosen, actionKey });
  const { record } = syncedSchema.parse(synced.structured);
  await trial.ada.untilState({ ...record, application }, 'succeeded');
  assert.equal(trial.relay.receivedFor(name), 1);
  await onlooker.close();
  await ada.close();
}
