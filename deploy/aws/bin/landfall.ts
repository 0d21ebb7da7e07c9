import { App } from 'aws-cdk-lib';
import { addChecks } from '../lib/acknowledge.ts';
import { addStacks } from '../lib/app.ts';
import { readConfig } from '../lib/config.ts';

const app = new App();
const profile: unknown = app.node.tryGetContext('config');
if (typeof profile !== 'string') {
  throw new Error('Name the configuration: cdk … -c config=config/ha.yaml');
}
const config = readConfig(profile);
addStacks(app, config);
addChecks(app, config);
app.synth();
