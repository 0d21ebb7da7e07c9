import { readFileSync } from 'node:fs';
import { createService } from './server.js';

const version = readFileSync(new URL('../VERSION', import.meta.url), 'utf8');
const server = createService({
  name: ${{ values.name | dump }},
  version: version.trim(),
});
server.listen(Number(process.env.PORT ?? 8080));

// Kubernetes asks a pod to end with SIGTERM: let running requests finish.
process.once('SIGTERM', () => server.close());
