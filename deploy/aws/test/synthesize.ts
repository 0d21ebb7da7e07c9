import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployConfig } from '../lib/config.ts';
import { appOf } from './cdkApp.ts';

// Synthesises each configuration of a file into its folder, and then writes which
// templates there are.
const [, , input, index] = process.argv;
const wanted: { config: DeployConfig; folder: string }[] = JSON.parse(
  readFileSync(input, 'utf8'),
);
for (const { config, folder } of wanted) {
  const { stacks } = appOf(config, folder).synth();
  writeFileSync(
    join(folder, index),
    JSON.stringify(stacks.map(({ id, templateFile: file }) => ({ id, file }))),
  );
}
