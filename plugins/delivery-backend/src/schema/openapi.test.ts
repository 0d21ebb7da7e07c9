import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { spawnSync } from 'node:child_process';
import { spec } from './openapi/generated/router';

describe('the OpenAPI description', () => {
  it('matches the generated router and types', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        resolvePackagePath(
          '@landfall/backstage-plugin-delivery-backend',
          'scripts/generate-openapi.mjs',
        ),
        '--check',
      ],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('limits the length of every text parameter', () => {
    const unbounded = Object.values(spec.components.parameters).filter(
      ({ schema }) => schema.type === 'string' && !('maxLength' in schema),
    );
    expect(unbounded).toEqual([]);
  });

  it('describes the error responses of each operation', () => {
    for (const operations of Object.values(spec.paths)) {
      for (const { responses } of Object.values(operations)) {
        expect(Object.keys(responses)).toEqual(
          expect.arrayContaining(['403', '429', '503', 'default']),
        );
      }
    }
  });
});
