import { OVERRIDE_PREFIX } from '../image-updater/writeBack/types';
import {
  baseName,
  joinPath,
  KUSTOMIZATION_FILES,
} from '../image-updater/writeBack/path';
import { helmFileParameters } from '../image-updater/settings/images';
import type {
  FollowedPolicy,
  RepositoryPolicy,
} from '../image-updater/policyFor';
import { parseImageReference } from '../images';
import type { Application, ApplicationSource } from '../model/application';
import { fieldWith } from './applicationField';
import { VersionChangeError } from './refusal';
import type { VersionKeys, VersionTarget } from './target';

/**
 * A file that may carry the version of an image.
 *
 * @public
 */
export interface VersionCandidate {
  path: string;
  target: VersionTarget;
}

/**
 * Where in Git the version of an image may be.
 *
 * @public
 */
export interface VersionPlaces {
  /** As the application's source has it. */
  repoUrl: string;
  /** Absent: the repository's default branch. */
  branch?: string;
  /**
   * In the order in which Argo CD prefers them. If the Image Updater's settings name
   * the file, it is the only one.
   */
  candidates: VersionCandidate[];
  /** The version is set in the Application itself, whose manifest has to be found. */
  inManifest: boolean;
  /**
   * Of `inManifest`, for people: `namespace/name` of the Application, and the field of
   * its source.
   */
  manifest?: { application: string; field: string };
  /**
   * A values file that other environments have too, so nothing is changed there
   * unless it is the only one.
   */
  sharedPath?: string;
}

/**
 * The parts of an application that decide where its versions are.
 *
 * @public
 */
export type PlacedApplication = Pick<
  Application,
  'ref' | 'sources' | 'drySource' | 'sourceTypes'
>;

/**
 * Determines which files of which repository may carry the version of an image of
 * an application: from the settings that the Image Updater follows, else from the
 * application's sources.
 *
 * @param policy - from `policyFor`
 * @throws VersionChangeError if the version isn't in a Git repository that the
 * application uses, or that isn't clear
 *
 * @public
 */
export function versionPlaces(
  application: PlacedApplication,
  repository: string,
  policy: Pick<RepositoryPolicy, 'state' | 'followed'>,
): VersionPlaces {
  const { drySource } = application;
  const sources = drySource ? [drySource] : application.sources;
  const [followed] = policy.followed;
  const keys = followed && keysOf(followed);
  const isManaged = policy.state === 'managed';
  if (isManaged && followed?.writeBack.method === 'argocd') {
    throw new VersionChangeError({
      code: 'change.updater-writes-to-cluster',
      parameters: { repository },
    });
  }
  if (followed && followed.writeBack.method === 'git') {
    return updaterPlace(sources, repository, followed);
  }
  return sourcePlaces(application, sources, { repository, keys });
}

/**
 * Whether two URLs, perhaps of different protocols, are of the same repository.
 *
 * @public
 */
export function isSameRepository(a: string, b: string): boolean {
  return plainUrl(a) === plainUrl(b);
}

function plainUrl(url: string): string {
  return url
    .trim()
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^@/]*@/, '')
    .replace(/^([^/:]+):(?:22\/)?(?=[^/\d])/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}

function keysOf({ policy }: FollowedPolicy): VersionKeys {
  const { name, tag } = helmFileParameters(policy);
  return tag === '' ? { spec: name } : { tag };
}

/** The file that the Image Updater writes. */
function updaterPlace(
  sources: readonly ApplicationSource[],
  repository: string,
  followed: FollowedPolicy,
): VersionPlaces {
  const { writeBack, policy } = followed;
  const { kustomizeName } = policy;
  const source = sources.find(
    ({ repoUrl, chart }) =>
      chart === undefined &&
      (writeBack.repository === '' ||
        isSameRepository(repoUrl, writeBack.repository)),
  );
  if (!source) {
    throw new VersionChangeError({
      code: 'change.source-not-git',
      parameters: { repository },
    });
  }
  const base: VersionTarget = {
    format: 'helm-values',
    repository,
    keys: keysOf(followed),
    ...(kustomizeName && {
      kustomizeName:
        parseImageReference(kustomizeName)?.repository === repository
          ? undefined
          : kustomizeName,
    }),
  };
  const { target, kustomizeBase } = writeBack;
  const folder = kustomizeBase === '.' ? '' : kustomizeBase;
  const candidates =
    kustomizeBase === ''
      ? [
          {
            path: target,
            target: {
              ...base,
              format: baseName(target).startsWith(OVERRIDE_PREFIX)
                ? ('argocd-source' as const)
                : ('helm-values' as const),
            },
          },
        ]
      : kustomizations(folder, base);
  return {
    repoUrl: source.repoUrl,
    ...branchOf(source),
    candidates,
    inManifest: false,
  };
}

function sourcePlaces(
  application: PlacedApplication,
  sources: readonly ApplicationSource[],
  { repository, keys }: { repository: string; keys?: VersionKeys },
): VersionPlaces {
  const target: VersionTarget = { format: 'helm-values', repository, keys };
  const places = sources.flatMap(source => {
    const files = filesOf(application, sources, source, target);
    return files.candidates.length > 0 ? [files] : [];
  });
  const [place, ...others] = places;
  if (!place) {
    throw new VersionChangeError({
      code: 'change.source-not-git',
      parameters: { repository },
    });
  }
  if (others.length > 0) {
    throw new VersionChangeError({
      code: 'change.sources-ambiguous',
      parameters: { repository },
    });
  }
  return place;
}

function filesOf(
  { ref }: PlacedApplication,
  sources: readonly ApplicationSource[],
  source: ApplicationSource,
  target: VersionTarget,
): VersionPlaces {
  const folder = source.path ?? '';
  const isFolder = source.chart === undefined && source.path !== undefined;
  const values = (source.valueFiles ?? [])
    .filter(file => !URL.canParse(file) && !/[*?[{]/.test(file))
    .map(file => resolveValueFile(sources, source, file))
    .filter(file => file !== undefined)
    .toReversed();
  const [first] = values;
  const owner = first?.source ?? source;
  const isElsewhere = values.some(
    file => !isSameRepository(file.source.repoUrl, owner.repoUrl),
  );
  if (isElsewhere) {
    throw new VersionChangeError({
      code: 'change.sources-ambiguous',
      parameters: { repository: target.repository },
    });
  }
  const field = fieldWith(source, target);
  const isOwn = isFolder && owner.repoUrl === source.repoUrl;
  const shared = joinPath(folder, 'values.yaml');
  const own: VersionCandidate[] = [
    {
      path: joinPath(folder, `${OVERRIDE_PREFIX}${ref.name}.yaml`),
      target: { ...target, format: 'argocd-source' },
    },
  ];
  const defaults: VersionCandidate[] = [
    ...(values.some(({ path }) => path === shared)
      ? []
      : [{ path: shared, target }]),
    ...kustomizations(folder, target),
  ];
  return {
    repoUrl: owner.repoUrl,
    ...branchOf(owner),
    candidates: [
      ...(isOwn ? own : []),
      ...values.map(({ path }) => ({ path, target })),
      ...(isOwn ? defaults : []),
    ],
    inManifest: field !== undefined,
    ...(field && {
      manifest: { application: `${ref.namespace}/${ref.name}`, field },
    }),
    ...(values.some(({ path }) => path !== shared) && { sharedPath: shared }),
  };
}

function resolveValueFile(
  sources: readonly ApplicationSource[],
  source: ApplicationSource,
  file: string,
): { source: ApplicationSource; path: string } | undefined {
  const [root, ...rest] = file.split('/');
  if (root.startsWith('$')) {
    const other = sources.find(({ ref }) => ref === root.slice(1));
    return other && { source: other, path: joinPath(...rest) };
  }
  if (source.chart !== undefined) {
    return undefined;
  }
  return {
    source,
    path: file.startsWith('/')
      ? joinPath(...rest)
      : joinPath(source.path ?? '', file),
  };
}

function kustomizations(
  folder: string,
  target: VersionTarget,
): VersionCandidate[] {
  return KUSTOMIZATION_FILES.map(name => ({
    path: joinPath(folder, name),
    target: { ...target, format: 'kustomization' as const },
  }));
}

function branchOf({ targetRevision = '' }: ApplicationSource): {
  branch?: string;
} {
  const branch = targetRevision.replace(/^refs\/heads\//, '');
  return branch === '' || branch === 'HEAD' ? {} : { branch };
}
