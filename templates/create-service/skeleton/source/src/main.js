import { readFileSync } from 'node:fs';
import { createService } from './server.js';

const version = readFileSync(new URL('../VERSION', import.meta.url), 'utf8');
const service = {
  name: ${{ values.name | dump }},
  version: version.trim(),
};

/** Writes a line of JSON, which collectors of logs read without a configuration. */
function log(entry) {
  const time = new Date().toISOString();
  process.stdout.write(`${JSON.stringify({ time, level: 'info', ...entry })}\n`);
}

let isEnding = false;
const server = createService({ ...service, isEnding: () => isEnding, log });
server.listen(Number(process.env.PORT ?? 8080), () =>
  log({ message: 'listening', ...service, port: server.address().port }),
);

// Kubernetes asks a pod to end with SIGTERM: running requests may finish.
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    isEnding = true;
    log({ message: 'ending', signal });
    server.close(() => log({ message: 'ended' }));
  });
}
