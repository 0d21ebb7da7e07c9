import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createService } from './server.js';

let server;
let url;
let isEnding = false;
const logged = [];

before(async () => {
  server = createService({
    name: 'service',
    version: '1.2.3',
    isEnding: () => isEnding,
    log: entry => logged.push(entry),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${server.address().port}`;
});

after(() => server.close());

test('answers with its name and version, and logs it', async () => {
  assert.deepEqual(await (await fetch(`${url}/a?b=c`)).json(), {
    name: 'service',
    version: '1.2.3',
  });
  const [{ milliseconds, ...entry }] = logged;
  assert.ok(milliseconds >= 0);
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

test('ends by itself after SIGTERM', async () => {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('main.js', import.meta.url))],
    { env: { PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const messages = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const { message, port } = JSON.parse(line);
    messages.push(message);
    if (message === 'listening') {
      const { status } = await fetch(`http://127.0.0.1:${port}/livez`);
      assert.equal(status, 204);
      child.kill('SIGTERM');
    }
  }
  assert.deepEqual(messages, ['listening', 'ending', 'ended']);
  assert.equal(child.exitCode ?? (await once(child, 'exit'))[0], 0);
});
