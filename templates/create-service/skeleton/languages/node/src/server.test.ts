import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { createService } from './server.ts';

const logged: Record<string, unknown>[] = [];
let isEnding = false;
let url = '';

const server = createService({
  name: 'service',
  version: '1.2.3',
  isEnding: () => isEnding,
  log: entry => logged.push(entry),
});

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  url = `http://127.0.0.1:${address.port}`;
});

after(() => server.close());

test('answers with its name and version, and logs it', async () => {
  const response = await fetch(`${url}/a?b=c`);
  assert.deepEqual(await response.json(), {
    name: 'service',
    version: '1.2.3',
  });
  const [{ milliseconds, ...entry }] = logged;
  assert.ok(Number(milliseconds) >= 0);
  assert.deepEqual(entry, {
    message: 'answered',
    method: 'GET',
    path: '/a',
    status: 200,
  });
});

test('lives while it ends, but gets no requests', async () => {
  assert.equal((await fetch(`${url}/readyz`)).status, 204);
  isEnding = true;
  assert.equal((await fetch(`${url}/readyz`)).status, 503);
  assert.equal((await fetch(`${url}/livez`)).status, 204);
});
