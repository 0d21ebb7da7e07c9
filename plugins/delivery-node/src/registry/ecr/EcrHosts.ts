import type { EcrRepositoryId } from '@landfall/backstage-plugin-delivery-common';
import type { EcrRegistryConfig } from '../config';
import { ecrHosts, type EcrRegistry, parseEcrHost } from './parseEcrHost';

/**
 * Finds the ECR registries behind hosts in image references: Amazon's own hosts
 * by their names, others from the configuration.
 *
 * @public
 */
export class EcrHosts {
  static create(registries: EcrRegistryConfig[]): EcrHosts {
    return new EcrHosts(registries);
  }

  private constructor(private readonly registries: EcrRegistryConfig[]) {}

  /**
   * The registry behind a host; undefined if the host isn't known to be ECR.
   */
  registryOf(host: string): EcrRegistry | undefined {
    const configured = this.registries.find(entry => entry.host === host);
    return configured
      ? { accountId: configured.accountId, region: configured.region }
      : parseEcrHost(host);
  }

  /**
   * All hosts of a registry in image references: the configured ones, then
   * Amazon's.
   */
  hostsOf(registry: EcrRegistry): string[] {
    const configured = this.registries.filter(
      ({ accountId, region }) =>
        accountId === registry.accountId && region === registry.region,
    );
    return [...configured.map(({ host }) => host), ...ecrHosts(registry)];
  }

  /**
   * All forms of a repository in image references: with the configured hosts,
   * then with Amazon's.
   */
  referencesOf({ accountId, region, name }: EcrRepositoryId): string[] {
    return this.hostsOf({ accountId, region }).map(host => `${host}/${name}`);
  }

  /** Splits a repository from an image reference into registry and name. */
  parse(
    repository: string,
  ): { registry: EcrRegistry; name: string } | undefined {
    const slash = repository.indexOf('/');
    const registry =
      slash > 0 ? this.registryOf(repository.slice(0, slash)) : undefined;
    return registry && { registry, name: repository.slice(slash + 1) };
  }
}
