import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { PartLogger } from '../../part';
import { EcrError } from '../model/errors';
import type { OperationContext, Operations } from './operation';
import { imageOperations } from './operations/images';
import { policyOperations } from './operations/policies';
import { registryOperations } from './operations/registry';
import { repositoryOperations } from './operations/repositories';
import { scanningOperations } from './operations/scanning';

const TARGET_PREFIX = 'AmazonEC2ContainerRegistry_V20150921.';

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
      send(res, 200, await this.#answer(req));
    } catch (error) {
      req.resume();
      if (!(error instanceof EcrError)) {
        const reason = error instanceof Error ? error.stack : String(error);
        this.options.logger.error(`JSON API: ${reason}`);
        send(res, 500, {
          __type: 'ServerException',
          message: 'Internal error',
        });
        return;
      }
      const { status, type, message } = error;
      send(res, status, { __type: type, message });
    }
  }

  async #answer(req: IncomingMessage): Promise<object> {
    const body = await text(req);
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
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
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

const SCHEME =
  /^AWS4-HMAC-SHA256 +Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request, *SignedHeaders=[^,\s]+, *Signature=[0-9a-f]{64}$/;

/**
 * Checks the authorization of a JSON API call: a Signature Version 4 header
 * with a known access key, for this region and for ECR. The signature itself is
 * not checked, because the sandbox has no secret keys.
 *
 * @throws EcrError with AWS's error for each of these
 */
function authorize(
  { headers }: IncomingMessage,
  accepted: { accessKeyIds: string[]; region: string },
): void {
  const [, accessKeyId, region, service] =
    SCHEME.exec(headers.authorization ?? '') ?? [];
  if (!accessKeyId) {
    throw new EcrError(
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
    );
  }
  if (!accepted.accessKeyIds.includes(accessKeyId)) {
    throw new EcrError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  if (region !== accepted.region || service !== 'ecr') {
    throw new EcrError(
      'InvalidSignatureException',
      `Credential should be scoped to ${accepted.region}/ecr, not '${region}/${service}'.`,
    );
  }
}
