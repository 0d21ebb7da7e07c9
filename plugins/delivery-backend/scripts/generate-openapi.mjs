// Writes what is derived from src/schema/openapi.yaml: the description for the
// router, and the types of the API in delivery-common. With `--check` it writes
// nothing, and fails if either is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { parse } from 'yaml';
import { apiTypes } from './apiTypes.mjs';

const HEADER =
  '// Generated from openapi.yaml by `yarn workspace @landfall/backstage-plugin-delivery-backend generate`; do not edit.';

const source = new URL('../src/schema/openapi.yaml', import.meta.url);
const spec = parse(await readFile(source, 'utf8'));

const outputs = {
  '../src/schema/openapi/generated/router.ts': `/** @internal */
    export const spec = ${JSON.stringify(spec)} as const;`,
  '../../delivery-common/src/api/generated/types.ts': await apiTypes(spec),
};

for (const [path, code] of Object.entries(outputs)) {
  const target = fileURLToPath(new URL(path, import.meta.url));
  const options = await prettier.resolveConfig(target);
  const text = prettier.format(`${HEADER}\n\n${code}`, {
    ...options,
    parser: 'typescript',
  });
  if (!process.argv.includes('--check')) {
    await writeFile(target, text);
  } else if ((await readFile(target, 'utf8').catch(() => '')) !== text) {
    console.error(`${target} is out of date: run \`yarn generate\`.`);
    process.exitCode = 1;
  }
}
