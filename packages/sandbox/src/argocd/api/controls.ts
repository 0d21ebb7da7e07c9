import { z } from 'zod';
import { control, type Controls } from '../../http/server';
import { ApiError } from '../errors';
import { applicationKey } from '../store/ApplicationStore';
import type { ApiContext } from './context';

const failureSchema = z.object({
  application: z.string(),
  clear: z.boolean().optional(),
  hooks: z.boolean().optional(),
});

/**
 * Argo CD's own control: rollouts of an application fail, the current one or
 * else the next one, until there is a newer version. `{application, clear: true}`
 * ends it. With `hooks`, hooks fail instead of pods.
 */
export function controlsOf({
  store,
  cluster,
  extension,
}: ApiContext): Controls {
  return {
    ...extension?.controls,
    'POST /_sandbox/fail-rollout': control(failureSchema, body => {
      const { application, clear, hooks } = body;
      const key = application.includes('/')
        ? application
        : applicationKey(store.namespace, application);
      const app = store.applications.get(key);
      if (!app) {
        throw new ApiError(
          'notFound',
          `there is no application "${application}": give its name, or <namespace>/<name>`,
        );
      }
      const instance = store.instanceOf(app);
      if (clear) {
        store.failures.delete(instance);
      } else {
        store.failures.put(instance, { hooks });
      }
      cluster.wake(instance);
    }),
  };
}
