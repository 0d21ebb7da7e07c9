import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  deliveryRegistrySourceExtensionPoint,
  type RegistryImage,
  type RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';

/** Images of a registry with an API of its own. */
class ArtifactorySource implements RegistrySource {
  constructor(private readonly host: string) {}

  covers(repository: string): boolean {
    return repository.startsWith(`${this.host}/`);
  }

  async listImages(repository: string): Promise<RegistryImage[]> {
    // Ask your registry here, for all pages.
    return [
      {
        repository,
        digest: `sha256:${'a'.repeat(64)}`,
        tags: ['1.0.0'],
        pushedAt: '2026-11-23T03:00:00.000Z',
      },
    ];
  }
}

export const artifactoryModule = (host: string) =>
  createBackendModule({
    pluginId: 'delivery',
    moduleId: 'artifactory',
    register(env) {
      env.registerInit({
        deps: { registries: deliveryRegistrySourceExtensionPoint },
        async init({ registries }) {
          registries.addRegistrySource(new ArtifactorySource(host));
        },
      });
    },
  });
