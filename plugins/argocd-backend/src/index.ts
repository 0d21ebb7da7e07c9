/**
 * The place of the `argocd` backend plugin: the read endpoints that the Argo CD
 * cards of the community call, answered from Landfall's own store.
 *
 * Exports nothing yet, see the README.
 *
 * @packageDocumentation
 */
export {};
