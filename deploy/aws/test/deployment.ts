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

const synthesized = new Map<string, Resource[]>();

/** All resources of a configuration's templates. */
export function resourcesOf(config: DeployConfig): Resource[] {
  const key = JSON.stringify(config);
  const resources = synthesized.get(key) ?? synthesize(config);
  synthesized.set(key, resources);
  return resources;
}

function synthesize(config: DeployConfig): Resource[] {
  const { stacks } = appOf(config).synth();
  return stacks.flatMap(({ template, id: stack }) => {
    const resources: Record<
      string,
      Omit<Resource, 'id' | 'stack'>
    > = template.Resources;
    return Object.entries(resources).map(([id, resource]) => ({
      stack,
      id,
      ...resource,
      Properties: resource.Properties ?? {},
    }));
  });
}
