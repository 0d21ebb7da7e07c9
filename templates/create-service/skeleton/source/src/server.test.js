import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { createService } from './server.js';

test('tells its name and version', async () => {
  const server = createService({ name: 'service', version: '1.2.3' });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  try {
    assert.equal((await fetch(`${url}/healthz`)).status, 204);
    assert.deepEqual(await (await fetch(url)).json(), {
      name: 'service',
      version: '1.2.3',
    });
  } finally {
    server.close();
  }
});
