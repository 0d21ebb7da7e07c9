import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { addStacks } from '../lib/app.ts';
import type { DeployConfig } from '../lib/config.ts';

const CDK_JSON: { context: Record<string, unknown> } = JSON.parse(
  readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'),
);

/**
 * An app with all stacks of a configuration. The flags of `cdk.json` have to be
 * given: an App in a test doesn't read them.
 *
 * @param outdir - where its templates go; default: a temporary folder
 */
export function appOf(config: DeployConfig, outdir?: string): App {
  const app = new App({
    context: { ...CDK_JSON.context, 'aws:cdk:disable-asset-staging': true },
    ...(outdir !== undefined && { outdir }),
  });
  addStacks(app, config);
  return app;
}
