import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { DEFAULT_ARGOCD_NAMESPACE } from '@landfall/backstage-plugin-delivery-common';

/** The name of a namespace by the Kubernetes rules (DNS-1123 label). */
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads the namespace in which each Argo CD instance itself runs
 * (`argocd.appLocatorMethods[].instances[].namespace`, by default `argocd`).
 * This is the namespace of an Application that is given without one. Throws an
 * `InputError` that names the key.
 *
 * @public
 * @returns namespaces by the names of the instances
 */
export function readArgoCdNamespaces(config: Config): Map<string, string> {
  const namespaces = new Map<string, string>();
  const methods =
    config.getOptionalConfigArray('argocd.appLocatorMethods') ?? [];
  methods.forEach((method, index) => {
    const instances = method.getOptionalConfigArray('instances') ?? [];
    instances.forEach((instance, number) => {
      const namespace =
        instance.getOptionalString('namespace') ?? DEFAULT_ARGOCD_NAMESPACE;
      if (!NAMESPACE.test(namespace)) {
        throw new InputError(
          `argocd.appLocatorMethods[${index}].instances[${number}].namespace: '${namespace}' isn't a valid namespace name. Set the namespace in which this Argo CD runs`,
        );
      }
      namespaces.set(instance.getString('name'), namespace);
    });
  });
  return namespaces;
}
