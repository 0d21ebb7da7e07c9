import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EcrConfig } from '../config';
import { sendJson } from '../http/messages';
import { listen } from '../http/server';
import type { PartOptions, RunningPart } from '../part';
import { Signer } from '../store/Signer';
import { JsonApi } from './api/JsonApi';
import { controlsOf, overview } from './controls';
import { EventOutbox } from './events/EventOutbox';
import { OciApi } from './oci/OciApi';
import { Registry } from './Registry';
import { RegistryStore } from './store/Repository';

/**
 * Starts the replacement for Amazon ECR: its JSON API, the OCI distribution API
 * on the same port, events as EventBridge sends them, and the sandbox's own
 * controls. `GET /` lists all images.
 */
export async function startRegistry({
  config,
  host,
  stateDir,
  logger,
}: PartOptions<EcrConfig>): Promise<RunningPart> {
  const { accountId, region, accessKeyIds, port, publicUrl } = config;
  let url = '';
  const identity = () => ({ accountId, region, url });
  const store = new RegistryStore(stateDir);
  const outbox = new EventOutbox({ destination: config.events, logger });
  const registry = new Registry({ store, outbox, identity });
  const signer = new Signer(store.secrets);
  const json = new JsonApi({
    registry,
    signer,
    accessKeyIds,
    logger,
  });
  const oci = new OciApi({ registry, signer, logger });
  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    const [path] = (req.url ?? '/').split('?');
    if (path === '/v2' || path.startsWith('/v2/')) {
      await oci.handle(req, res);
    } else if (path === '/' && req.method === 'POST') {
      await json.handle(req, res);
    } else if (path === '/') {
      sendJson(res, { repositories: overview(registry) });
    } else {
      sendJson(res, { error: `there is no ${req.method} ${path}` }, 404);
    }
  };
  const server = await listen({
    host,
    port,
    publicUrl,
    logger,
    controls: controlsOf(registry),
    answer,
  });
  url = server.url;
  logger.info(`answers at ${url}`);
  return {
    url,
    stop: async () => {
      await server.close();
      await outbox.stop();
      store.file.close();
    },
  };
}
