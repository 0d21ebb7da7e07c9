import type { Server } from 'node:http';

/** Listens on a free port of this machine. Rejects if that fails. */
export function listenLocally(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

/** Host and port of a server that listens. */
export function localHost(server: Server): string {
  const address = server.address();
  if (!address || typeof address === 'string') {
    throw new Error('The server does not listen');
  }
  return `127.0.0.1:${address.port}`;
}

/** Ends all connections of a server, and the server. */
export async function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
}
