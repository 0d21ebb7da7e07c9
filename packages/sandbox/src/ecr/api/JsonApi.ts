import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PartLogger } from '../../part';
import { BodyTooLargeError, readBody } from '../http/body';
import { EcrError } from '../model/errors';
import { authorize } from './authorization';
import type { OperationContext, Operations } from './operation';
import { imageOperations } from './operations/images';
import { policyOperations } from './operations/policies';
import { registryOperations } from './operations/registry';
import { repositoryOperations } from './operations/repositories';
import { scanningOperations } from './operations/scanning';

const TARGET_PREFIX = 'AmazonEC2ContainerRegistry_V20150921.';

/**
 * Enough for a manifest of 4 MiB, escaped in JSON, and the fields around it.
 */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

const OPERATIONS = new Map(
  Object.entries({
    ...repositoryOperations,
    ...imageOperations,
    ...policyOperations,
    ...scanningOperations,
    ...registryOperations,
  } satisfies Operations).map(([name, run]) => [TARGET_PREFIX + name, run]),
);

/** ECR's own API: AWS JSON 1.1 over `POST /`. */
export class JsonApi {
  constructor(
    private readonly options: OperationContext & {
      accessKeyIds: string[];
      logger: PartLogger;
    },
  ) {}

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      const body = await readBody(req, MAX_BODY_BYTES);
      send(res, 200, this.#answer(req, body));
    } catch (error) {
      req.resume();
      const { status, type, message } = this.#refusalOf(error);
      send(res, status, { __type: type, message });
    }
  }

  #answer(req: IncomingMessage, body: Buffer): object {
    const target = String(req.headers['x-amz-target']);
    const run = OPERATIONS.get(target);
    if (!run) {
      throw new EcrError(
        'UnknownOperationException',
        `Unknown operation '${target}'`,
      );
    }
    const { accessKeyIds, registry } = this.options;
    authorize(req, { accessKeyIds, region: registry.identity.region });
    return run(parseJson(body), this.options);
  }

  #refusalOf(error: unknown): {
    status: number;
    type: string;
    message: string;
  } {
    if (error instanceof EcrError) {
      return { status: 400, type: error.type, message: error.message };
    }
    if (error instanceof BodyTooLargeError) {
      const { message } = error;
      return { status: 413, type: 'RequestEntityTooLargeException', message };
    }
    const reason = error instanceof Error ? error.stack : String(error);
    this.options.logger.error(`JSON API: ${reason}`);
    return { status: 500, type: 'ServerException', message: 'Internal error' };
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new EcrError(
      'SerializationException',
      'The request body is not valid JSON',
    );
  }
}

function send(res: ServerResponse, status: number, body: object): void {
  if (!res.destroyed) {
    res.writeHead(status, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': randomUUID(),
    });
    res.end(JSON.stringify(body));
  }
}
