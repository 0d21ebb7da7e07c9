import { z } from 'zod';
import { readRecordingJson, recordedFiles } from '@landfall/testing-kit';
import { EcrClients } from '../registry/ecr/EcrClients';
import type { HttpTimeouts } from '../registry/ecr/TimedHttpHandler';
import { TestServer } from '../__testUtils__/httpServer';

const PREFIX = 'AmazonEC2ContainerRegistry_V20150921.';

const exchangeSchema = z.object({
  request: z.object({
    target: z.string().startsWith(PREFIX),
    body: z.record(z.string(), z.unknown()),
  }),
  response: z.object({ status: z.number(), body: z.unknown() }),
});

/** A recorded exchange with moto. */
export interface EcrExchange {
  file: string;
  operation: string;
  status: number;
  /** Text if it isn't JSON. */
  body: unknown;
}

/** All recorded exchanges with ECR's API. */
export function ecrExchanges(): EcrExchange[] {
  return recordedFiles('ecr').map(file => {
    const { request, response } = exchangeSchema.parse(
      readRecordingJson(`ecr/${file}`),
    );
    return {
      file,
      operation: request.target.slice(PREFIX.length),
      ...response,
    };
  });
}

/** The answer to a call of ECR's API. */
export interface EcrAnswer {
  status: number;
  body: unknown;
  /** Sends only the first half of the body and keeps the connection open. */
  stopsHalfWay?: boolean;
}

/** A call of ECR's API. */
export interface EcrCall {
  operation: string;
  input: Record<string, unknown>;
}

/** An HTTP server for ECR's API. The test provides the answers. */
export class EcrServer {
  static async start(timeouts?: Partial<HttpTimeouts>): Promise<EcrServer> {
    const calls: EcrCall[] = [];
    let answerer: (call: EcrCall) => EcrAnswer | Promise<EcrAnswer>;
    const server = await TestServer.start(async (request, response) => {
      const call: EcrCall = {
        operation: String(request.headers['x-amz-target']).slice(PREFIX.length),
        input: JSON.parse(request.body),
      };
      calls.push(call);
      const { status, body, stopsHalfWay } = await answerer(call);
      const isText = typeof body === 'string';
      response.writeHead(status, {
        'content-type': isText ? 'text/html' : 'application/x-amz-json-1.1',
      });
      const text = isText ? body : JSON.stringify(body);
      if (stopsHalfWay) {
        response.write(text.slice(0, text.length / 2));
      } else {
        response.end(text);
      }
    });
    const before = process.env.AWS_ENDPOINT_URL_ECR;
    // The SDK reads its endpoint from this variable.
    process.env.AWS_ENDPOINT_URL_ECR = server.url;
    const clients = EcrClients.create({
      timeouts,
      credentials: {
        getCredentialProvider: async () => ({
          sdkCredentialProvider: async () => ({
            accessKeyId: 'AKIATEST',
            secretAccessKey: 'secret',
          }),
        }),
      },
    });
    return new EcrServer(
      clients,
      calls,
      answer => {
        answerer = answer;
      },
      async () => {
        if (before === undefined) {
          delete process.env.AWS_ENDPOINT_URL_ECR;
        } else {
          process.env.AWS_ENDPOINT_URL_ECR = before;
        }
        await clients.close();
        await server.stop();
      },
    );
  }

  private constructor(
    readonly clients: EcrClients,
    readonly calls: EcrCall[],
    private readonly setAnswer: (
      answer: (call: EcrCall) => EcrAnswer | Promise<EcrAnswer>,
    ) => void,
    readonly stop: () => Promise<void>,
  ) {}

  /** Sets the answers to later calls and discards the recorded calls. */
  answers(answer: (call: EcrCall) => EcrAnswer | Promise<EcrAnswer>): void {
    this.calls.length = 0;
    this.setAnswer(answer);
  }
}
