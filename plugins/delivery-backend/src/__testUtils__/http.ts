import express, { type Express } from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on a port that the system picks. @internal */
export interface TestServer {
  url: string;
  /** Cuts all connections, too. */
  close(): Promise<void>;
}

/** @internal */
export async function serve(
  routes: (app: Express) => void,
  port = 0,
): Promise<TestServer> {
  const app = express();
  routes(app);
  const server: Server = createServer(app);
  await new Promise<void>(resolve =>
    server.listen(port, '127.0.0.1', () => resolve()),
  );
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The server listens on no port');
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
