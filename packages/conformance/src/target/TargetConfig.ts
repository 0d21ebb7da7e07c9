import type { EcrAccess } from '../registry/EcrApi';
import type { RegistryCredentials } from '../registry/OciRegistry';
import type { Architecture } from '../registry/program';

/** Where the suite runs, and with whose rights. */
export interface TargetConfig {
  argocd: {
    url: string;
    token?: string;
    login?: { username: string; password: string };
    /** Of an account that may see nothing at all. */
    limitedToken?: string;
    /** Namespace of Argo CD itself. */
    namespace: string;
    project: string;
    /** Projects to try for the application that applies ImageUpdater resources. */
    policyProjects: string[];
    destination: { server: string; namespace: string };
  };
  git: {
    url: string;
    /** How Argo CD and the updater name the same repository. */
    inClusterUrl: string;
    username?: string;
    password?: string;
  };
  registry: {
    url: string;
    /** Host, and maybe a path, that image names begin with in manifests. */
    imagePrefix: string;
    /** Path below the registry that the suite's repositories lie in. */
    path: string;
    credentials?: RegistryCredentials;
    ecr?: EcrAccess;
    architecture: Architecture;
  };
  updater: {
    /** `git`, `git:repocreds` or `git:secret:…`. */
    writeBackMethod: string;
  };
  /** A tag that no pod ever gets ready with, and that isn't in the registry. */
  failingTag: string;
  trust: { ca?: string; caFile?: string; insecure: boolean };
  patience: {
    /** For one condition. */
    seconds: number;
    /** Between two looks. */
    intervalMs: number;
    /** For the first sign of an Image Updater. */
    updaterSeconds: number;
  };
  /** Topics that run side by side. */
  atOnce: number;
}
