import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PartLogger } from '../../part';
import { BodyTooLargeError, readBody } from '../http/body';
import { EcrError } from '../model/errors';
import { authorize } from './authorization';
import type { OperationContext, Operations } from './operation';
import { deletionOperations } from './operations/deletion';
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
    ...deletionOperations,
    ...policyOperations,
    ...scanningOperations,
    ...registryOperations,
  } satisfies Operations),
);

/** ECR's own API: AWS JSON 1.1 over `POST /`. */
export class JsonApi {
  constructor(
    private readonly options: Omit<OperationContext, 'action'> & {
      accessKeyIds: string[];
      logger: PartLogger;
    },
  ) {}

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      const body = await readBody(req, MAX_BODY_BYTES);
      send(res, 200, this.#answer(req, body));
    } catch (error) {
      this.#refuse(req, res, error);
    }
  }

  #answer(req: IncomingMessage, body: Buffer): object {
    const target = String(req.headers['x-amz-target'] ?? '');
    const action = target.startsWith(TARGET_PREFIX)
      ? target.slice(TARGET_PREFIX.length)
      : '';
    const run = OPERATIONS.get(action);
    if (!run) {
      throw new EcrError(
        'UnknownOperationException',
        `Unknown operation '${target}'`,
      );
    }
    authorize(req, {
      accessKeyIds: this.options.accessKeyIds,
      region: this.options.registry.identity.region,
      now: Date.now(),
    });
    return run(parseJson(body), { ...this.options, action });
  }

  #refuse(req: IncomingMessage, res: ServerResponse, error: unknown): void {
    if (error instanceof EcrError) {
      const { type, message } = error;
      send(res, error.status, { __type: type, message });
      return;
    }
    if (error instanceof BodyTooLargeError) {
      req.resume();
      const { message } = error;
      send(res, 413, { __type: 'RequestEntityTooLargeException', message });
      return;
    }
    const reason = error instanceof Error ? error.stack : String(error);
    this.options.logger.error(`JSON API: ${reason}`);
    send(res, 500, {
      __type: 'ServerException',
      message: 'These errors are usually caused by a server-side issue.',
    });
  }
}

function parseJson(body: Buffer): unknown {
  try {
    const text = body.toString('utf8');
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new EcrError(
      'SerializationException',
      'The request body is not valid JSON',
    );
  }
}

function send(res: ServerResponse, status: number, body: object): void {
  if (res.destroyed) {
    return;
  }
  res.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  res.end(JSON.stringify(body));
}
