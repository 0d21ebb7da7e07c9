// Writes src/schema/openapi/generated/router.ts from src/schema/openapi.yaml.
// A test fails while the two differ.
import { readFile, writeFile } from 'node:fs/promises';
import prettier from 'prettier';
import { parse } from 'yaml';

const source = new URL('../src/schema/openapi.yaml', import.meta.url);
const target = new URL(
  '../src/schema/openapi/generated/router.ts',
  import.meta.url,
);

const spec = parse(await readFile(source, 'utf8'));
const options = await prettier.resolveConfig(target.pathname);
await writeFile(
  target,
  prettier.format(
    `// Generated from openapi.yaml by scripts/generate-openapi.mjs, do not edit.

    /** @internal */
    export const spec = ${JSON.stringify(spec)} as const;`,
    { ...options, parser: 'typescript' },
  ),
);
