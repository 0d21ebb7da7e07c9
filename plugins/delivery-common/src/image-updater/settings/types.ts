/**
 * Settings of images from annotations or ImageUpdater resources. Absent fields
 * come from the next more general level.
 *
 * @public
 */
export interface UpdateSettings {
  updateStrategy?: string;
  forceUpdate?: boolean;
  /** `any`, or `regexp:` with a Go expression. */
  allowTags?: string;
  /** Globs. */
  ignoreTags?: string[];
  pullSecret?: string;
  /** `os/architecture[/variant]` */
  platforms?: string[];
}

/**
 * Where to write updates, as configured.
 *
 * @public
 */
export interface WriteBackSettings {
  /** `argocd`, or `git` with credentials after a colon. */
  method?: string;
  gitConfig?: {
    repository?: string;
    /** `base`, `base:target` or `:target` */
    branch?: string;
    /** `kustomization[:path]`, `helmvalues[:path]`, or a file. */
    writeBackTarget?: string;
    pullRequest?: { github?: object; gitlab?: object };
  };
}

/**
 * One image of an image list.
 *
 * @public
 */
export interface ImageConfig {
  /** Empty: none. */
  alias: string;
  /** With its version constraint. */
  imageName: string;
  commonUpdateSettings?: UpdateSettings;
  /** At most one of them. */
  manifestTargets?: {
    helm?: Partial<TargetNames>;
    kustomize?: { name?: string };
    plugin?: Partial<TargetNames>;
  };
}

/**
 * The parameters that hold an image's name and tag, or both as one.
 *
 * @public
 */
export interface TargetNames {
  name: string;
  tag: string;
  spec: string;
}

/**
 * A label selector of Kubernetes.
 *
 * @public
 */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: {
    key: string;
    operator: string;
    values?: string[] | null;
  }[];
}

/**
 * Which applications an ImageUpdater handles, and how.
 *
 * @public
 */
export interface UpdaterApplicationRef {
  /** A glob of the application's name. */
  namePattern: string;
  labelSelectors?: LabelSelector;
  /** Use the application's annotations instead of the other settings here. */
  useAnnotations?: boolean;
  commonUpdateSettings?: UpdateSettings;
  writeBackConfig?: WriteBackSettings;
  images?: ImageConfig[] | null;
}

/**
 * The parts of an ImageUpdater's `spec` that decide about versions and where
 * they are written.
 *
 * @public
 */
export interface ImageUpdaterSpec {
  commonUpdateSettings?: UpdateSettings;
  writeBackConfig?: WriteBackSettings;
  applicationRefs?: UpdaterApplicationRef[] | null;
}

/**
 * The parts of an Application's source that decide where updates are written.
 *
 * @public
 */
export interface UpdaterSource {
  repoURL?: string;
  path?: string;
  targetRevision?: string;
  helm?: object;
  kustomize?: object;
  plugin?: object;
}

/**
 * The parts of an Argo CD Application that the Image Updater's policy reads, in
 * Kubernetes' form.
 *
 * @public
 */
export interface UpdaterApplication<S extends UpdaterSource = UpdaterSource> {
  metadata: {
    name: string;
    namespace: string;
    labels?: Record<string, string> | null;
    annotations?: Record<string, string> | null;
  };
  spec: {
    source?: S;
    sources?: S[] | null;
    sourceHydrator?: { drySource: S };
  };
  status: {
    /**
     * Empty if Argo CD detected none. If this and `sourceTypes` are absent, it
     * isn't known what Argo CD detected.
     */
    sourceType?: string;
    sourceTypes?: string[] | null;
  };
}
