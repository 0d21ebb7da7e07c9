import type { ServerResponse } from 'node:http';
import { ApiError } from '../errors';
import type { Fleet } from '../fleet/Fleet';
import { asArray, asNumber, asStrings, type Obj } from '../json';
import { send } from './http';
import { nameProblem } from './validate';

const MOST_APPLICATIONS = 50_000;
const MOST_EVENTS_A_SECOND = 10_000;
const LONGEST_SECONDS = 3600;
const ENVIRONMENTS = ['dev', 'staging', 'prod'];

/** The endpoints that control the fleet. */
export class FleetControls {
  readonly #fleet: Fleet;

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  /** Responds with `{size}`. */
  show(res: ServerResponse): void {
    sendJson(res, { size: this.#fleet.names().length });
  }

  /**
   * `{size, environments?}` resizes the fleet. The response is that of `show`,
   * sent once the fleet has that size.
   */
  async resize(body: Obj, res: ServerResponse): Promise<void> {
    const size = numberOf(body, 'size', { min: 0, max: MOST_APPLICATIONS });
    if (!Number.isInteger(size)) {
      throw ApiError.invalid('size must be a whole number');
    }
    const environments =
      body.environments === undefined
        ? ENVIRONMENTS
        : [...new Set(asStrings(body.environments))];
    if (
      !environments.length ||
      asStrings(body.environments).length !== asArray(body.environments).length
    ) {
      throw ApiError.invalid('environments must be a list of names');
    }
    for (const environment of environments) {
      const problem = nameProblem('Namespace', environment);
      if (problem) {
        throw ApiError.invalid(problem);
      }
    }
    await this.#fleet.resize(size, environments);
    this.show(res);
  }

  /**
   * `{rate, seconds}` promotes images, so that `rate` events are emitted per
   * second. The response has one line of JSON per event, `{namespace, name,
   * resourceVersion, at}`, where `at` is the time of sending in milliseconds.
   * It ends early if the caller disconnects.
   */
  async stir(body: Obj, res: ServerResponse): Promise<void> {
    const rate = numberOf(body, 'rate', {
      min: 0.1,
      max: MOST_EVENTS_A_SECOND,
    });
    const seconds = numberOf(body, 'seconds', { min: 0, max: LONGEST_SECONDS });
    if (!this.#fleet.names().length) {
      throw ApiError.invalid('there is no fleet: grow one first');
    }
    res.writeHead(200, { 'content-type': 'application/x-ndjson' });
    res.flushHeaders();
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    await this.#fleet.stir(
      { rate, seconds },
      event => res.write(`${JSON.stringify(event)}\n`),
      gone.signal,
    );
    res.end();
  }
}

function sendJson(res: ServerResponse, value: object): void {
  send(res, 200, 'application/json', `${JSON.stringify(value)}\n`);
}

function numberOf(
  body: Obj,
  field: string,
  { min, max }: { min: number; max: number },
): number {
  const value = asNumber(body[field]);
  if (value === undefined || !(value >= min && value <= max)) {
    throw ApiError.invalid(`${field} must be a number from ${min} to ${max}`);
  }
  return value;
}
