/**
 * A portal with only the delivery backend and the plugins it depends on, so
 * that it starts quickly. It ends with the process that started it.
 */
import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@landfall/backstage-plugin-delivery-backend'));

process.once('disconnect', () => process.exit(1));

backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});
