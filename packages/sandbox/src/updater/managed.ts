import type { MatchedApplication } from '@landfall/backstage-plugin-delivery-common';
import type { Application } from './kubernetes/schemas';

/** An Application as Kubernetes has it, with what its ImageUpdater does for it. */
export type ManagedApplication = MatchedApplication<Application>;
