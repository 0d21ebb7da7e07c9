import type { MatchedApplication } from '@landfall/backstage-plugin-delivery-common';
import type { Application } from './kubernetes/schemas';

/** An Application from Kubernetes, with the settings of its ImageUpdater. */
export type ManagedApplication = MatchedApplication<Application>;
