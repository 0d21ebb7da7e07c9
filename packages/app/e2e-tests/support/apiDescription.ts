import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/** What `yarn generate` makes of `openapi.yaml`. */
const GENERATED = resolve(
  __dirname,
  '../../../../plugins/delivery-backend/src/schema/openapi/generated/router',
);

interface Description {
  paths: Record<string, { get?: { operationId: string } }>;
}

/** An operation of the API, with what a request's path has for its parameters. */
export interface Operation {
  id: string;
  template: string;
  parameters: Record<string, string>;
}

/** The description of the backend's API, to check what tests answer in its place. */
export class ApiDescription {
  static load(): ApiDescription {
    // By its path: the backend doesn't publish it.
    const { spec } = createRequire(__filename)(GENERATED);
    if (!isDescription(spec)) {
      throw new Error(`${GENERATED} has no description of the API`);
    }
    return new ApiDescription(spec);
  }

  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  private constructor(private readonly spec: Description) {
    this.#ajv.addSchema({ $id: 'api', ...spec });
  }

  /** @param path - after the plugin's base URL, such as `/v1/fleet` */
  operationAt(path: string): Operation {
    for (const [template, { get }] of Object.entries(this.spec.paths)) {
      const pattern = template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
      const match = new RegExp(`^${pattern}$`).exec(path);
      if (get && match) {
        const parameters = Object.entries(match.groups ?? {}).map(
          ([name, value]) => [name, decodeURIComponent(value)],
        );
        return {
          id: get.operationId,
          template,
          parameters: Object.fromEntries(parameters),
        };
      }
    }
    throw new Error(`The API has no GET ${path}`);
  }

  /** How an answer differs from what the API is described to answer. */
  problemsOf({ id, template }: Operation, body: string): string[] {
    const validate = this.#validatorOf(template);
    validate(JSON.parse(body));
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${id}${instancePath}: ${message}`,
    );
  }

  #validatorOf(template: string): ValidateFunction {
    const kept = this.#validators.get(template);
    if (kept) {
      return kept;
    }
    const place = [
      'paths',
      template,
      'get/responses/200/content',
      'application/json',
      'schema',
    ].map((part, index) =>
      // Of the names in between, only these are keys with a slash.
      [1, 3].includes(index) ? part.replaceAll('/', '~1') : part,
    );
    const validate = this.#ajv.compile({
      $ref: `api#/${encodeURI(place.join('/'))}`,
    });
    this.#validators.set(template, validate);
    return validate;
  }
}

function isDescription(value: unknown): value is Description {
  return typeof value === 'object' && value !== null && 'paths' in value;
}
