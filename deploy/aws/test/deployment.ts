import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DeployConfig, readConfig } from '../lib/config.ts';
import { synthesized } from './synthesis.ts';

/** The configurations that come with the project. */
export const PROFILES = ['small', 'ha', 'managed-argocd'] as const;
export const REGIONS = ['eu-west-1', 'us-east-1'] as const;

/** A resource of a template. */
export interface Resource {
  stack: string;
  id: string;
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
}

/** The configuration of a profile, moved to a region. */
export function configOf(
  profile: (typeof PROFILES)[number],
  region: string = 'eu-west-1',
): DeployConfig {
  const config = readConfig(
    fileURLToPath(new URL(`../config/${profile}.yaml`, import.meta.url)),
  );
  return {
    ...config,
    region,
    network: {
      ...config.network,
      availabilityZones: config.network.availabilityZones.map(
        zone => `${region}${zone.at(-1)}`,
      ),
    },
  };
}

/** A synthesised template. */
export interface Stack {
  /** Of the construct, such as `Data`. */
  id: string;
  file: string;
  template: {
    Resources: Record<string, Omit<Resource, 'id' | 'stack'>>;
    Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
  };
}

const read = new Map<string, Stack[]>();

/** The templates of a configuration. */
export function stacksOf(config: DeployConfig): Stack[] {
  const key = JSON.stringify(config);
  const stacks =
    read.get(key) ??
    // Most tests need some of these, and CDK takes long to load.
    synthesized(
      config,
      REGIONS.flatMap(region =>
        PROFILES.map(profile => configOf(profile, region)),
      ),
    ).map(({ id, file }) => ({
      id,
      file,
      template: JSON.parse(readFileSync(file, 'utf8')),
    }));
  read.set(key, stacks);
  return stacks;
}

/** All resources of a configuration's templates. */
export function resourcesOf(config: DeployConfig): Resource[] {
  return stacksOf(config).flatMap(({ template, id: stack }) =>
    Object.entries(template.Resources).map(([id, resource]) => ({
      stack,
      id,
      ...resource,
      Properties: resource.Properties ?? {},
    })),
  );
}
