export { ChildProcess, ROOT } from './ChildProcess';
export { DeliveryStore } from './DeliveryStore';
export {
  PortalProcess,
  type PortalDatabase,
  type PortalOptions,
} from './PortalProcess';
export { PostgresProcess } from './PostgresProcess';
export { SandboxProcess } from './SandboxProcess';
