import type { ApplicationPlan } from '../faults/clusterTypes';

/**
 * A scenario's service. By default it is updated through its values and synced
 * automatically.
 */
export interface ServiceSetup
  extends Partial<
    Pick<
      ApplicationPlan,
      'writeBack' | 'automated' | 'annotations' | 'syncPolicy'
    >
  > {
  /**
   * The ImageUpdater resource that selects it. `enabled`: the one that enables
   * annotations; `none`: no resource; otherwise the spec of its own resource.
   */
  updater?: 'enabled' | 'none' | ((application: string) => object);
  /** The Image Updater wrote the first version, and not a person. */
  isWrittenByUpdater?: boolean;
  /** Additional lines of its Deployment's spec. */
  deploymentSpec?: string;
  /** Additional templates of its chart, by file name. */
  templates?: Record<string, string>;
}
