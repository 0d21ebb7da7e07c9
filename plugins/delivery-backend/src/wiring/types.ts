import type {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type {
  MetricsService,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type {
  ArgoCdInstances,
  ConfigRepositoryHistory,
  EcrHosts,
  RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import type { SignalPublisher } from '../signals/SignalPublisher';
import type { RepositoryRequests } from '../sources/RepositoryRequests';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { DeliverySettings } from './settings';

/**
 * The services of Backstage and `delivery-node` that the plugin needs.
 *
 * @internal
 */
export interface DeliveryBackendOptions {
  auditor: AuditorService;
  auth: AuthService;
  config: RootConfigService;
  databaseService: DatabaseService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  metricsService: MetricsService;
  permissions: PermissionsService;
  scheduler: SchedulerService;
  tracing: TracingService;
  userInfo: UserInfoService;
  catalog: CatalogService;
  events: EventsService;
  signals: SignalsService;
  notifications: NotificationService;
  argocd: ArgoCdInstances;
  /** The most specific first. */
  registries: RegistrySource[];
  /** The most specific first. */
  histories: ConfigRepositoryHistory[];
}

/**
 * The parts of the plugin that its service and its sources share.
 *
 * @internal
 */
export interface DeliveryParts {
  settings: DeliverySettings;
  database: DeliveryDatabase;
  hosts: EcrHosts;
  metrics: DeliveryMetrics;
  publisher: SignalPublisher;
  repositoryRequests: RepositoryRequests;
}
