import { readFileSync } from 'node:fs';
import { createService } from './server.ts';

const read = (file: string) =>
  readFileSync(new URL(`../${file}`, import.meta.url), 'utf8').trim();
const service = { name: read('NAME'), version: read('VERSION') };

/** Writes a line of JSON, which collectors of logs read without a configuration. */
function log(entry: Record<string, unknown>): void {
  const time = new Date().toISOString();
  process.stdout.write(`${JSON.stringify({ time, level: 'info', ...entry })}\n`);
}

let isEnding = false;
const server = createService({ ...service, isEnding: () => isEnding, log });
server.listen(Number(process.env.PORT ?? 8080), () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  log({ message: 'listening', ...service, port });
});

// Kubernetes asks a pod to end with SIGTERM: running requests may finish.
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    isEnding = true;
    log({ message: 'ending', signal });
    server.close(() => log({ message: 'ended' }));
  });
}
