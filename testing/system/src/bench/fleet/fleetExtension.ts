import { type ArgoCdExtension, control, HttpError } from '@landfall/sandbox';
import { z } from 'zod';
import { Fleet } from './Fleet';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const fleetSchema = z.object({
  size: z.number().int().min(0).max(50_000),
  environments: z
    .array(z.string().regex(LABEL, 'must be names of environments'))
    .nonempty()
    .default(['dev', 'staging', 'prod']),
  large: z.boolean().default(false),
});

const stirSchema = z.object({
  rate: z.number().min(0.1).max(10_000),
  seconds: z.number().min(0).max(3600),
});

/**
 * Adds a fleet to the sandbox's Argo CD, with two controls.
 *
 * - `PUT /_sandbox/fleet {"size": 10000}` adds or removes applications until
 *   there are that many. With `"large": true`, new ones have 60 KB instead of 6.
 * - `POST /_sandbox/fleet/stir {"rate": 50, "seconds": 30}` promotes images, so
 *   that `rate` events are emitted per second. The response has one line of JSON
 *   per event, `{namespace, name, resourceVersion, at}`, where `at` is the time
 *   of sending in milliseconds. It ends early if the caller disconnects.
 */
export const fleetExtension: ArgoCdExtension = store => {
  const fleet = Fleet.restore(store);
  return {
    controls: {
      'PUT /_sandbox/fleet': control(
        fleetSchema,
        async ({ size, environments, large }) => {
          await fleet.resize(size, [...new Set(environments)], { large });
          return { size: fleet.names().length };
        },
      ),
      'POST /_sandbox/fleet/stir': control(
        stirSchema,
        async (stirring, res) => {
          if (!fleet.names().length) {
            throw new HttpError(400, 'there is no fleet: grow one first');
          }
          res.writeHead(200, { 'content-type': 'application/x-ndjson' });
          res.flushHeaders();
          const gone = new AbortController();
          res.on('close', () => gone.abort());
          await fleet.stir(
            stirring,
            event => res.write(`${JSON.stringify(event)}\n`),
            gone.signal,
          );
          res.end();
        },
      ),
    },
    metadata: (app, revision) => fleet.metadata(app, revision),
    stop: () => fleet.stop(),
  };
};
