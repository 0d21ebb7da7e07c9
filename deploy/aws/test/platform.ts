import assert from 'node:assert/strict';
import { configOf, type PROFILES, resourcesOf } from './deployment.ts';
import { type Manifest, render, withoutHelm } from './helm.ts';

export interface Application extends Manifest {
  spec: {
    project: string;
    source: {
      repoURL: string;
      targetRevision: string;
      path?: string;
      chart?: string;
      helm?: { valuesObject: Record<string, unknown> };
    };
    destination: { server: string; namespace: string };
  };
}

export interface AppProject extends Manifest {
  spec: {
    sourceRepos: string[];
    sourceNamespaces?: string[];
    destinations: { server?: string; name?: string; namespace?: string }[];
    clusterResourceWhitelist?: { group: string; kind: string; name?: string }[];
    clusterResourceBlacklist?: { group: string; kind: string; name?: string }[];
    namespaceResourceWhitelist?: { group: string; kind: string }[];
    namespaceResourceBlacklist?: { group: string; kind: string }[];
    roles?: { name: string; policies: string[] }[];
  };
}

/** What Argo CD would find, from the root Application down. */
export interface Platform {
  root: Application;
  /** What the chart `platform` renders. */
  children: Manifest[];
  applications: Application[];
  projects: AppProject[];
  /** What each chart of this repository renders, by its Application. */
  rendered: Map<string, Manifest[]>;
}

type Profile = (typeof PROFILES)[number];

const isApplication = (manifest: Manifest): manifest is Application =>
  manifest.kind === 'Application';
const isProject = (manifest: Manifest): manifest is AppProject =>
  manifest.kind === 'AppProject';

const platforms = new Map<Profile, Platform>();

/**
 * The whole chain of a profile: CDK's output, the root Application, its children,
 * and the charts of this repository with the values that the children give them.
 * Undefined without Helm.
 */
export function platformOf(profile: Profile): Platform | undefined {
  if (withoutHelm) {
    return undefined;
  }
  const platform = platforms.get(profile) ?? renderAll(profile);
  platforms.set(profile, platform);
  return platform;
}

function renderAll(profile: Profile): Platform {
  const root = rootOf(profile);
  const children = render('platform', root.spec.source.helm?.valuesObject);
  const applications = children.filter(isApplication);
  return {
    root,
    children,
    applications,
    projects: children.filter(isProject),
    rendered: new Map(
      applications.flatMap(application => {
        const chart = ownChart(application);
        return chart
          ? [
              [
                application.metadata.name,
                render(chart, application.spec.source.helm?.valuesObject),
              ] as const,
            ]
          : [];
      }),
    ),
  };
}

/**
 * The root Application of the template. What CloudFormation would fill in is
 * replaced by the name of the resource that it comes from.
 */
function rootOf(profile: Profile): Application {
  const roots = resourcesOf(configOf(profile))
    .filter(({ Type }) => Type === 'Custom::AWSCDK-EKS-KubernetesResource')
    .flatMap(({ Properties }): Manifest[] =>
      JSON.parse(withoutTokens(Properties.Manifest)),
    )
    .filter(isApplication);
  assert.equal(roots.length, 1);
  return roots[0];
}

/** A text of a template, in which tokens are replaced by their names. */
export function withoutTokens(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value !== 'object' || value === null) {
    throw new Error(`not a text: ${JSON.stringify(value)}`);
  }
  if ('Fn::Join' in value && Array.isArray(value['Fn::Join'])) {
    const [separator, parts]: [string, unknown[]] = [
      value['Fn::Join'][0],
      value['Fn::Join'][1],
    ];
    return parts.map(withoutTokens).join(separator);
  }
  return Object.values(value)
    .flat()
    .join('.')
    .replace(/[^\w.-]/g, '-');
}

/** The path of a chart of this repository below `deploy/gitops`. */
export function ownChart({
  spec: { source },
}: Application): string | undefined {
  return source.path?.match(/^deploy\/gitops\/(charts\/.+)$/)?.[1];
}
