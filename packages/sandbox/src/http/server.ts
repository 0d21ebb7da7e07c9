import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { z } from 'zod';
import type { PartLogger } from '../part';
import { messageOf } from '../errors';
import { HttpError, readJson, sendJson } from './messages';

export interface HttpServerOptions {
  host: string;
  /** With 0, the system picks one. */
  port: number;
  /** The URL that clients use, if it isn't `http://<host>:<port>`. */
  publicUrl?: string;
  /** The part's own controls. Each part has an outage, too. */
  controls?: Controls;
  logger: PartLogger;
  /** Answers every request outside of an outage that isn't a control. */
  answer: (req: IncomingMessage, res: ServerResponse) => unknown;
}

export interface HttpServer {
  /** The URL that clients use, without a trailing slash. */
  url: string;
  /** Cuts all connections and closes the server. */
  close(): Promise<void>;
}

const outageSchema = z.object({ seconds: z.number().min(0) });

/**
 * Starts a part's HTTP server.
 *
 * `POST /_sandbox/outage {"seconds": 30}` makes the part unreachable for that
 * long. Open connections are cut and new ones reset, as if its pod were gone.
 * Only paths below `/_sandbox/` still respond. `seconds: 0` ends an outage.
 */
export async function listen(options: HttpServerOptions): Promise<HttpServer> {
  const { host, logger } = options;
  // Streams (server-sent events, large pushes) may stay open.
  const server = createServer({ requestTimeout: 0 });
  let outageUntil = 0;
  const controls: Controls = {
    ...options.controls,
    'POST /_sandbox/outage': control(outageSchema, ({ seconds }, res) => {
      outageUntil = Date.now() + seconds * 1000;
      if (seconds > 0) {
        res.once('finish', () => server.closeAllConnections());
      }
    }),
  };
  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    if (req.url?.startsWith('/_sandbox/')) {
      await answerControl(req, res, controls);
    } else {
      await options.answer(req, res);
    }
  };
  server.on('request', (req, res) => {
    if (Date.now() < outageUntil && !req.url?.startsWith('/_sandbox/')) {
      req.socket.destroy();
      return;
    }
    answer(req, res).catch(error => {
      logger.error(`${req.method} ${req.url}: ${error}`);
      res.destroy();
    });
  });
  await once(server.listen(options.port, host), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : options.port;
  return {
    url: (options.publicUrl ?? `http://${host}:${port}`).replace(/\/+$/, ''),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers a request with a value that is sent as JSON, or with nothing. */
type Control = (req: IncomingMessage, res: ServerResponse) => Promise<unknown>;

/**
 * The sandbox's own controls by method and path, such as `PUT
 * /_sandbox/events`. They need no credentials.
 */
export type Controls = Record<string, Control>;

/** A control with a JSON body. */
export function control<T>(
  schema: z.ZodType<T>,
  run: (body: T, res: ServerResponse) => unknown,
): Control {
  return async (req, res) => run(await readJson(req, schema), res);
}

/** Runs the control of a request, or refuses an unknown one. */
async function answerControl(
  req: IncomingMessage,
  res: ServerResponse,
  controls: Controls,
): Promise<void> {
  try {
    const name = `${req.method} ${req.url}`;
    if (!Object.hasOwn(controls, name)) {
      throw new HttpError(
        404,
        `unknown control; there are ${Object.keys(controls).join(', ')}`,
      );
    }
    const value = await controls[name](req, res);
    if (value !== undefined) {
      sendJson(res, value);
    } else if (!res.headersSent) {
      res.writeHead(204, { connection: 'close' }).end();
    }
  } catch (error) {
    req.resume();
    const status = error instanceof HttpError ? error.status : 500;
    sendJson(res, { error: messageOf(error) }, status);
  }
}
