import type { EcrAccess } from '../registry/EcrApi';
import type { RegistryCredentials } from '../registry/OciRegistry';
import type { Architecture } from '../registry/program';

/** Where the suite runs, and with which credentials. */
export interface TargetConfig {
  argocd: {
    url: string;
    token?: string;
    login?: { username: string; password: string };
    /** Token of an account without any permissions. */
    limitedToken?: string;
    /** Argo CD's own namespace. */
    namespace: string;
    project: string;
    /**
     * Projects to try for the application that applies ImageUpdater resources.
     */
    policyProjects: string[];
    destination: { server: string; namespace: string };
  };
  git: {
    url: string;
    /** The same repository's URL as Argo CD and the updater use it. */
    inClusterUrl: string;
    username?: string;
    password?: string;
  };
  registry: {
    url: string;
    /**
     * Host, optionally with a path, that image names in manifests start with.
     */
    imagePrefix: string;
    /** Path below the registry that contains the suite's repositories. */
    path: string;
    credentials?: RegistryCredentials;
    ecr?: EcrAccess;
    architecture: Architecture;
  };
  updater: {
    /** `git`, `git:repocreds` or `git:secret:…`. */
    writeBackMethod: string;
  };
  /**
   * A tag that doesn't exist in the registry, so no pod becomes ready with it.
   */
  failingTag: string;
  trust: { ca?: string; caFile?: string; insecure: boolean };
  timeouts: {
    /** Timeout for one condition. */
    seconds: number;
    /** Between two attempts. */
    intervalMs: number;
    /** Timeout for the first sign of an Image Updater. */
    updaterSeconds: number;
  };
  /** Topics that run concurrently. */
  atOnce: number;
}
