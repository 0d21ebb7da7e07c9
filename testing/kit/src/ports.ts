import { once } from 'node:events';
import { createServer } from 'node:net';

/** Finds ports that are free now. All are held until the last one is found. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () =>
    createServer().listen(0, '127.0.0.1'),
  );
  await Promise.all(servers.map(server => once(server, 'listening')));
  return Promise.all(
    servers.map(async server => {
      const address = server.address();
      await once(server.close(), 'close');
      return typeof address === 'object' && address ? address.port : 0;
    }),
  );
}
