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

  it('bounds the length of every parameter that is a text', () => {
    const unbounded = Object.values(spec.components.parameters).filter(
      ({ schema }) => schema.type === 'string' && !('maxLength' in schema),
    );
    expect(unbounded).toEqual([]);
  });

  it('describes which errors each operation answers with', () => {
    for (const operations of Object.values(spec.paths)) {
      for (const { responses } of Object.values(operations)) {
        expect(Object.keys(responses)).toEqual(
          expect.arrayContaining(['403', '429', '503', 'default']),
        );
      }
    }
  });
});
