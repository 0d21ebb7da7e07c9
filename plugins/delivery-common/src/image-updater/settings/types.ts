/**
 * Settings of images as annotations and ImageUpdater resources give them; what
 * is absent is left to the next more general place.
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
 * Where updates are to be written, as it is set.
 *
 * @public
 */
export interface WriteBackSettings {
  /** `argocd`, or `git` with credentials behind a colon. */
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
  /** The application's annotations are taken instead of the other settings here. */
  useAnnotations?: boolean;
  commonUpdateSettings?: UpdateSettings;
  writeBackConfig?: WriteBackSettings;
  images?: ImageConfig[] | null;
}

/**
 * The `spec` of an ImageUpdater resource, as far as it decides about versions
 * and where they are written.
 *
 * @public
 */
export interface ImageUpdaterSpec {
  commonUpdateSettings?: UpdateSettings;
  writeBackConfig?: WriteBackSettings;
  applicationRefs?: UpdaterApplicationRef[] | null;
}

/**
 * A source of an Application, as far as it decides where updates are written.
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
 * An Argo CD Application in Kubernetes' form, as far as the Image Updater's
 * policy reads it.
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
    /** Empty where Argo CD has found none; absent, with `sourceTypes`, where it isn't known. */
    sourceType?: string;
    sourceTypes?: string[] | null;
  };
}
