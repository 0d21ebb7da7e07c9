import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { spec } from './openapi/generated/router';

describe('the generated OpenAPI description', () => {
  it('is what openapi.yaml says (run: node scripts/generate-openapi.mjs)', () => {
    const yaml = readFileSync(
      resolvePackagePath(
        '@landfall/backstage-plugin-delivery-backend',
        'src/schema/openapi.yaml',
      ),
      'utf8',
    );
    expect(spec).toEqual(parse(yaml));
  });
});
