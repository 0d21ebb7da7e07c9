import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { addChecks } from '../lib/acknowledge.ts';
import { addStacks } from '../lib/app.ts';
import { type DeployConfig, readConfig } from '../lib/config.ts';

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

const CDK_JSON: { context: Record<string, unknown> } = JSON.parse(
  readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'),
);

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

/**
 * An app with all stacks of a configuration. The flags of `cdk.json` have to be
 * given: an App in a test doesn't read them.
 */
export function appOf(config: DeployConfig, options = { checks: false }): App {
  const app = new App({
    context: { ...CDK_JSON.context, 'aws:cdk:disable-asset-staging': true },
  });
  addStacks(app, config);
  if (options.checks) {
    addChecks(app, config);
  }
  return app;
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

const synthesized = new Map<string, Stack[]>();

/** The templates of a configuration, synthesised once. */
export function stacksOf(config: DeployConfig): Stack[] {
  const key = JSON.stringify(config);
  const stacks =
    synthesized.get(key) ??
    appOf(config)
      .synth()
      .stacks.map(({ id, template, templateFullPath: file }) => ({
        id,
        file,
        template,
      }));
  synthesized.set(key, stacks);
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
